-- Every way to run a function without writing a call, beside the shop. All that begin with "acts" would act.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
CREATE EXTENSION IF NOT EXISTS hstore SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA public;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;
CREATE EXTENSION IF NOT EXISTS tablefunc SCHEMA public;
CREATE EXTENSION IF NOT EXISTS ltree SCHEMA public;
CREATE EXTENSION IF NOT EXISTS intarray SCHEMA public;
CREATE EXTENSION IF NOT EXISTS cube SCHEMA public;
CREATE EXTENSION IF NOT EXISTS earthdistance SCHEMA public;
CREATE EXTENSION IF NOT EXISTS tsm_system_rows SCHEMA public;
CREATE EXTENSION IF NOT EXISTS file_fdw SCHEMA public;
CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public;
CREATE SCHEMA ways;

CREATE TABLE ways.log (what text);
CREATE FUNCTION ways.acts(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$BEGIN INSERT INTO ways.log VALUES ($1); RETURN $1; END$$;
CREATE FUNCTION ways.acts_bool(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM ways.acts($1); RETURN true; END$$;
CREATE FUNCTION ways.acts2(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM ways.acts($1); RETURN true; END$$;

-- functions
CREATE FUNCTION ways.acts_in_sql(text) RETURNS text LANGUAGE sql AS $$SELECT ways.acts($1)$$;
CREATE FUNCTION ways.acts_deep(text) RETURNS text LANGUAGE sql AS $$SELECT ways.acts_in_sql(upper($1))$$;
CREATE FUNCTION ways.acts_by_insert(text) RETURNS void LANGUAGE sql AS $$INSERT INTO ways.log VALUES ($1)$$;
CREATE FUNCTION ways.acts_by_default(a text DEFAULT ways.acts('x')) RETURNS text LANGUAGE sql AS $$SELECT a$$;
CREATE FUNCTION ways.acts_as_owner() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT count(*) FROM shop.orders$$;
CREATE FUNCTION ways.acts_alias(text) RETURNS text LANGUAGE internal STRICT AS 'pg_read_file_all';
CREATE FUNCTION ways.acts_with_setting() RETURNS int LANGUAGE sql SET session_replication_role = replica AS $$SELECT 1$$;
CREATE FUNCTION ways.acts_elsewhere() RETURNS text LANGUAGE sql SET search_path = ways AS $$SELECT acts('x')$$;
CREATE FUNCTION ways.net(price numeric, rate numeric DEFAULT 0.19) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$SELECT round(price / (1 + rate), 2)$$;
CREATE FUNCTION ways.revenue(region int) RETURNS numeric LANGUAGE sql STABLE AS $$SELECT sum(o.total) FROM shop.orders o JOIN shop.stores s USING (store_id) WHERE s.region_id = region$$;
CREATE FUNCTION ways.kept(a int) RETURNS int LANGUAGE sql IMMUTABLE RETURN a + 1;
CREATE FUNCTION ways.countdown(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT CASE WHEN a > 0 THEN ways.countdown(a - 1) ELSE 0 END$$;
CREATE FUNCTION ways.in_path(a text) RETURNS text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$SELECT lower(a)$$;
CREATE FUNCTION ways.region_row(shop.regions) RETURNS text LANGUAGE sql AS $$SELECT $1.name$$;
CREATE FUNCTION ways.acts_on_row(shop.regions) RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN ways.acts($1.name); END$$;

-- operators and aggregates
CREATE OPERATOR ways.<<<# (FUNCTION = ways.acts2, LEFTARG = text, RIGHTARG = text);
CREATE FUNCTION ways.harmless2(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT lower($1) = lower($2)$$;
CREATE OPERATOR ways.=~= (FUNCTION = ways.harmless2, LEFTARG = text, RIGHTARG = text);
CREATE FUNCTION ways.acts_step(text, text) RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN ways.acts($2); END$$;
CREATE AGGREGATE ways.acts_all(text) (SFUNC = ways.acts_step, STYPE = text);
CREATE AGGREGATE ways.acts_final(text) (SFUNC = textcat, FINALFUNC = ways.acts, STYPE = text);
CREATE AGGREGATE ways.product(float8) (SFUNC = float8mul, STYPE = float8, INITCOND = '1');

-- domains, casts, types
CREATE DOMAIN ways.acting_domain AS text CHECK (ways.acts_bool(VALUE));
CREATE DOMAIN ways.plain_domain AS text CHECK (length(VALUE) < 100);
CREATE TYPE ways.holds_domain AS (a int, b ways.acting_domain);
CREATE TYPE ways.pair AS (a int, b text);
CREATE FUNCTION ways.acts_cast(ways.pair) RETURNS int LANGUAGE plpgsql AS $$BEGIN PERFORM ways.acts('cast'); RETURN 1; END$$;
CREATE CAST (ways.pair AS int) WITH FUNCTION ways.acts_cast(ways.pair);
CREATE FUNCTION ways.acts_row_cast(shop.categories) RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN ways.acts('row'); END$$;
CREATE CAST (shop.categories AS text) WITH FUNCTION ways.acts_row_cast(shop.categories);
CREATE TYPE ways.acting_enum AS ENUM ('x', 'y');
CREATE FUNCTION ways.acts_enum(ways.acting_enum) RETURNS numeric LANGUAGE plpgsql AS $$BEGIN RETURN length(ways.acts('enum')); END$$;
CREATE CAST (ways.acting_enum AS numeric) WITH FUNCTION ways.acts_enum(ways.acting_enum) AS IMPLICIT;
CREATE TABLE ways.enums (v ways.acting_enum, d ways.acting_domain, p ways.plain_domain);
CREATE FUNCTION ways.acts_compare(point, point) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM ways.acts('compare'); RETURN 0; END$$;
CREATE FUNCTION ways.acts_less(point, point) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN false; END$$;
CREATE OPERATOR ways.<<<< (LEFTARG = point, RIGHTARG = point, FUNCTION = ways.acts_less);
CREATE OPERATOR CLASS ways.point_order DEFAULT FOR TYPE point USING btree AS OPERATOR 1 ways.<<<<, FUNCTION 1 ways.acts_compare(point, point);
CREATE TABLE ways.places (id int, at point);
CREATE TYPE ways.mood AS ENUM ('good', 'bad');
CREATE FUNCTION ways.acts_mood(ways.mood) RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN ways.acts('mood'); END$$;
CREATE FUNCTION ways.length(ways.mood) RETURNS int LANGUAGE plpgsql AS $$BEGIN RETURN 1; END$$;
CREATE TABLE ways.moods (m ways.mood, words text);

-- views, partitions, foreign tables, policies
CREATE VIEW ways.acting_view AS SELECT ways.acts(name) AS name FROM shop.regions;
CREATE VIEW ways.casting_view AS SELECT name::ways.acting_domain AS name FROM shop.regions;
CREATE VIEW ways.ordering_view WITH (security_barrier) AS SELECT name FROM shop.regions WHERE name OPERATOR(ways.<<<#) 'x';
CREATE VIEW ways.queries AS SELECT pid, query FROM pg_stat_activity;
CREATE VIEW ways.states AS SELECT pid, state FROM pg_stat_activity;
CREATE VIEW ways.employee_names AS SELECT employee_id, full_name FROM shop.employees;
CREATE VIEW ways.employee_all AS SELECT * FROM shop.employees;
CREATE VIEW ways.employee_deep AS SELECT * FROM ways.employee_all;
CREATE MATERIALIZED VIEW ways.salaries AS SELECT employee_id, salary FROM shop.employees;
CREATE VIEW ways.computed AS SELECT ways.net(total) AS net FROM shop.orders;
CREATE TABLE ways.event (id int, at date, note text) PARTITION BY RANGE (at);
CREATE TABLE ways.event_2025 PARTITION OF ways.event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE ways.parent (id int, note text);
CREATE TABLE ways.child (extra text) INHERITS (ways.parent);
CREATE SERVER ways_files FOREIGN DATA WRAPPER file_fdw;
CREATE SERVER ways_elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'nothing');
CREATE FOREIGN TABLE ways.file (line text) SERVER ways_files OPTIONS (filename 'PG_VERSION');
CREATE FOREIGN TABLE ways.program (line text) SERVER ways_files OPTIONS (program 'date');
CREATE FOREIGN TABLE ways.elsewhere (a int) SERVER ways_elsewhere;
CREATE TABLE ways.mixed (id int, at date) PARTITION BY RANGE (at);
CREATE FOREIGN TABLE ways.mixed_far PARTITION OF ways.mixed FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') SERVER ways_elsewhere;
CREATE TABLE ways.guarded (id int, owner text);
CREATE FUNCTION ways.acts_policy(text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN PERFORM ways.acts($1); RETURN true; END$$;
ALTER TABLE ways.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY guard_all ON ways.guarded USING (ways.acts_policy(owner));
CREATE TABLE ways.fenced (id int, owner text);
ALTER TABLE ways.fenced ENABLE ROW LEVEL SECURITY;
CREATE POLICY fence_all ON ways.fenced USING (owner = current_user AND id IN (SELECT id FROM ways.parent));
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ways_reader') THEN CREATE ROLE ways_reader LOGIN PASSWORD 'ways_reader'; END IF;
END $$;
GRANT USAGE ON SCHEMA shop, ways TO ways_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA shop, ways TO ways_reader;
