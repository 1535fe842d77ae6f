package dev.howdah.postgres.catalog;

import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Asks the server what the connected role could do; servers 13 to 18. */
final class RoleReader {
    private RoleReader() {}

    /** Attributes are not inherited, but whoever belongs to a role can become it. */
    private static final String POWERS = """
        WITH mine AS (
          SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
          FROM pg_roles
          WHERE rolname = current_user OR pg_has_role(oid, 'MEMBER') AND NOT (
            SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        ), objects AS (
          SELECT c.oid, c.relkind, pg_has_role(c.relowner, 'MEMBER') AS owned
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_(toast|temp)'
        )
        SELECT 'SUPERUSER', string_agg(rolname, ', ') FROM mine WHERE rolsuper
        UNION ALL SELECT 'CREATE_ROLES', string_agg(rolname, ', ') FROM mine WHERE rolcreaterole
        UNION ALL SELECT 'CREATE_DATABASES', string_agg(rolname, ', ') FROM mine WHERE rolcreatedb
        UNION ALL SELECT 'REPLICATE', string_agg(rolname, ', ') FROM mine WHERE rolreplication
        UNION ALL SELECT 'BYPASS_ROW_SECURITY', string_agg(rolname, ', ') FROM mine WHERE rolbypassrls
        UNION ALL SELECT CASE rolname
            WHEN 'pg_execute_server_program' THEN 'RUN_PROGRAMS'
            WHEN 'pg_write_server_files' THEN 'WRITE_FILES'
            WHEN 'pg_read_server_files' THEN 'READ_FILES'
            WHEN 'pg_write_all_data' THEN 'WRITE_ALL_DATA'
            WHEN 'pg_read_all_data' THEN 'READ_ALL_DATA'
            WHEN 'pg_signal_backend' THEN 'SIGNAL'
            WHEN 'pg_maintain' THEN 'MAINTAIN'
            WHEN 'pg_checkpoint' THEN 'MAINTAIN'
            ELSE 'READ_QUERIES' END, rolname
          FROM mine
          WHERE rolname IN ('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files',
            'pg_write_all_data', 'pg_read_all_data', 'pg_signal_backend', 'pg_maintain', 'pg_checkpoint',
            'pg_monitor', 'pg_read_all_stats')
        UNION ALL SELECT 'OWN', count(*) || ' relations' FROM objects WHERE owned HAVING count(*) > 0
        UNION ALL SELECT 'OWN', 'schema ' || nspname FROM pg_namespace
          WHERE oid >= 16384 AND nspname !~ '^pg_(toast|temp)' AND pg_has_role(nspowner, 'MEMBER')
        UNION ALL SELECT 'OWN', 'this database' FROM pg_database
          WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')
        UNION ALL SELECT 'WRITE', count(*) || ' of them' FROM objects
          WHERE CASE WHEN relkind = 'S' THEN has_sequence_privilege(oid, 'USAGE, UPDATE')
            ELSE has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
              OR has_any_column_privilege(oid, 'INSERT, UPDATE') END
          HAVING count(*) > 0
        UNION ALL SELECT 'CREATE_IN_SCHEMAS', string_agg(nspname, ', ') FROM pg_namespace
          WHERE nspname !~ '^pg_(toast|temp)' AND has_schema_privilege(oid, 'CREATE')
        UNION ALL SELECT 'CREATE_IN_DATABASE', '' WHERE has_database_privilege(current_database(), 'CREATE')
        UNION ALL SELECT 'TEMPORARY_TABLES', '' WHERE has_database_privilege(current_database(), 'TEMPORARY')\
        """;

    static List<RolePower> read(ConstantQueries source) {
        List<RolePower> powers = new ArrayList<>();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        source.copy(
                POWERS,
                row -> Values.optional(row, 1)
                        .ifPresent(detail ->
                                powers.add(new RolePower(RolePower.Kind.valueOf(Values.string(row, 0)), detail))));
        powers.sort(Comparator.comparing(RolePower::kind));
        return List.copyOf(powers);
    }
}
