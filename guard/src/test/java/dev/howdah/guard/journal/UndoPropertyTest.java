package dev.howdah.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.Proposal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Random schemas with foreign keys, random writes, random later edits: an undo puts every row back, or says that rows were
 * changed since, whenever they were. {@code -Dhowdah.undo.runs=5000} for more, {@code -Dhowdah.undo.seed=…} for the same.
 */
class UndoPropertyTest {
    private static final List<String> ACTIONS = List.of(
            "NO ACTION", "CASCADE", "CASCADE", "SET NULL", "SET DEFAULT", "NO ACTION DEFERRABLE INITIALLY DEFERRED");
    private static final List<String> VALUES = List.of(
            "int DEFAULT 7; i",
            "text; 'a''\\,\"(' || i",
            "numeric(12, 4); i / 7.0",
            "jsonb; jsonb_build_object('i', i, 'n', NULL)",
            "bytea; decode(md5(i::text), 'hex')",
            "text[]; ARRAY[i::text, NULL, '{}']",
            "double precision; 1.0 / i",
            "timestamptz; '2024-01-01'::timestamptz + i * interval '1.000001 hour'",
            "daterange; daterange('2024-01-01', '2024-01-01'::date + i)",
            "char(5); i::text");

    @Test
    void everyRowComesBackOrAConflictIsReported() {
        long seed = Long.getLong("howdah.undo.seed", System.nanoTime());
        int runs = Integer.getInteger("howdah.undo.runs", 40);
        int undone = 0;
        int conflicts = 0;
        try (OpenJournal open = new OpenJournal()) {
            for (int run = 0; run < runs; run++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed + run);
                String about = "seed " + (seed + run);
                switch (new Case(open, random, about).run()) {
                    case UNDONE -> undone++;
                    case CONFLICT -> conflicts++;
                    case NOTHING -> {}
                }
            }
        }
        System.out.println(
                "undo: seed " + seed + ", " + runs + " runs, " + undone + " undone, " + conflicts + " conflicts");
        assertThat(undone).as("seed %d", seed).isGreaterThan(runs / 4);
    }

    private enum End {
        UNDONE,
        CONFLICT,
        NOTHING
    }

    /** One schema, one write, perhaps one later edit, one undo. */
    private static final class Case {
        private final OpenJournal open;
        private final RandomGenerator random;
        private final String about;
        private final int tables;
        private final List<Boolean> keyed = new ArrayList<>();
        private final StringBuilder script = new StringBuilder();

        Case(OpenJournal open, RandomGenerator random, String about) {
            this.open = open;
            this.random = random;
            this.about = about;
            this.tables = random.nextInt(1, 5);
        }

        End run() {
            define();
            open.server.execute(script.toString());
            Map<String, List<String>> before = open.everything();
            Map<String, List<String>> after;
            try {
                Proposal proposal = open.propose(writes());
                assertThat(proposal.impact().irreversible()).as(about).isEmpty();
                if (open.execute(proposal).journal().isEmpty()) {
                    assertThat(open.everything()).as(about).isEqualTo(before);
                    return End.NOTHING;
                }
            } catch (HowdahException e) {
                // The write itself was refused by a constraint: nothing to undo.
                assertThat(open.everything()).as(about).isEqualTo(before);
                return End.NOTHING;
            }
            after = open.everything();
            Map<String, List<String>> drifted = random.nextInt(3) == 0 ? edited() : after;
            boolean touched = false;
            Map<String, List<String>> expected = new TreeMap<>();
            for (String table : before.keySet()) {
                List<String> was = before.getOrDefault(table, List.of());
                List<String> is = after.getOrDefault(table, List.of());
                List<String> now = drifted.getOrDefault(table, List.of());
                Set<String> written = ids(minus(was, is), minus(is, was));
                Set<String> edited = ids(minus(is, now), minus(now, is));
                touched |= edited.stream().anyMatch(written::contains);
                List<String> rows = new ArrayList<>(was);
                minus(is, now).forEach(rows::remove);
                rows.addAll(minus(now, is));
                expected.put(table, rows.stream().sorted().toList());
            }
            try {
                open.undo(Choice.STOP);
            } catch (HowdahException e) {
                assertThat(drifted).as("%s: %s", about, e.getMessage()).isNotEqualTo(after);
                assertThat(open.everything()).as(about).isEqualTo(drifted);
                return End.CONFLICT;
            }
            assertThat(touched)
                    .as("%s: changed since, and nobody said so", about)
                    .isFalse();
            assertThat(sorted(open.everything())).as(about).isEqualTo(expected);
            return End.UNDONE;
        }

        private static Map<String, List<String>> sorted(Map<String, List<String>> tables) {
            Map<String, List<String>> sorted = new TreeMap<>();
            tables.forEach(
                    (table, rows) -> sorted.put(table, rows.stream().sorted().toList()));
            return sorted;
        }

        private static List<String> minus(List<String> rows, List<String> others) {
            List<String> left = new ArrayList<>(rows);
            others.forEach(left::remove);
            return left;
        }

        private static Set<String> ids(List<String> some, List<String> others) {
            Set<String> ids = new HashSet<>();
            some.forEach(row -> ids.add(row.substring(0, row.indexOf(','))));
            others.forEach(row -> ids.add(row.substring(0, row.indexOf(','))));
            return ids;
        }

        private void define() {
            script.append("DROP SCHEMA IF EXISTS p CASCADE; CREATE SCHEMA p;");
            for (int t = 0; t < tables; t++) {
                boolean key = random.nextInt(4) > 0;
                keyed.add(key);
                StringBuilder columns = new StringBuilder("id int " + (key ? "PRIMARY KEY" : ""));
                StringBuilder values = new StringBuilder("i");
                int target = random.nextInt(t + 1);
                if (keyed.get(target)) {
                    String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
                    String deferrable = action.contains("DEFERRABLE") ? " DEFERRABLE INITIALLY DEFERRED" : "";
                    columns.append(", ref int DEFAULT 1 REFERENCES p.t" + target + " ON DELETE "
                            + action.replace(" DEFERRABLE INITIALLY DEFERRED", "") + " ON UPDATE "
                            + (random.nextBoolean() ? "CASCADE" : "NO ACTION") + deferrable);
                } else {
                    columns.append(", ref int");
                }
                values.append(", 1 + i % 12");
                int extra = random.nextInt(1, 4);
                for (int c = 0; c < extra; c++) {
                    String[] value = VALUES.get(random.nextInt(VALUES.size())).split("; ", 2);
                    columns.append(", c" + c + " " + value[0]);
                    values.append(", CASE WHEN i % 9 = " + c + " THEN NULL ELSE " + value[1] + " END");
                }
                if (random.nextInt(3) == 0) {
                    columns.append(", g text GENERATED ALWAYS AS (id::text || '!') STORED");
                }
                script.append("CREATE TABLE p.t" + t + " (" + columns + ");");
                script.append("INSERT INTO p.t" + t + " SELECT " + values + " FROM generate_series(1, 12) i;");
                if (!key) {
                    script.append("INSERT INTO p.t" + t + " SELECT " + values + " FROM generate_series(1, 6) i;");
                }
                if (random.nextInt(3) == 0) {
                    script.append("CREATE FUNCTION p.f" + t + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " UPDATE p.t0 SET c0 = DEFAULT WHERE id = 3; RETURN NULL; END $$;"
                            + " CREATE TRIGGER f AFTER INSERT OR DELETE ON p.t" + t
                            + " FOR EACH STATEMENT EXECUTE FUNCTION p.f" + t + "();");
                }
            }
        }

        private String[] writes() {
            String[] writes = new String[random.nextInt(1, 4)];
            for (int w = 0; w < writes.length; w++) {
                int table = random.nextInt(tables);
                String name = "p.t" + table;
                String where = " WHERE id % " + random.nextInt(2, 6) + " = " + random.nextInt(2);
                writes[w] = switch (random.nextInt(6)) {
                    case 0, 1 -> "DELETE FROM " + name + where;
                    case 2 -> "UPDATE " + name + " SET c0 = DEFAULT" + where;
                    case 3 -> "UPDATE " + name + " SET id = id + 100" + where;
                    case 4 -> "INSERT INTO " + name + " (id, ref) SELECT id + 50, ref FROM " + name + where;
                    default -> "UPDATE " + name + " SET ref = ref % 5 + 1" + where;
                };
            }
            return writes;
        }

        private Map<String, List<String>> edited() {
            int table = random.nextInt(tables);
            if (keyed.get(table)) {
                String where = " WHERE id = " + random.nextInt(1, 13);
                try {
                    open.server.execute(
                            random.nextBoolean()
                                    ? "UPDATE p.t" + table + " SET ref = NULL" + where
                                    : "DELETE FROM p.t" + table + where);
                } catch (RuntimeException e) {
                    // A foreign key would not have it.
                    return open.everything();
                }
            }
            return open.everything();
        }
    }
}
