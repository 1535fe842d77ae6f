package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts fall apart into statements exactly. */
final class ScriptTest {
    private static final List<String> GAPS =
            List.of(";", " ; ", ";\n", "; -- a; b\n", ";/* ; /* ; */ */", ";;", "\t;\n;");

    @Test
    void scriptsOfRegressionStatementsFallApartIntoThem() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> sources = Corpus.regress().stream()
                .filter(Corpus.Case::valid)
                .map(Corpus.Case::sql)
                .filter(sql -> Sql.parse(sql).size() == 1)
                // the rows that follow it in the regression suite are no statements
                .filter(sql -> !sql.toLowerCase(Locale.ROOT).contains("stdin"))
                .toList();
        for (int round = 0; round < 2_000; round++) {
            StringBuilder script = new StringBuilder();
            List<String> expected = new ArrayList<>();
            int[] starts = new int[5];
            for (int i = 0; i < 5; i++) {
                String source = sources.get(random.nextInt(sources.size()));
                Statement alone = Sql.parseOne(source);
                starts[i] = script.length() + alone.start();
                expected.add(alone.text());
                // a statement may end in a comment that only a line break ends
                script.append(source).append('\n').append(GAPS.get(random.nextInt(GAPS.size())));
            }
            List<Statement> statements = Sql.parse(script.toString());
            assertThat(statements).extracting(Statement::text).isEqualTo(expected);
            StringBuilder rebuilt = new StringBuilder();
            int copied = 0;
            for (int i = 0; i < statements.size(); i++) {
                Statement statement = statements.get(i);
                assertThat(statement.start()).isEqualTo(starts[i]);
                rebuilt.append(script, copied, statement.start()).append(statement.text());
                copied = statement.end();
            }
            assertThat(rebuilt.append(script, copied, script.length())).hasToString(script.toString());
        }
    }

    @Test
    void theTextIsWhatStandsBetweenTheFirstAndTheLastToken() {
        Statement statement = Sql.parseOne("  -- before\n /* x */ SELECT 1 -- one\n , 2 /* after */ ; -- end");
        assertThat(statement.text()).isEqualTo("SELECT 1 -- one\n , 2");
        assertThat(statement.start()).isEqualTo(21);
        assertThat(statement.end()).isEqualTo(41);
        assertThat(statement.text(statement.tree().span())).isEqualTo(statement.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END",
                "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; ; SELECT 1; RETURN 2; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC CREATE PROCEDURE g() BEGIN ATOMIC CALL h(); END; END",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $$ ; $$; END; $f$",
                "CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT ';'",
                "DO $x$ BEGIN PERFORM 1; $y$ ; $$ ; END $x$",
                "COMMENT ON TABLE t IS 'a;b'",
                "SELECT ';', \";\", $$;$$, E'\\';', /* ; */ 'a'\n';'",
            })
    void semicolonsWithinAStatementDoNotEndIt(String sql) {
        assertThat(Sql.parse(sql + "; SELECT 1; "))
                .hasSize(2)
                .first()
                .extracting(Statement::text)
                .isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; COPY t FROM STDIN;\n1\t2\n\\.\nSELECT 2;",
                "SELECT 1; copy t (a) from stdin with csv;\nit's,\"\n\\.\n",
                "SELECT 1; COPY t FROM STDIN; SELECT 1;",
                "SELECT 1; COPY t FROM STDIN;\nDROP TABLE t;\n\\.",
                "SELECT 1; COPY t FROM STDIN;\n$x$",
            })
    void rowsInAScriptAreRefusedByName(String script) {
        assertThatThrownBy(() -> Sql.parse(script))
                .hasMessageContaining("COPY … FROM STDIN")
                .isInstanceOfSatisfying(
                        SqlSyntaxException.class,
                        error -> assertThat(error.position()).isEqualTo(10));
        assertThat(Sql.parse("SELECT 1; COPY t FROM STDIN;")).hasSize(2);
        assertThatThrownBy(() -> Sql.parse("COPY t FROM STDOUT x")).hasMessageStartingWith("syntax error");
    }

    @Test
    void oneStatementIsOne() {
        assertThatThrownBy(() -> Sql.parseOne(" ; -- nothing\n;")).hasMessageContaining("no statement");
        assertThatThrownBy(() -> Sql.parseOne("SELECT 1; DELETE FROM t"))
                .hasMessageContaining("2 statements")
                .isInstanceOfSatisfying(
                        SqlSyntaxException.class,
                        error -> assertThat(error.position()).isEqualTo(10));
        assertThat(Sql.parse("")).isEmpty();
        assertThat(Sql.parse("/* only */ ;; -- comments")).isEmpty();
    }

    @Test
    void errorsSayWhere() {
        assertThatThrownBy(() -> Sql.parse("SELECT 1;\nSELECT 'é' FORM t WHERE"))
                .hasMessage("syntax error at or near \"t\"")
                .isInstanceOfSatisfying(SqlSyntaxException.class, error -> {
                    assertThat(error.position()).isEqualTo(26);
                    assertThat(error.line()).isEqualTo(2);
                    assertThat(error.column()).isEqualTo(17);
                });
        assertThatThrownBy(() -> Sql.parse("SELECT (1")).hasMessage("syntax error at end of input");
        assertThatThrownBy(() -> Sql.parse("FROB x")).hasMessage("syntax error at or near \"FROB\"");
    }
}
