package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement does is the worst thing anywhere in it. */
final class EffectsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "READ       | SELECT          | SELECT 1",
                "READ       | SELECT          | (((SELECT 1)))",
                "READ       | SELECT          | WITH a AS (SELECT 1) SELECT * FROM a UNION TABLE b",
                "READ       | VALUES          | VALUES (1) ORDER BY 1",
                "READ       | TABLE           | TABLE t",
                "READ       | SELECT          | SELECT 1 FOR READ ONLY",
                "READ       | SHOW            | SHOW TIME ZONE",
                "READ       | EXPLAIN         | EXPLAIN DELETE FROM t",
                "READ       | EXPLAIN         | EXPLAIN (ANALYZE off, VERBOSE) DELETE FROM t",
                "READ       | EXPLAIN         | EXPLAIN ANALYZE SELECT 1",
                "READ       | EXPLAIN         | EXPLAIN SELECT 1 INTO t",
                "WRITE      | EXPLAIN         | EXPLAIN ANALYZE DELETE FROM t",
                "WRITE      | EXPLAIN         | EXPLAIN (COSTS, ANALYZE) DELETE FROM t",
                "WRITE      | EXPLAIN         | EXPLAIN (ANALYZE false, ANALYZE 1) DELETE FROM t",
                "WRITE      | EXPLAIN         | EXPLAIN (\"analyze\" 'on') UPDATE t SET a = 1",
                "WRITE      | EXPLAIN         | EXPLAIN (ANALYSE) WITH x AS (INSERT INTO t VALUES (1)) SELECT 1",
                "DEFINE     | EXPLAIN         | EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
                "DEFINE     | EXPLAIN         | EXPLAIN ANALYZE SELECT 1 INTO t",
                "UNKNOWN    | EXPLAIN         | EXPLAIN EXECUTE p",
                "UNKNOWN    | EXPLAIN         | EXPLAIN CREATE TABLE t AS EXECUTE p",
                "WRITE      | INSERT          | INSERT INTO t DEFAULT VALUES",
                "WRITE      | UPDATE          | WITH a AS (SELECT 1) UPDATE t SET a = 1",
                "WRITE      | DELETE          | DELETE FROM t",
                "WRITE      | MERGE           | MERGE INTO t USING s ON true WHEN MATCHED THEN DO NOTHING",
                "WRITE      | SELECT          | WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
                "WRITE      | SELECT          | SELECT (WITH x AS (UPDATE t SET a = 1 RETURNING a) SELECT a FROM x)",
                "WRITE      | SELECT          | SELECT * FROM t FOR UPDATE",
                "WRITE      | SELECT          | SELECT EXISTS (SELECT 1 FROM t FOR KEY SHARE SKIP LOCKED)",
                "DEFINE     | SELECT          | SELECT 1 INTO TEMP t",
                "DEFINE     | SELECT          | SELECT 1 UNION (SELECT a INTO t FROM b)",
                "DEFINE     | CREATE_TABLE    | CREATE TABLE t (a int)",
                "DEFINE     | CREATE_TABLE    | CREATE UNLOGGED TABLE IF NOT EXISTS t AS SELECT 1 WITH NO DATA",
                "DEFINE     | CREATE_VIEW     | CREATE OR REPLACE TEMP RECURSIVE VIEW v (a) AS SELECT 1",
                "DEFINE     | CREATE_MATERIALIZED_VIEW | CREATE MATERIALIZED VIEW v AS TABLE t",
                "DEFINE     | REFRESH_MATERIALIZED_VIEW | REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "DEFINE     | CREATE_INDEX    | CREATE UNIQUE INDEX CONCURRENTLY ON t (a)",
                "DEFINE     | CREATE_FUNCTION | CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1",
                "DEFINE     | ALTER_TABLE     | ALTER TABLE t ADD a int",
                "DEFINE     | ALTER_MATERIALIZED_VIEW | ALTER MATERIALIZED VIEW v RENAME TO w",
                "DEFINE     | DROP_OPERATOR_CLASS | DROP OPERATOR CLASS c USING btree",
                "DEFINE     | DROP_TEXT_SEARCH | DROP TEXT SEARCH CONFIGURATION c",
                "ADMINISTER | ALTER_DEFAULT_PRIVILEGES | ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x",
                "ADMINISTER | DROP_OWNED      | DROP OWNED BY x",
                "ADMINISTER | CREATE_LANGUAGE | CREATE OR REPLACE TRUSTED PROCEDURAL LANGUAGE l",
                "DEFINE     | TRUNCATE        | TRUNCATE t",
                "ADMINISTER | GRANT           | GRANT SELECT ON t TO x",
                "ADMINISTER | SET             | SET x.y = 1",
                "ADMINISTER | SET_ROLE        | SET LOCAL ROLE x",
                "ADMINISTER | SET_TRANSACTION | SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "ADMINISTER | SET_SESSION_AUTHORIZATION | SET SESSION AUTHORIZATION x",
                "ADMINISTER | SET_CONSTRAINTS | SET CONSTRAINTS ALL DEFERRED",
                "ADMINISTER | BEGIN           | BEGIN READ WRITE",
                "ADMINISTER | COMMIT          | END",
                "ADMINISTER | COMMIT_PREPARED | COMMIT PREPARED 'x'",
                "ADMINISTER | ROLLBACK        | ABORT",
                "ADMINISTER | ROLLBACK_TO_SAVEPOINT | ROLLBACK WORK TO SAVEPOINT s",
                "ADMINISTER | ROLLBACK_PREPARED | ROLLBACK PREPARED 'x'",
                "ADMINISTER | PREPARE_TRANSACTION | PREPARE TRANSACTION 'x'",
                "ADMINISTER | PREPARE         | PREPARE p (int) AS SELECT $1",
                "ADMINISTER | DECLARE         | DECLARE c CURSOR FOR SELECT 1",
                "ADMINISTER | LOCK            | LOCK t",
                "ADMINISTER | VACUUM          | VACUUM",
                "UNKNOWN    | EXECUTE         | EXECUTE p(1)",
                "UNKNOWN    | COPY            | COPY t TO STDOUT",
                "UNKNOWN    | DO              | DO 'x'",
                "UNKNOWN    | CALL            | CALL p()",
            })
    void theWorstThingAnywhereInIt(Effect effect, StatementKind kind, String sql) {
        Statement statement = Sql.parseOne(sql);
        assertThat(statement.kind()).isEqualTo(kind);
        assertThat(Effects.of(statement)).isEqualTo(effect);
        assertThat(statement.text()).isEqualTo(sql);
    }
}
