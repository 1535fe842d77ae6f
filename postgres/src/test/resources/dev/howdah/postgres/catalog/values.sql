-- What may be remembered of a database's words, and what not.
CREATE SCHEMA app;
CREATE TYPE app.state AS ENUM ('open', 'closed');
CREATE DOMAIN app.label AS varchar(40);
CREATE TABLE app.city (
  id int PRIMARY KEY,
  name text,
  "Country ""Code""" char(4),
  label app.label,
  state app.state,
  remark text,
  password text,
  api_key text,
  contact text,
  digest text,
  population int
);
COMMENT ON COLUMN app.city.contact IS 'PII: the mayor';
INSERT INTO app.city VALUES
  (1, 'Berlin', 'DE', 'it''s', 'open', repeat('long ', 30), 'pw1', 'k1', 'Anna', md5('1'), 3),
  (2, 'Köln', 'DE', E'back\\slash\ttab', 'open', repeat('words ', 30), 'pw2', 'k2', 'Bert', md5('2'), 1),
  (3, 'Paris', 'FR', '{"a,b"}', NULL, repeat('and ', 30), 'pw3', 'k3', 'Cleo', md5('3'), 2),
  (4, 'Paris', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE app.visit (id int PRIMARY KEY, kind text, visitor text, day date NOT NULL);
INSERT INTO app.visit SELECT i, (ARRAY['guided', 'free, "open"', 'school'])[1 + i % 3], 'visitor ' || i, date '2025-01-01'
  FROM generate_series(1, 12000) i;
ANALYZE app.visit;

CREATE TABLE app.sale (id int, channel text) PARTITION BY RANGE (id);
CREATE TABLE app.sale_1 PARTITION OF app.sale FOR VALUES FROM (0) TO (1000000);
INSERT INTO app.sale SELECT i, (ARRAY['web', 'shop'])[1 + i % 2] FROM generate_series(1, 100) i;
ANALYZE app.sale;

CREATE VIEW app.town AS SELECT name FROM app.city;
CREATE MATERIALIZED VIEW app.country AS SELECT DISTINCT "Country ""Code""" AS code FROM app.city;
CREATE TABLE app.guarded (word text);
INSERT INTO app.guarded VALUES ('guarded');
ALTER TABLE app.guarded ENABLE ROW LEVEL SECURITY;
CREATE TABLE app.many (word text);
INSERT INTO app.many SELECT 'word ' || i FROM generate_series(1, 2100) i;
CREATE TABLE app.parent_of_foreign (word text);
INSERT INTO app.parent_of_foreign VALUES ('own');
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE app.foreign_child () INHERITS (app.parent_of_foreign) SERVER files OPTIONS (filename '/nowhere');
