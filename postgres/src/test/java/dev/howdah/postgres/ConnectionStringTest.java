package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://                                | {}",
                "postgresql://localhost                       | {host=localhost}",
                "postgres://localhost:5433                    | {host=localhost, port=5433}",
                "postgresql://localhost/mydb                  | {dbname=mydb, host=localhost}",
                "postgresql://user@localhost                  | {host=localhost, user=user}",
                "postgresql://user:secret@localhost           | {host=localhost, password=secret, user=user}",
                "postgresql://other@localhost/otherdb?connect_timeout=10&application_name=myapp | {application_name=myapp, connect_timeout=10, dbname=otherdb, host=localhost, user=other}",
                "postgresql://host1:123,host2:456/somedb?target_session_attrs=any | {dbname=somedb, host=host1,host2, port=123,456, target_session_attrs=any}",
                "postgresql:///mydb?host=localhost&port=5433  | {dbname=mydb, host=localhost, port=5433}",
                "postgresql://[2001:db8::1234]/database       | {dbname=database, host=2001:db8::1234}",
                "postgresql://[::1]:5433/database             | {dbname=database, host=::1, port=5433}",
                "postgresql:///dbname?host=/var/lib/postgresql | {dbname=dbname, host=/var/lib/postgresql}",
                "postgresql://%2Fvar%2Flib%2Fpostgresql/dbname | {dbname=dbname, host=/var/lib/postgresql}",
                "postgresql://u%40x:p%3Aw%2F%25@h/d%20b       | {dbname=d b, host=h, password=p:w/%, user=u@x}",
                "postgresql://u:p@ss@h/d                      | {dbname=d, host=h, password=p@ss, user=u}",
                "postgresql://h/d?ssl=true                    | {dbname=d, host=h, sslmode=require}",
                "postgresql://h/d?sslmode=require&channel_binding=require | {channel_binding=require, dbname=d, host=h, sslmode=require}",
                "postgresql://h/d?user=%C3%A4                 | {dbname=d, host=h, user=ä}",
                "jdbc:postgresql://h:5433/d?user=u&password=p&ApplicationName=x | {application_name=x, dbname=d, host=h, password=p, port=5433, user=u}",
                "jdbc:postgresql://h/d?ssl=true&prepareThreshold=0 | {dbname=d, host=h, sslmode=verify-full}",
                "jdbc:postgresql://h/d?sslmode=require&ssl=true | {dbname=d, host=h, sslmode=require}",
                "jdbc:postgresql://h/d?currentSchema=a b&targetServerType=primary | {dbname=d, host=h, options=-c search_path=a\\ b, target_session_attrs=primary}",
                "jdbc:postgresql:d                            | {dbname=d}",
                "host=localhost port=5433 dbname=mydb         | {dbname=mydb, host=localhost, port=5433}",
                "host = localhost  user = 'a b'               | {host=localhost, user=a b}",
                "password='it''s' host=h                      | !",
                "password='it\\'s \\\\ ok' host=h             | {host=h, password=it's \\ ok}",
                "password=a\\ b host=''                       | {password=a b}",
                "postgresql://h/%zz                           | !",
                "postgresql://h/%0                            | !",
                "postgresql://h/%00                           | !",
                "postgresql://h/%ff                           | !",
                "postgresql://[::1/d                          | !",
                "postgresql://[::1]x/d                        | !",
                "postgresql://h/d?sslmode                     | !",
                "host=h dbname                                | !",
                "password='open                               | !",
                "mysql://h/d                                  | !",
            },
            quoteCharacter = '"')
    void readsAsLibpqDoes(String text, String expected) {
        if (expected.equals("!")) {
            assertThatThrownBy(() -> ConnectionString.parse(text, "-d"))
                    .isInstanceOfSatisfying(HowdahException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
                        assertThat(e.getMessage()).contains("-d");
                    });
        } else {
            ConnectionParameters parameters = ConnectionString.parse(text, "-d");
            Map<String, String> found = new TreeMap<>();
            parameters
                    .keywords()
                    .forEach(keyword ->
                            found.put(keyword, parameters.value(keyword).orElseThrow()));
            assertThat(found).hasToString(expected);
        }
    }

    @Test
    void suggestsTheNearestParameter() {
        assertThatThrownBy(() -> ConnectionString.parse("postgresql://h/d?sslmod=require", "DATABASE_URL"))
                .isInstanceOfSatisfying(HowdahException.class, e -> {
                    assertThat(e.getMessage()).contains("sslmod").contains("DATABASE_URL");
                    assertThat(e.hint()).contains("Did you mean \"sslmode\"?");
                });
    }

    @Test
    void refusesWhatItCannotPromise() {
        assertThatThrownBy(() -> ConnectionString.parse("host=h require_auth=scram-sha-256", "-d"))
                .hasMessageContaining("does not support")
                .hasMessageContaining("require_auth");
        assertThat(ConnectionString.parse("host=h gssencmode=disable keepalives=1", "-d")
                        .keywords())
                .containsExactly("host");
    }

    @Test
    void showsNoSecrets() {
        assertThat(ConnectionString.parse("postgresql://u:hunter2@h/d", "-d").toString())
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> ConnectionString.parse("postgresql://u:hunter2@h/d?x=%", "-d"))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> ConnectionString.parse("password=hunter2 oops", "-d"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void tellsStringsFromNames() {
        assertThat(ConnectionString.isConnectionString("shop")).isFalse();
        assertThat(ConnectionString.isConnectionString("host=h")).isTrue();
        assertThat(ConnectionString.isConnectionString("postgres://h")).isTrue();
        assertThat(ConnectionString.isConnectionString("jdbc:postgresql:x")).isTrue();
    }
}
