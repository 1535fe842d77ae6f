-- What a statement may call without looking like it.
CREATE EXTENSION file_fdw;
CREATE SCHEMA app;
CREATE TYPE app.color AS ENUM ('red', 'blue');
CREATE TABLE app.item (id int PRIMARY KEY, name text NOT NULL, price numeric NOT NULL);
INSERT INTO app.item VALUES (1, 'nut', 2), (2, 'bolt', 3);
CREATE TABLE app.log (what text);

CREATE FUNCTION app.net(price numeric, rate numeric DEFAULT 0.19) RETURNS numeric IMMUTABLE LANGUAGE sql
  AS 'SELECT price / (1 + rate)';
CREATE FUNCTION app."Odd ""name"" 'x' \"(VARIADIC words text[]) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER
  AS 'SELECT unnest(words)';
CREATE PROCEDURE app.touch() LANGUAGE sql AS 'INSERT INTO app.log VALUES (''touched'')';
CREATE AGGREGATE app.total(numeric) (SFUNC = numeric_add, STYPE = numeric);
CREATE FUNCTION app.near(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 - $2 < 3';
CREATE OPERATOR app.@#@ (LEFTARG = int, RIGHTARG = int, FUNCTION = app.near);
CREATE FUNCTION app.to_color(int) RETURNS app.color LANGUAGE sql AS 'SELECT ''red''::app.color';
CREATE CAST (int AS app.color) WITH FUNCTION app.to_color(int) AS ASSIGNMENT;

CREATE VIEW app.priced_item AS SELECT id, upper(name) AS name, app.net(price) AS net FROM app.item;
CREATE VIEW app.cheap_item AS SELECT name, sum(net) AS net FROM app.priced_item WHERE net < 10 GROUP BY name ORDER BY name;
CREATE VIEW app.spy AS SELECT rolname, pg_read_file('nothing') AS contents FROM pg_authid WHERE (1, 2) < (3, oid::int);
CREATE VIEW app.ruled AS SELECT id FROM app.item;
CREATE RULE ruled_insert AS ON INSERT TO app.ruled DO INSTEAD INSERT INTO app.log VALUES ('inserted');
