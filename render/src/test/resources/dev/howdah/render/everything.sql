CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy, "very"');
CREATE TYPE pair AS (number int, word text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN stamp AS timestamptz;

CREATE TABLE everything (
    id int PRIMARY KEY,
    a_int2 int2, a_int8 int8, a_oid oid, a_xid xid, a_cid cid, a_xid8 xid8, a_tid tid,
    a_float4 float4, a_float8 float8, a_numeric numeric, a_fixed numeric(12, 2), a_money money,
    a_bool bool, a_char "char", a_bpchar char(5), a_varchar varchar(20), a_name name, a_text text,
    a_bytea bytea, a_uuid uuid, a_json json, a_jsonb jsonb, a_jsonpath jsonpath, a_xml xml,
    a_date date, a_time time, a_timetz timetz, a_timestamp timestamp, a_timestamptz timestamptz, a_interval interval,
    a_inet inet, a_cidr cidr, a_macaddr macaddr, a_bit bit(3), a_varbit varbit,
    a_point point, a_box box, a_polygon polygon, a_circle circle,
    a_tsvector tsvector, a_tsquery tsquery, a_regclass regclass, a_lsn pg_lsn,
    a_int4range int4range, a_tstzrange tstzrange, a_multirange int4multirange,
    a_mood mood, a_positive positive, a_stamp stamp,
    a_int2vector int2vector, a_oidvector oidvector,
    ints int[], floats float8[], numerics numeric[], bools bool[], texts text[], moods mood[],
    jsons json[], jsonbs jsonb[], dates date[], timestamps timestamp[], timestamptzs timestamptz[],
    boxes box[], uuids uuid[], vectors int2vector[], byteas bytea[],
    "odd ""name"" \ 日本" text
);

INSERT INTO everything (id) VALUES (0);

INSERT INTO everything VALUES (
    1, -32768, 9223372036854775807, 4294967295, '4294967295', '7', '18446744073709551615', '(0,1)',
    3.4028235e38, 1.7976931348623157e308, 123456789012345678901234567890.123456789, 0.10, '$1,234.56',
    true, 'x', 'ab', 'a,b', 'public', E'two\nlines, "quoted" \\ tab\t cr\r bell\x07 del\x7f é 日本 😀',
    '\xdeadbeef00', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', E'{ "a" :\n [1, 2,\r\n "x\\n"] }', '{"a": [1, "x\n"], "b": null}',
    '$.a[*] ? (@ > 1)', '<a b="c">d</a>',
    '2026-11-20', '10:20:30.123456', '10:20:30+05:30', '2026-11-20 10:20:30.5', '2026-11-20 10:20:30.5+00', '1 year 2 mons -3 days 04:05:06.7',
    '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', B'101', B'1',
    '(1.5,-2)', '(1,1),(0,0)', '((0,0),(1,1),(1,0))', '<(0,0),2>',
    'fat:2,4 cat:3', 'fat & (rat | cat)', 'pg_class', '16/B374D848',
    '[1,10)', '["2026-01-01 00:00:00+00",)', '{[1,3),[5,9)}',
    'happy, "very"', 5, '2026-07-01 00:00:00+00',
    '1 2 3', '1 2 3',
    '{1,NULL,-3}', '{1.5,NaN,Infinity,-Infinity}', '{1.50,NaN}', '{t,f,NULL}',
    ARRAY['a', '', NULL, 'NULL', 'null', 'a b', 'a,b', '"', '\', '{}', E'\n', 'é', '{'], '{sad,"so so","happy, \"very\""}',
    ARRAY['{"a": "\"x\", {y}"}', E'[1,\n2]', NULL, 'null', '"s"']::json[], ARRAY['{"a": 1}', '"NULL"']::jsonb[],
    '{2026-01-01,infinity}', '{"2026-01-01 10:00:00","infinity",NULL}', '{"2026-01-01 10:00:00+00","-infinity","0044-03-15 00:00:00+00 BC"}',
    '{(1,1),(0,0);(3,3),(2,2)}', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}', ARRAY['1 2', '3']::int2vector[], ARRAY['\x00ff'::bytea],
    'NULL'
);

INSERT INTO everything (id, a_float4, a_float8, a_numeric, a_bool, a_char, a_bpchar, a_varchar, a_text, a_bytea, a_json, a_jsonb,
    a_date, a_time, a_timestamp, a_timestamptz, a_interval, a_int4range, a_multirange, a_tsvector, a_int2vector, a_oidvector,
    ints, floats, numerics, texts, jsons, timestamptzs, boxes) VALUES
(2, 'NaN', 'Infinity', 'NaN', false, '', '', '', '', '', 'null', '"text"',
    'infinity', '24:00:00', 'infinity', '-infinity', '0', 'empty', '{}', '', '', '',
    '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
(3, '-Infinity', 1e-300, 'Infinity', false, '"', ' ', ',', '\.', '\x5c', '1.50', '1.50',
    '-infinity', '00:00', '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00+00 BC', '-1 days', '(,)', '{(,)}', '''a b''', '0', '0',
    '[0:1]={1,2}', '{{1,2},{3,4}}', '[-1:0][5:6]={{1,2},{3,NULL}}', '{{{a,b}},{{c,"d e"}}}', '{{1,2},{null,"{}"}}', '{{"2026-01-01 00:00:00+00"}}', '{{(1,1),(0,0)};{(1,1),(0,0)}}'),
(4, 1e-10, 0.1, -0.000000000000000000001, false, 'é', 'é', '日本', 'NULL', '\x0a', '[]', '{}',
    '0001-01-01 BC', '00:00:00.000001', '10000-01-01 00:00:00.000001', '1880-01-01 00:00:00+00', '178000000 years', '[1,1]', '{[1,1]}', 'a', '-1', '4294967295',
    '{2147483647}', '{1e300,-0}', '{0.00}', '{nUll,NULLS}', '{"true"}', '{"1880-01-01 00:00:00+00"}', '{NULL}'),
(5, 0, -0.0, 1e30, false, 'a', 'a', 'a', E'\x01\x02\x1f\x7f\x08\x0c', '\x', '"\u0007 \u00e9 \ud83d\ude00"', '"\u0007 \u00e9"',
    '5874897-12-31', '12:00', '2026-02-28 23:59:59.999999', '294276-12-31 23:59:59.999999+00', '1 microsecond', '[1,1]', '{[1,1]}', 'a', '-1', '1',
    '{1}', '{1}', '{1}', '{"2026-01-01 00:00:00"}', '{"false"}', '{"2026-06-01 00:00:00+00"}', '{NULL}');

CREATE TABLE one_text (t text);
INSERT INTO one_text VALUES (''), (NULL), ('\.'), ('\'), ('a'), ('\.x'), (' '), ('"'), (repeat('long ', 10000)), (repeat('"long",', 40000));
CREATE TABLE one_odd ("a,""b" text, " " text);
INSERT INTO one_odd VALUES ('\.', '');
CREATE TABLE no_columns ();
INSERT INTO no_columns DEFAULT VALUES;
INSERT INTO no_columns DEFAULT VALUES;

CREATE TABLE strings (pair pair, pairs pair[], counts positive[]);
INSERT INTO strings VALUES (ROW(1, 'a b'), ARRAY[ROW(1, 'x')::pair, NULL], '{1,2}');
