-- Code that runs without being called by name.
CREATE EXTENSION file_fdw;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION citext;
CREATE SCHEMA app;
SET search_path = app, public;

CREATE FUNCTION plus_one(float8) RETURNS float8 LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS 'SELECT $1 + 1';
CREATE FUNCTION with_default(a float8 DEFAULT app.plus_one(1)) RETURNS float8 LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION atomic(a float8) RETURNS float8 LANGUAGE sql RETURN app.plus_one(a);
CREATE FUNCTION differ(int, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE OPERATOR <%%%> (LEFTARG = int, RIGHTARG = text, FUNCTION = differ);
CREATE AGGREGATE product(float8) (SFUNC = float8mul, FINALFUNC = plus_one, STYPE = float8, INITCOND = '1');

CREATE FUNCTION is_short(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN length($1) < 9; END';
CREATE DOMAIN short_text AS text CHECK (is_short(VALUE));
CREATE TYPE pair AS (a int, b short_text);
CREATE TYPE spot AS ENUM ('here', 'there');
CREATE FUNCTION difference(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = difference);
CREATE FUNCTION compare_points(point, point) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 0; END';
CREATE FUNCTION before(point, point) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN false; END';
CREATE OPERATOR <<<< (LEFTARG = point, RIGHTARG = point, FUNCTION = before);
CREATE OPERATOR CLASS point_order DEFAULT FOR TYPE point USING btree AS OPERATOR 1 <<<<, FUNCTION 1 compare_points(point, point);

CREATE TABLE event (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE event_file PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') SERVER files OPTIONS (filename 'x.csv');
CREATE FOREIGN TABLE command (line text) SERVER files OPTIONS (program 'date');

CREATE TABLE secret_note (id int, note text);
CREATE FUNCTION note_text(secret_note) RETURNS text LANGUAGE sql AS 'SELECT $1.note';
CREATE CAST (secret_note AS text) WITH FUNCTION note_text(secret_note);
CREATE FUNCTION visible(int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
CREATE FUNCTION hidden(int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
ALTER TABLE secret_note ENABLE ROW LEVEL SECURITY;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'code_reader') THEN CREATE ROLE code_reader LOGIN PASSWORD 'code_reader'; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'code_other') THEN CREATE ROLE code_other; END IF;
END $$;
CREATE POLICY for_all ON secret_note FOR SELECT USING (visible(id) AND id IN (SELECT id FROM event));
CREATE POLICY for_others ON secret_note FOR SELECT TO code_other USING (hidden(id));
CREATE POLICY for_writes ON secret_note FOR INSERT WITH CHECK (hidden(id));
