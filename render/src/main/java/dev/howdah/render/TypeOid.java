package dev.howdah.render;

/** OIDs of built-in types that are shown in their own way; fixed in PostgreSQL's {@code pg_type.dat}. */
final class TypeOid {
    static final int BOOL = 16;
    static final int BYTEA = 17;
    static final int INT8 = 20;
    static final int INT2 = 21;
    static final int INT2VECTOR = 22;
    static final int INT4 = 23;
    static final int OID = 26;
    static final int XID = 28;
    static final int CID = 29;
    static final int OIDVECTOR = 30;
    static final int JSON = 114;
    static final int FLOAT4 = 700;
    static final int FLOAT8 = 701;
    static final int MONEY = 790;
    static final int DATE = 1082;
    static final int TIME = 1083;
    static final int TIMESTAMP = 1114;
    static final int TIMESTAMPTZ = 1184;
    static final int INTERVAL = 1186;
    static final int TIMETZ = 1266;
    static final int NUMERIC = 1700;
    static final int UUID = 2950;
    static final int JSONB = 3802;
    static final int XID8 = 5069;

    static final int BOX_ARRAY = 1020;

    private TypeOid() {}

    /** Whether values are numbers, aligned right as psql does. */
    static boolean isNumber(int oid) {
        return switch (oid) {
            case INT8, INT2, INT4, OID, XID, CID, FLOAT4, FLOAT8, MONEY, NUMERIC, XID8 -> true;
            default -> false;
        };
    }

    /** Whether cutting a value would make another value of it: 12 of 1234 is worse than no 1234. */
    static boolean isUncut(int oid) {
        return isNumber(oid)
                || switch (oid) {
                    case BOOL, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, TIMETZ -> true;
                    default -> false;
                };
    }
}
