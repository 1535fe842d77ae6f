-- One row: what changes when anything does. A column is a part.
SELECT
    pg_current_wal_insert_lsn() AS "log position",
    pg_snapshot_xmax(pg_current_snapshot()) AS "next transaction number",
    -- nextval() writes no log record for most of its calls.
    (SELECT string_agg(oid || '=' || coalesce(pg_sequence_last_value(oid)::text, ''), ' ' ORDER BY oid)
     FROM pg_class WHERE relkind = 'S' AND relpersistence <> 't') AS "sequences",
    (SELECT string_agg(concat_ws('/', locktype, database, relation, classid, objid, objsubid, mode), ' ' ORDER BY pid, locktype, relation, classid, objid)
     FROM pg_locks WHERE pid <> pg_backend_pid()) AS "locks",
    (SELECT string_agg(gid, ' ' ORDER BY gid) FROM pg_prepared_xacts) AS "prepared transactions",
    (SELECT string_agg(s::text, ' ' ORDER BY slot_name) FROM pg_replication_slots s) AS "replication slots",
    (SELECT string_agg(o::text, ' ') FROM pg_show_replication_origin_status() o) AS "replication origins",
    pg_postmaster_start_time() AS "start of the server",
    pg_conf_load_time() AS "configuration read at",
    pg_is_in_recovery() AS "recovery",
    (SELECT concat_ws(' ', checkpoint_lsn, redo_lsn, next_oid) FROM pg_control_checkpoint()) AS "checkpoint",
    (SELECT string_agg(coalesce(stats_reset::text, '-'), ' ' ORDER BY datid) FROM pg_stat_database) AS "statistics reset",
    (SELECT string_agg(coalesce(stats_reset::text, '-'), ' ' ORDER BY name) FROM pg_stat_slru) AS "caches' statistics reset",
    (SELECT concat_ws(' ', b.stats_reset, w.stats_reset, a.stats_reset) FROM pg_stat_bgwriter b, pg_stat_wal w, pg_stat_archiver a) AS "writers' statistics reset",
    (SELECT string_agg(concat_ws('/', f, size, modification), ' ' ORDER BY f)
     FROM (SELECT f FROM pg_ls_dir('.') f UNION ALL SELECT 'canary/' || f FROM pg_ls_dir('canary') f) names,
         LATERAL pg_stat_file(f, true)
     WHERE NOT isdir OR f IN ('canary')) AS "files"
