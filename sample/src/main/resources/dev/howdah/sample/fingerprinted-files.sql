-- One row: names of files, and what the configuration says. Relation files come and go with tables, log segments and
-- transaction status with use: of these only a name that PostgreSQL would not give counts.
WITH RECURSIVE tree AS (
    SELECT d AS path, (pg_stat_file(d, true)).isdir FROM pg_ls_dir('.') d
    UNION ALL
    SELECT path || '/' || d, (pg_stat_file(path || '/' || d, true)).isdir
    FROM tree, LATERAL pg_ls_dir(path, true, false) d WHERE isdir
)
SELECT
    (SELECT count(*) || ' ' || sum(hashtextextended(path, 0)::numeric) FROM tree
     WHERE path !~ '^(base/[0-9]+|global|pg_tblspc/[0-9]+/PG_[^/]+/[0-9]+)/(t[0-9]+_)?[0-9]+(_(fsm|vm|init))?([.][0-9]+)?$'
         AND path !~ '/pg_internal[.]init([.][0-9]+)?$'
         AND path !~ '^base/pgsql_tmp'
         AND path !~ '^(pg_wal/[0-9A-F]{24}|pg_(xact|subtrans|commit_ts|multixact/(members|offsets))/[0-9A-F]+|pg_notify/[0-9A-F]+|pg_serial/[0-9A-F]+|pg_stat(_tmp)?/.*|pg_dynshmem/.*)$') AS "names of files",
    (SELECT string_agg(path || ' ' || md5(pg_read_file(path)), ' ' ORDER BY path) FROM tree
     WHERE path ~ '^([^/]+[.](conf|opts)|PG_VERSION|canary/.*)$' AND NOT isdir) AS "contents of files"
