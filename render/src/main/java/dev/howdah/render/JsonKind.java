package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;

/** How {@code row_to_json} writes values of a type; chosen once per column. */
enum JsonKind {
    STRING,
    NUMBER,
    BOOLEAN,
    JSON,
    TIMESTAMP,
    ARRAY,
    /** {@code int2vector}: numbers with blanks between them. */
    NUMBER_VECTOR,
    /** {@code oidvector}: OIDs are strings in JSON. */
    STRING_VECTOR;

    static JsonKind of(ResultColumn column) {
        return switch (column.typeOid()) {
            case TypeOid.INT2VECTOR -> NUMBER_VECTOR;
            case TypeOid.OIDVECTOR -> STRING_VECTOR;
            default -> isArray(column) ? ARRAY : scalar(column.typeOid());
        };
    }

    /** How an array's elements are written; STRING for element types that are not built in. */
    static JsonKind ofElement(ResultColumn column) {
        return switch (column.typeOid()) {
            case 1005, 1007, 1016, 1021, 1022, 1231 -> NUMBER;
            case 1000 -> BOOLEAN;
            case 199, 3807 -> JSON;
            case 1115, 1185 -> TIMESTAMP;
            case 1006 -> NUMBER_VECTOR;
            case 1013 -> STRING_VECTOR;
            default -> STRING;
        };
    }

    private static JsonKind scalar(int oid) {
        return switch (oid) {
            case TypeOid.INT2, TypeOid.INT4, TypeOid.INT8, TypeOid.FLOAT4, TypeOid.FLOAT8, TypeOid.NUMERIC -> NUMBER;
            case TypeOid.BOOL -> BOOLEAN;
            case TypeOid.JSON, TypeOid.JSONB -> JSON;
            case TypeOid.TIMESTAMP, TypeOid.TIMESTAMPTZ -> TIMESTAMP;
            default -> STRING;
        };
    }

    /** PostgreSQL names array types after their element, with an underscore before it. */
    private static boolean isArray(ResultColumn column) {
        String name = column.typeName();
        int dot = name.lastIndexOf('.');
        int first = dot + 1 < name.length() && name.charAt(dot + 1) == '"' ? dot + 2 : dot + 1;
        return name.startsWith("_", first) || name.endsWith("[]");
    }
}
