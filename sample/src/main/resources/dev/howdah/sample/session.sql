-- One row about the session that asks.
SELECT
    session_user || '/' || current_user AS "session: users",
    (SELECT count(*) || ' ' || sum(hashtextextended(concat_ws('=', name, setting), 0)::numeric) FROM pg_settings
     -- Those with a dot come with an extension's library, which a read may load.
     WHERE name NOT LIKE 'transaction\_%' AND name NOT LIKE '%.%') AS "session: settings",
    (SELECT string_agg(concat_ws('=', name, setting), ' ' ORDER BY name) FROM pg_settings
     WHERE source = 'session' AND name NOT LIKE 'transaction\_%') AS "session: settings of its own",
    (SELECT string_agg(name || '=' || statement, ' ' ORDER BY name) FROM pg_prepared_statements WHERE from_sql) AS "session: prepared statements",
    (SELECT string_agg(name, ' ' ORDER BY name) FROM pg_cursors WHERE is_holdable) AS "session: cursors",
    (SELECT string_agg(c, ' ' ORDER BY c) FROM pg_listening_channels() c) AS "session: channels",
    (SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()) AS "session: temporary objects",
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS "session: advisory locks"
