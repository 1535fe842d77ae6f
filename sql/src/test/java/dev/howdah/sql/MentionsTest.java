package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sql.tree.QualifiedName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything a statement can reach by name is mentioned. */
final class MentionsTest {
    private static Mentions of(String sql) {
        return Mentions.of(Sql.parseOne(sql));
    }

    private static String dotted(QualifiedName name) {
        return String.join(".", name.texts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a s.b c.d.e   | SELECT * FROM a JOIN s.b ON true, c.d.e AS x",
                "t             | TABLE ONLY t",
                "b             | WITH a AS (SELECT * FROM b) SELECT * FROM a",
                "a             | WITH a AS (SELECT * FROM a) SELECT 1",
                "s.a           | WITH a AS (SELECT 1) SELECT * FROM s.a",
                "b             | WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM b",
                "              | WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a",
                "a             | SELECT (WITH a AS (SELECT 1) SELECT 1 FROM a), (SELECT 1 FROM a)",
                "              | WITH a AS (SELECT 1) SELECT (SELECT (SELECT 1 FROM a)) ORDER BY (SELECT 1 FROM a)",
                "a             | (WITH a AS (SELECT 1) TABLE a) UNION TABLE a",
                "              | WITH a AS (SELECT 1) ((TABLE a) UNION TABLE a)",
                "A a           | WITH \"A\" AS (SELECT 1 FROM \"A\") SELECT * FROM a",
                "t             | WITH t AS (SELECT 1) INSERT INTO t SELECT * FROM t",
                "t u           | WITH x AS (DELETE FROM t USING u) SELECT 1 FROM x",
                "t s           | MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
                "n m           | SELECT 1 INTO n FROM m",
                "n m           | CREATE TABLE n AS SELECT 1 FROM m",
                "v             | REFRESH MATERIALIZED VIEW v",
                "a b           | EXPLAIN SELECT 1 FROM a WHERE EXISTS (SELECT 1 FROM b)",
                "d             | SELECT f((SELECT 1 FROM d)) OVER (PARTITION BY 1 ORDER BY 2)",
                "d             | SELECT sum(1) FILTER (WHERE x IN (SELECT 1 FROM d))",
                "d             | SELECT * FROM f((SELECT 1 FROM d))",
                "d             | SELECT * FROM json_table((SELECT 1 FROM d), '$' COLUMNS (a int))",
                "d             | SELECT a[(SELECT 1 FROM d):2]",
                "d             | SELECT 1 LIMIT (SELECT 1 FROM d)",
                "d             | SELECT 1 GROUP BY GROUPING SETS ((), ((SELECT 1 FROM d)))",
                "d             | SELECT CASE WHEN 1 = ANY (SELECT 1 FROM d) THEN 1 END",
                "d             | VALUES ((SELECT 1 FROM d))",
            })
    void relations(String expected, String sql) {
        List<String> names = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(of(sql).relations().stream().map(relation -> dotted(relation.name())))
                .containsExactlyElementsOf(names);
    }

