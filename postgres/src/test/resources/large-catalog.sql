-- 10,000 tables of 10 columns in 5 schemas, 8,000 foreign keys, 2,000 comments: what a catalog reader has to bear.
-- Run it outside a transaction: it commits every 100 tables, so that the lock table of a default server is enough.
CREATE SCHEMA s0;
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE SCHEMA s3;
CREATE SCHEMA s4;
CREATE TYPE public.state AS ENUM ('new', 'open', 'done', 'gone');
CREATE DOMAIN public.money_amount AS numeric(12, 2) CHECK (VALUE >= 0);
DO $$
BEGIN
  FOR i IN 0..9999 LOOP
    EXECUTE format(
      'CREATE TABLE s%s.t%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id bigint, code varchar(20) NOT NULL,'
      ' name text, status public.state NOT NULL DEFAULT ''new'', amount public.money_amount, created_at timestamptz NOT NULL'
      ' DEFAULT now(), tags text[], note_%s text, rate double precision)', i % 5, i, i % 500);
    IF i % 5 = 0 THEN
      EXECUTE format('COMMENT ON TABLE s%s.t%s IS %L', i % 5, i, 'what table ' || i || ' is for');
    END IF;
    IF i % 10 = 3 THEN
      EXECUTE format('CREATE UNIQUE INDEX ON s%s.t%s (code)', i % 5, i);
    END IF;
    IF i % 100 = 99 THEN
      COMMIT;
    END IF;
  END LOOP;
  FOR i IN 1..8000 LOOP
    EXECUTE format('ALTER TABLE s%s.t%s ADD FOREIGN KEY (parent_id) REFERENCES s%s.t%s (id) ON DELETE CASCADE',
      i % 5, i, (i / 2) % 5, i / 2);
    IF i % 100 = 99 THEN
      COMMIT;
    END IF;
  END LOOP;
END
$$;
VACUUM ANALYZE pg_catalog.pg_class, pg_catalog.pg_attribute, pg_catalog.pg_constraint, pg_catalog.pg_index,
  pg_catalog.pg_type, pg_catalog.pg_attrdef, pg_catalog.pg_depend, pg_catalog.pg_description;
