-- What analysts have beside a shop: every kind of type, partitions, views, extensions, indexes.
CREATE EXTENSION pg_trgm SCHEMA public;
CREATE EXTENSION citext SCHEMA public;
CREATE EXTENSION hstore SCHEMA public;
CREATE EXTENSION unaccent SCHEMA public;
CREATE EXTENSION fuzzystrmatch SCHEMA public;
CREATE EXTENSION cube SCHEMA public;
CREATE EXTENSION earthdistance SCHEMA public;
CREATE EXTENSION ltree SCHEMA public;
CREATE EXTENSION intarray SCHEMA public;
CREATE EXTENSION isn SCHEMA public;
CREATE EXTENSION pgcrypto SCHEMA public;
CREATE EXTENSION btree_gist SCHEMA public;
CREATE EXTENSION "uuid-ossp" SCHEMA public;
CREATE SCHEMA lab;
CREATE TYPE lab.severity AS ENUM ('low', 'medium', 'high');
CREATE DOMAIN lab.percent AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN lab.handle AS text CHECK (VALUE ~ '^@[a-z0-9_]+$');
CREATE TYPE lab.address AS (street text, city text, zip text);
CREATE TYPE lab.floatrange AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TABLE lab.events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, kind text NOT NULL, user_id int, payload jsonb NOT NULL, tags text[] NOT NULL DEFAULT '{}', client inet, day date GENERATED ALWAYS AS ((at AT TIME ZONE 'UTC')::date) STORED) ;
INSERT INTO lab.events (at, kind, user_id, payload, tags, client)
SELECT timestamptz '2025-01-01 00:00+00' + g * interval '37 minutes', (ARRAY['view', 'click', 'buy'])[1 + g % 3], g % 50,
    jsonb_build_object('page', '/p/' || g % 20, 'ms', g % 400, 'items', jsonb_build_array(g % 7, g % 5), 'ok', g % 11 > 0),
    ARRAY['t' || g % 4, 'u' || g % 6], ('10.0.' || g % 8 || '.' || g % 250)::inet
FROM generate_series(1, 3000) g;
CREATE INDEX ON lab.events USING gin (payload);
CREATE TABLE lab.readings (sensor int, at timestamp, value float8, quality lab.percent, level lab.severity) PARTITION BY RANGE (at);
CREATE TABLE lab.readings_2025_01 PARTITION OF lab.readings FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
CREATE TABLE lab.readings_2025_02 PARTITION OF lab.readings FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');
INSERT INTO lab.readings SELECT g % 9, timestamp '2025-01-01' + g * interval '25 minutes', sin(g / 20.0) * 10 + g % 3, g % 100, (ARRAY['low', 'medium', 'high'])[1 + g % 3]::lab.severity FROM generate_series(1, 3000) g;
CREATE TABLE lab.people (id int PRIMARY KEY, name public.citext, handle lab.handle, home lab.address, boss int REFERENCES lab.people, attrs public.hstore, born date, path public.ltree, secret uuid);
INSERT INTO lab.people SELECT g, 'Person ' || g, '@p' || g, ROW(g || ' Main St', 'Town ' || g % 5, lpad(g::text, 5, '0'))::lab.address, nullif(g / 3, 0), public.hstore('team', 't' || g % 4), date '1960-01-01' + g * 300, ('org.t' || g % 4 || '.p' || g)::public.ltree, md5(g::text)::uuid FROM generate_series(1, 60) g;
CREATE TABLE lab.docs (id int PRIMARY KEY, title text, body text, meta xml, words tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED, raw bytea);
INSERT INTO lab.docs (id, title, body, meta, raw) SELECT g, 'Report ' || g, 'The quick brown fox number ' || g || ' jumps over the lazy dog; café déjà vu', ('<doc><n>' || g || '</n><tag>a</tag><tag>b</tag></doc>')::xml, decode(md5(g::text), 'hex') FROM generate_series(1, 40) g;
CREATE INDEX ON lab.docs USING gin (words);
CREATE TABLE lab.bookings (room int, during tstzrange, days datemultirange, EXCLUDE USING gist (room WITH =, during WITH &&));
INSERT INTO lab.bookings SELECT g % 5, tstzrange(timestamptz '2025-03-01 08:00+00' + g * interval '3 hours', timestamptz '2025-03-01 09:30+00' + g * interval '3 hours'), datemultirange(daterange(date '2025-03-01' + g, date '2025-03-03' + g), daterange(date '2025-04-01' + g, date '2025-04-02' + g)) FROM generate_series(1, 80) g;
CREATE TABLE lab.places (id int, at point, area box, shape polygon, mac macaddr, net cidr, cost money, bits bit(8));
INSERT INTO lab.places SELECT g, point(g, g % 7), box(point(g, 0), point(g + 3, 4)), polygon(box(point(0, 0), point(g, g))), ('08:00:2b:01:02:' || lpad(to_hex(g), 2, '0'))::macaddr, ('10.' || g || '.0.0/16')::cidr, (g * 1.5)::numeric::money, (g % 256)::bit(8) FROM generate_series(1, 40) g;
CREATE VIEW lab.daily AS SELECT day, kind, count(*) AS events, count(DISTINCT user_id) AS users FROM lab.events GROUP BY day, kind;
CREATE VIEW lab.chain AS WITH RECURSIVE c AS (SELECT id, boss, 1 AS depth FROM lab.people WHERE boss IS NULL UNION ALL SELECT p.id, p.boss, c.depth + 1 FROM lab.people p JOIN c ON p.boss = c.id) SELECT * FROM c;
CREATE MATERIALIZED VIEW lab.monthly AS SELECT date_trunc('month', ordered_at) AS month, sum(total) AS revenue FROM shop.orders GROUP BY 1;
CREATE TABLE lab."Weird Names" ("select" int, "Über" text, "a.b" text);
INSERT INTO lab."Weird Names" VALUES (1, 'ü', 'dot');
ANALYZE;
