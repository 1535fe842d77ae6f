CREATE DOMAIN email_address AS text;
CREATE TABLE people (
    id bigint PRIMARY KEY,
    name text,
    email text,
    phone text,
    nick text,
    memo text,
    born date,
    login email_address,
    email_verified boolean,
    order_no text,
    profile jsonb,
    reach text GENERATED ALWAYS AS (email || ' / ' || phone) STORED
);
COMMENT ON COLUMN people.nick IS 'What friends say. pii: name';
COMMENT ON COLUMN people.born IS 'pii: date_of_birth';
INSERT INTO people (id, name, email, phone, nick, memo, born, login, email_verified, order_no, profile)
VALUES (1, 'Ada', 'ada at home', 'extension 12', 'Countess', 'write to ada@example.com', '1815-12-10', 'lovelace', true,
        '4111111111111111', '{"email": "ada at home", "city": "London", "tags": ["a"]}');
CREATE TABLE visits (id bigint, person_id bigint REFERENCES people (id), place text);
INSERT INTO visits VALUES (7, 1, 'Turin');
CREATE VIEW contacts AS SELECT id, email AS address, upper(phone) AS line, name FROM people;
CREATE VIEW addresses AS SELECT address AS a, 'x' AS x FROM contacts;
CREATE MATERIALIZED VIEW kept AS SELECT email AS e, id FROM people;
