package dev.howdah.guard.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sql.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that are known without a server, held against a server. */
class BuiltInNamesTest {
    private final BuiltInNames names = new BuiltInNames();

    @Test
    void everyFunctionOfTheServerIsKnownAndNoneThatActsIsMissed() throws Exception {
        BuiltIns lists = BuiltIns.functions();
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        try (TestDatabase database = TestPostgres.open().empty();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT proname, bool_or(provolatile = 'v') FROM pg_proc"
                        + " WHERE pronamespace = 'pg_catalog'::regnamespace AND oid < 16384 AND prolang IN (12, 14)"
                        + " AND prokind IN ('f', 'a', 'w') GROUP BY 1")) {
            while (rows.next()) {
                seen++;
                String name = rows.getString(1);
                boolean refused = lists.of(name)
                        .map(judgement -> judgement.entry() == BuiltIns.Entry.REFUSED)
                        .orElse(rows.getBoolean(2));
                if (!names.knows(name) || (refused && names.act(name).isEmpty())) {
                    wrong.add(name);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(2_500);
    }

    @ParameterizedTest
    @CsvSource({
        "lower, READ",
        "random, READ",
        "uuidv7, READ",
        "nextval, WRITE",
        "lo_put, WRITE",
        "lo_import, ADMINISTER",
        "pg_sleep, ADMINISTER",
        "pg_terminate_backend, ADMINISTER",
        "pg_read_file, ADMINISTER",
        "set_config, ADMINISTER",
        "query_to_xml, UNKNOWN",
        "ts_stat, UNKNOWN",
    })
    void whatACallDoesBesidesReading(String name, Effect effect) {
        assertThat(names.knows(name)).isTrue();
        assertThat(names.act(name).map(BuiltInNames.Act::effect).orElse(Effect.READ))
                .isEqualTo(effect);
    }
}