    @Test
    void usesOfRelations() {
        assertThat(
                        of("WITH x AS (UPDATE a SET b = 1 FROM c RETURNING b) SELECT * INTO d FROM x, e")
                                .relations()
                                .stream()
                                .map(relation -> relation.use() + " " + dotted(relation.name())))
                .containsExactlyInAnyOrder("WRITE a", "READ c", "CREATE d", "READ e");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f/0 g/2 s.h/1                 | SELECT f(*), g(1, b => 2), s.h(DISTINCT 1 ORDER BY 2)",
                "f/1 g/0 count/0               | SELECT f(g()) FROM t HAVING count(*) > 1",
                "pg_catalog.extract/2          | SELECT EXTRACT(year FROM d)",
                "pg_catalog.overlay/3          | SELECT overlay(a PLACING b FROM 1)",
                "overlay/3                     | SELECT overlay(a, b, 1)",
                "pg_catalog.position/2         | SELECT position('a' IN b)",
                "pg_catalog.substring/2        | SELECT substring(a FROM 1)",
                "pg_catalog.substring/3        | SELECT substring(a FOR 1)",
                "pg_catalog.substring/3        | SELECT substring(a SIMILAR b ESCAPE c)",
                "substring/2                   | SELECT substring(a, 1)",
                "substring/1                   | SELECT substring(s => 1)",
                "pg_catalog.btrim/1            | SELECT trim(a)",
                "pg_catalog.ltrim/2            | SELECT trim(LEADING 'x' FROM a)",
                "pg_catalog.rtrim/1            | SELECT trim(TRAILING FROM a)",
                "pg_catalog.normalize/2        | SELECT normalize(a, NFKC)",
                "pg_catalog.is_normalized/1    | SELECT a IS NOT NORMALIZED",
                "pg_catalog.pg_collation_for/1 | SELECT COLLATION FOR (a)",
                "pg_catalog.system_user/0      | SELECT SYSTEM_USER",
                "pg_catalog.timezone/2         | SELECT a AT TIME ZONE 'x'",
                "pg_catalog.timezone/1         | SELECT a AT LOCAL",
                "pg_catalog.overlaps/4         | SELECT (a, b) OVERLAPS ROW(c, d)",
                "pg_catalog.like_escape/2      | SELECT a LIKE b ESCAPE 'x'",
                "pg_catalog.similar_to_escape/1 | SELECT a SIMILAR TO b",
                "pg_catalog.xmlexists/2        | SELECT XMLEXISTS('a' PASSING BY REF b)",
                "pg_catalog.int4/1             | SELECT TREAT(a AS int)",
                "pg_catalog.json_object/1      | SELECT JSON_OBJECT(a)",
                "                              | SELECT COALESCE(a), NULLIF(a, b), CURRENT_USER, GREATEST(1),"
                        + " JSON_ARRAY(1)",
                "s.f/1 g/0                     | SELECT * FROM s.f(1) WITH ORDINALITY, LATERAL ROWS FROM (g() AS (a"
                        + " int)) AS x",
                "rank/1                        | SELECT rank(1) WITHIN GROUP (ORDER BY a)",
                "left/2                        | SELECT left('a', 1)",
                "f/1                           | INSERT INTO t VALUES (1) ON CONFLICT (f(a)) DO NOTHING",
                "lo_import/1                   | UPDATE t SET a[lo_import('x')] = 1",
                "f/0                           | DECLARE c CURSOR FOR SELECT f()",
            })
    void functions(String expected, String sql) {
        List<String> names = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(of(sql).functions().stream().map(call -> dotted(call.name()) + "/" + call.arguments()))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "+/2 -/1         | SELECT a + -b",
                "s.@#@/2         | SELECT a OPERATOR(s.@#@) b",
                "s.t.!/1         | SELECT OPERATOR(s.t.!) b",
                "<>/2            | SELECT a != b",
                "=/2             | SELECT a = ANY (b)",
                "~~/2            | SELECT a LIKE ANY (SELECT 1)",
                "!~~*/2          | SELECT a NOT ILIKE b",
                "~/2             | SELECT a SIMILAR TO b",
                ">=/2 <=/2       | SELECT a BETWEEN 1 AND 2",
                "</2 >/2         | SELECT a NOT BETWEEN SYMMETRIC 1 AND 2",
                "=/2             | SELECT a IN (1, 2)",
                "<>/2            | SELECT a NOT IN (1, 2)",
                "=/2             | SELECT a NOT IN (SELECT 1)",
                "=/2             | SELECT a IS DISTINCT FROM b",
                "=/2             | SELECT NULLIF(a, b)",
                "=/2             | SELECT CASE a WHEN 1 THEN 2 END",
                "                | SELECT CASE WHEN a THEN 2 END",
                "=/2             | SELECT * FROM a JOIN b USING (c)",
                "=/2             | SELECT * FROM a NATURAL JOIN b",
                "s.</2           | SELECT 1 ORDER BY a USING OPERATOR(s.<)",
                ">/2             | SELECT array_agg(a ORDER BY b USING >)",
            })
    void operators(String expected, String sql) {
        List<String> names = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(of(sql).operators().stream()
                        .map(operator -> Stream.concat(
                                        operator.schema().stream().map(name -> name.text() + "."),
                                        Stream.of(operator.symbol() + "/" + operator.arity()))
                                .reduce("", String::concat)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void typesOfEveryPlace() {
        Mentions mentions = of("""
            SELECT a::s.t, CAST(b AS timestamp with time zone), date '2025-01-01', s.u(3) 'x', interval '1' day,
                   JSON_VALUE(j, '$' RETURNING d1), XMLSERIALIZE(DOCUMENT x AS d2), substring(a FOR 1)
            FROM f() AS (a d3[]), ROWS FROM (g() AS (b d4)),
                 XMLTABLE('a' PASSING x COLUMNS c d5), JSON_TABLE(j, '$' COLUMNS (d d6, NESTED '$' COLUMNS (e d7)))\
            """);
        assertThat(mentions.types().stream().map(type -> dotted(type.name())))
                .containsExactlyInAnyOrder(
                        "s.t",
                        "pg_catalog.timestamptz",
                        "date",
                        "s.u",
                        "pg_catalog.interval",
                        "d1",
                        "d2",
                        "pg_catalog.int4",
                        "d3",
                        "d4",
                        "d5",
                        "d6",
                        "d7");
    }

    @Test
    void fieldsThatMayBeFunctions() {
        Mentions mentions =
                of("SELECT t.pg_reload_conf, s.t.f, t.*, a, ('f'::text).pg_read_file, $1.g[1].h, (x).*, b[1].i");
        assertThat(mentions.attributes().stream()
                        .map(attribute -> attribute.name().text()))
                .containsExactlyInAnyOrder("pg_reload_conf", "f", "pg_read_file", "g", "h", "i");
        assertThat(mentions.columns()).hasSize(6);
        assertThat(mentions.parameters()).containsExactly(1);
    }

    @Test
    void theOtherThingsWithNames() {
        assertThat(of("SELECT * FROM t TABLESAMPLE s.m (1) REPEATABLE (f())").samplingMethods().stream()
                        .map(MentionsTest::dotted))
                .containsExactly("s.m");
        assertThat(of("SELECT a COLLATE s.\"C\" FROM f() AS (b text COLLATE d)").collations().stream()
                        .map(MentionsTest::dotted))
                .containsExactlyInAnyOrder("s.C", "d");
        assertThat(
                        of("INSERT INTO t VALUES (1) ON CONFLICT (a COLLATE c s.ops DESC) DO NOTHING")
                                .operatorClasses()
                                .stream()
                                .map(MentionsTest::dotted))
                .containsExactly("s.ops");
        assertThat(of("SHOW Search_Path").settings()).containsExactly("search_path");
        assertThat(of("SHOW TRANSACTION ISOLATION LEVEL").settings()).containsExactly("transaction_isolation");
    }

    @Test
    void whatWasNotReadIsNotComplete() {
        assertThat(of("SELECT 1").complete()).isTrue();
        assertThat(of("COPY (SELECT 1) TO STDOUT").complete()).isTrue();
        assertThat(of("COPY t FROM PROGRAM 'x'").complete()).isFalse();
        assertThat(of("DO 'x'").complete()).isFalse();
        assertThat(of("FETCH c").complete()).isFalse();
        assertThat(of("CREATE EXTENSION x").complete()).isFalse();
        assertThat(of("DROP TABLE t").complete()).isTrue();
        assertThat(of("DROP TABLE t CASCADE").complete()).isFalse();
        assertThat(of("ALTER TABLE t DROP a CASCADE").complete()).isFalse();
        assertThat(of("VACUUM t").complete()).isTrue();
        assertThat(of("VACUUM").complete()).isFalse();
        assertThat(of("EXECUTE p").complete()).isFalse();
        assertThat(of("EXPLAIN EXECUTE p").complete()).isFalse();
    }
}
