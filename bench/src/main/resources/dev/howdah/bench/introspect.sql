-- What a catalog reader has to fetch, as raw queries on pg_catalog with OIDs left to be resolved by the client: the
-- least that psql needs for the same. OIDs from 16384 on are the users' own objects.
COPY (SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples::bigint, c.relpages, c.relispartition, c.relnatts
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname NOT LIKE 'pg\_toast%' AND n.nspname NOT LIKE 'pg\_temp%') TO STDOUT;
COPY (SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.atthasdef, a.attidentity,
             a.attgenerated
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid >= 16384) TO STDOUT;
COPY (SELECT t.atttypid, t.atttypmod, format_type(t.atttypid, t.atttypmod)
      FROM (SELECT DISTINCT atttypid, atttypmod FROM pg_attribute
            WHERE attnum > 0 AND NOT attisdropped AND attrelid >= 16384) t) TO STDOUT;
COPY (SELECT oid, conrelid, conname, contype, conkey, confrelid, confkey, confupdtype, confdeltype, convalidated, conindid
      FROM pg_constraint WHERE conrelid >= 16384) TO STDOUT;
COPY (SELECT i.indexrelid, i.indrelid, ic.relname, i.indisunique, i.indisprimary, i.indisvalid, i.indkey, ic.relam,
             i.indclass, ic.reltuples::bigint, ic.relpages,
             CASE WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END
      FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid >= 16384) TO STDOUT;
COPY (SELECT objoid, objsubid, description FROM pg_description
      WHERE classoid = 'pg_class'::regclass AND objoid >= 16384) TO STDOUT;
COPY (SELECT d.adrelid, d.adnum, pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0::oid ELSE d.adrelid END)
      FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE d.adrelid >= 16384) TO STDOUT;
