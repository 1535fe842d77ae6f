package dev.howdah.guard.fuzz;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Values that functions can do something with: a call that fails proves nothing. Small ones mostly, because what is sought
 * are effects and not slowness.
 */
final class Literals {
    private static final List<String> TEXTS = List.of(
            "'orders'",
            "'shop.orders'",
            "'public'",
            "'shop'",
            "'x'",
            "''",
            "'a b c'",
            "'work_mem'",
            "'public.numbers'",
            "'public.trap_domain'",
            "'UTF8'",
            "'postgres'",
            "'SELECT 1'",
            "'SELECT public.act(''text'')'",
            "'COPY (SELECT 1) TO PROGRAM ''echo text >> canary/trap'''",
            "'NOTIFY canary'",
            "'canary/bird'",
            "'canary/egg'",
            "'PG_VERSION'",
            "'english'",
            "'YYYY-MM-DD'",
            "'hex'",
            "'select'",
            "'SELECT'",
            "'g'",
            "'1'");

    private static final List<String> INTEGERS = List.of("1", "0", "-1", "2", "3", "7", "10", "42", "4242", "100");

    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("boolean", List.of("true", "false", "NULL::boolean")),
            Map.entry("bytea", List.of("'\\x00ff'::bytea", "'abc'::bytea", "''::bytea")),
            Map.entry("\"char\"", List.of("'r'::\"char\"", "'a'::\"char\"")),
            Map.entry("name", List.of("'orders'::name", "'postgres'::name", "'shop'::name", "'public'::name")),
            Map.entry("cstring", List.of("'1'::cstring", "'x'::cstring", "'orders'::cstring")),
            Map.entry("numeric", List.of("1.5", "0.0", "100.25", "-3.75", "1e3")),
            Map.entry("double precision", List.of("1.5::float8", "0::float8", "0.5::float8")),
            Map.entry("real", List.of("1.5::real", "0.3::real")),
            Map.entry("money", List.of("'12.34'::money")),
            Map.entry("date", List.of("DATE '2025-01-31'", "current_date")),
            Map.entry("time without time zone", List.of("TIME '12:30'")),
            Map.entry("time with time zone", List.of("TIMETZ '12:30+02'")),
            Map.entry("timestamp without time zone", List.of("TIMESTAMP '2025-01-31 12:00'", "localtimestamp")),
            Map.entry("timestamp with time zone", List.of("TIMESTAMPTZ '2025-01-31 12:00+00'", "now()")),
            Map.entry("interval", List.of("INTERVAL '1 day'", "INTERVAL '2 hours'")),
            Map.entry(
                    "oid",
                    List.of(
                            "'shop.orders'::regclass::oid",
                            "4242::oid",
                            "'public.numbers'::regclass::oid",
                            "10::oid",
                            "23::oid",
                            "1259::oid",
                            "(SELECT oid FROM pg_database WHERE datname = current_database())",
                            "'public.hides_act'::regclass::oid",
                            "'public.act'::regproc::oid",
                            "1::oid")),
            Map.entry(
                    "regclass",
                    List.of("'shop.orders'::regclass", "'public.numbers'::regclass", "'shop.orders_pkey'::regclass")),
            Map.entry("regproc", List.of("'public.act'::regproc", "'now'::regproc")),
            Map.entry("regprocedure", List.of("'public.act(text)'::regprocedure")),
            Map.entry("regtype", List.of("'int'::regtype", "'public.trap_domain'::regtype")),
            Map.entry("regrole", List.of("'postgres'::regrole")),
            Map.entry("regnamespace", List.of("'shop'::regnamespace")),
            Map.entry("regconfig", List.of("'english'::regconfig")),
            Map.entry("regdictionary", List.of("'english_stem'::regdictionary")),
            Map.entry("json", List.of("'{\"a\": [1, 2]}'::json", "'[{\"id\": 1, \"label\": \"x\"}]'::json")),
            Map.entry("jsonb", List.of("'{\"a\": [1, 2]}'::jsonb", "'[{\"id\": 1, \"label\": \"x\"}]'::jsonb")),
            Map.entry("jsonpath", List.of("'$.a[*]'::jsonpath", "'$'::jsonpath")),
            Map.entry("xml", List.of("'<a><b>1</b></a>'::xml")),
            Map.entry("uuid", List.of("'00000000-0000-4000-8000-000000000001'::uuid")),
            Map.entry("inet", List.of("'10.0.0.1/8'::inet")),
            Map.entry("cidr", List.of("'10.0.0.0/8'::cidr")),
            Map.entry("macaddr", List.of("'08:00:2b:01:02:03'::macaddr")),
            Map.entry("macaddr8", List.of("'08:00:2b:01:02:03:04:05'::macaddr8")),
            Map.entry("bit", List.of("B'101'")),
            Map.entry("bit varying", List.of("B'101'::varbit")),
            Map.entry("point", List.of("'(1,2)'::point")),
            Map.entry("lseg", List.of("'[(0,0),(1,1)]'::lseg")),
            Map.entry("path", List.of("'((0,0),(1,1),(2,0))'::path")),
            Map.entry("box", List.of("'(2,2),(0,0)'::box")),
            Map.entry("polygon", List.of("'((0,0),(1,1),(2,0))'::polygon")),
            Map.entry("line", List.of("'{1,2,3}'::line")),
            Map.entry("circle", List.of("'<(0,0),2>'::circle")),
            Map.entry("tsvector", List.of("'a:1 b:2'::tsvector")),
            Map.entry("tsquery", List.of("'a & b'::tsquery")),
            Map.entry("int4range", List.of("int4range(1, 5)")),
            Map.entry("int8range", List.of("int8range(1, 5)")),
            Map.entry("numrange", List.of("numrange(1, 5)")),
            Map.entry("daterange", List.of("daterange('2025-01-01', '2025-02-01')")),
            Map.entry("tsrange", List.of("tsrange('2025-01-01', '2025-02-01')")),
            Map.entry("tstzrange", List.of("tstzrange('2025-01-01', '2025-02-01')")),
            Map.entry("anyelement", List.of("1", "'x'::text", "ROW(1, 'x')::public.trap_row", "now()")),
            Map.entry("anycompatible", List.of("1", "2.5")),
            Map.entry("anynonarray", List.of("1", "'x'::text")),
            Map.entry("anyarray", List.of("ARRAY[1, 2, 3]", "ARRAY['a', 'b']")),
            Map.entry("anycompatiblearray", List.of("ARRAY[1, 2, 3]")),
            Map.entry("anycompatiblenonarray", List.of("1")),
            Map.entry("anyrange", List.of("int4range(1, 5)")),
            Map.entry("anymultirange", List.of("'{[1,3),[5,7)}'::int4multirange")),
            Map.entry("anycompatiblerange", List.of("int4range(1, 5)")),
            Map.entry("anyenum", List.of("'paid'::shop.order_status")),
            Map.entry("record", List.of("ROW(1, 'x')", "ROW(1, 2)")),
            Map.entry("refcursor", List.of("'howdah'::refcursor")),
            Map.entry("\"any\"", List.of("1", "'x'::text", "now()")),
            Map.entry("pg_lsn", List.of("'0/16B3748'::pg_lsn", "pg_current_wal_lsn()")),
            Map.entry("xid", List.of("'700'::xid")),
            Map.entry("xid8", List.of("'700'::xid8")),
            Map.entry("cid", List.of("'1'::cid")),
            Map.entry("tid", List.of("'(0,1)'::tid")),
            Map.entry("pg_snapshot", List.of("pg_current_snapshot()")),
            Map.entry("txid_snapshot", List.of("txid_current_snapshot()")),
            Map.entry("aclitem[]", List.of("'{=r/postgres}'::aclitem[]")),
            Map.entry("shop.order_status", List.of("'paid'::shop.order_status")),
            Map.entry("public.coin", List.of("ROW(5)::public.coin")),
            Map.entry("public.citext", List.of("'x'::public.citext")),
            Map.entry("public.hstore", List.of("'a=>1'::public.hstore")));

    private final RandomGenerator random;

    Literals(RandomGenerator random) {
        this.random = random;
    }

    /** A value of this type, as far as one can be made. */
    String of(String type) {
        if (random.nextInt(25) == 0) {
            return "NULL::" + (type.startsWith("any") || type.startsWith("\"any") ? "int" : type);
        }
        return switch (type) {
            case "text", "character varying", "character", "bpchar", "unknown" -> text();
            case "integer", "bigint", "smallint" -> random.nextInt(12) == 0 ? "1000" : pick(INTEGERS) + suffix(type);
            default -> {
                List<String> known = VALUES.get(type);
                if (known != null) {
                    yield pick(known);
                }
                if (type.endsWith("[]")) {
                    String element = type.substring(0, type.length() - 2);
                    yield "ARRAY[" + of(element) + ", " + of(element) + "]::" + type;
                }
                yield pick(TEXTS) + "::" + type;
            }
        };
    }

    String text() {
        return pick(TEXTS) + (random.nextInt(3) == 0 ? "::text" : "");
    }

    private static String suffix(String type) {
        return type.equals("integer") ? "" : "::" + type;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
