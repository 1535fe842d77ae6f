-- Every catalog, and every table that holds rows, as it is written.
SELECT format('%I.%I', nspname, relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'm', 'S') AND relispopulated AND nspname !~ '^pg_(toast|temp)' ORDER BY nspname, relname
