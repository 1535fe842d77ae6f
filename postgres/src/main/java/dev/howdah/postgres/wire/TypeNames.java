package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.ResultColumn;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/**
 * Names of types by OID. Those of everyday built-in types are fixed for ever and known; others are asked for once, in
 * the transaction that met them. Thread-safe.
 */
final class TypeNames {
    private static final Map<Integer, String> BUILT_IN = Map.ofEntries(
            Map.entry(16, "bool"),
            Map.entry(17, "bytea"),
            Map.entry(18, "char"),
            Map.entry(19, "name"),
            Map.entry(20, "int8"),
            Map.entry(21, "int2"),
            Map.entry(23, "int4"),
            Map.entry(25, "text"),
            Map.entry(26, "oid"),
            Map.entry(114, "json"),
            Map.entry(142, "xml"),
            Map.entry(600, "point"),
            Map.entry(700, "float4"),
            Map.entry(701, "float8"),
            Map.entry(705, "unknown"),
            Map.entry(790, "money"),
            Map.entry(829, "macaddr"),
            Map.entry(869, "inet"),
            Map.entry(650, "cidr"),
            Map.entry(1000, "_bool"),
            Map.entry(1005, "_int2"),
            Map.entry(1007, "_int4"),
            Map.entry(1009, "_text"),
            Map.entry(1015, "_varchar"),
            Map.entry(1016, "_int8"),
            Map.entry(1021, "_float4"),
            Map.entry(1022, "_float8"),
            Map.entry(1042, "bpchar"),
            Map.entry(1043, "varchar"),
            Map.entry(1082, "date"),
            Map.entry(1083, "time"),
            Map.entry(1114, "timestamp"),
            Map.entry(1184, "timestamptz"),
            Map.entry(1186, "interval"),
            Map.entry(1231, "_numeric"),
            Map.entry(1266, "timetz"),
            Map.entry(1560, "bit"),
            Map.entry(1562, "varbit"),
            Map.entry(1700, "numeric"),
            Map.entry(2205, "regclass"),
            Map.entry(2249, "record"),
            Map.entry(2278, "void"),
            Map.entry(2950, "uuid"),
            Map.entry(3802, "jsonb"));

    private final Map<Integer, String> asked = new ConcurrentHashMap<>();

    List<ResultColumn> columns(Field[] fields, Link link) throws SQLException {
        Set<Integer> unknown = new LinkedHashSet<>();
        for (Field field : fields) {
            if (!BUILT_IN.containsKey(field.getOID()) && !asked.containsKey(field.getOID())) {
                unknown.add(field.getOID());
            }
        }
        if (!unknown.isEmpty()) {
            ask(unknown, link);
        }
        List<ResultColumn> columns = new ArrayList<>(fields.length);
        for (Field field : fields) {
            int oid = field.getOID();
            String name = BUILT_IN.getOrDefault(oid, asked.getOrDefault(oid, "oid " + Integer.toUnsignedString(oid)));
            columns.add(new ResultColumn(field.getColumnLabel(), oid, name));
        }
        return List.copyOf(columns);
    }

    private void ask(Set<Integer> oids, Link link) throws SQLException {
        String list = oids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(",", "{", "}"));
        Answer answer = link.run(new Command(
                "SELECT oid, typname FROM pg_catalog.pg_type WHERE oid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])",
                List.of(list)));
        for (Tuple tuple : answer.tuples()) {
            asked.put(Integer.parseUnsignedInt(text(tuple, 0)), text(tuple, 1));
        }
    }

    private static String text(Tuple tuple, int column) {
        byte[] value = tuple.get(column);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
