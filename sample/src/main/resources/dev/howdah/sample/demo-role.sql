-- What the demo's own role may do in the sample shop: read and change rows, nothing else. In the shop's database.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public, shop TO howdah_demo;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA shop TO howdah_demo;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA shop TO howdah_demo;

-- Built-in functions that act although they look like a read, and that nobody needs for the shop: large objects, locks
-- that outlive a transaction, signals to other sessions, messages into the write-ahead log.
DO $$
DECLARE
    acting regprocedure;
BEGIN
    FOR acting IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname ~ '^(lo_.*|lowrite|loread|pg_(try_)?advisory_.*|pg_(cancel|terminate)_backend|pg_notify|pg_logical_emit_message)$'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', acting);
    END LOOP;
END
$$;
