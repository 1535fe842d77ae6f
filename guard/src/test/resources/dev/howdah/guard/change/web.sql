-- A web of everything that carries a change on: foreign keys of every action, self references, two ways to one table,
-- triggers of every kind, rules, views, partitions, inheritance, defaults, identity and generated columns, deferred keys.
CREATE TABLE regions (id int PRIMARY KEY, name text NOT NULL, orders_count int NOT NULL DEFAULT 0);
CREATE TABLE customers (
    id int PRIMARY KEY,
    region_id int REFERENCES regions ON DELETE SET NULL ON UPDATE CASCADE,
    name text NOT NULL,
    balance numeric NOT NULL DEFAULT 0,
    touched int NOT NULL DEFAULT 0
);
CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers ON DELETE CASCADE ON UPDATE CASCADE,
    region_id int REFERENCES regions ON DELETE SET NULL,
    status text NOT NULL DEFAULT 'new',
    total numeric NOT NULL DEFAULT 0
);
CREATE TABLE items (
    order_id int REFERENCES orders ON DELETE CASCADE ON UPDATE CASCADE,
    line int,
    product text,
    amount numeric NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (order_id, line)
);
CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id int, text text,
    FOREIGN KEY (order_id) REFERENCES orders ON DELETE SET DEFAULT);
CREATE TABLE payments (id serial PRIMARY KEY, order_id int NOT NULL REFERENCES orders ON DELETE RESTRICT, amount numeric);
CREATE TABLE log (at timestamptz DEFAULT now(), what text, id int);
CREATE TABLE employees (id int PRIMARY KEY, boss int REFERENCES employees ON DELETE SET NULL, name text);
CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree ON DELETE CASCADE, depth int DEFAULT 0);
CREATE TABLE friends (a int REFERENCES employees ON DELETE CASCADE, b int REFERENCES employees ON DELETE CASCADE,
    since date DEFAULT current_date, PRIMARY KEY (a, b));
CREATE TABLE both_ways (id int PRIMARY KEY, first int REFERENCES employees ON DELETE SET NULL,
    second int REFERENCES employees ON DELETE CASCADE);
CREATE TABLE deferred (id int PRIMARY KEY, other int REFERENCES deferred DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE numbers (n int, label text, double int GENERATED ALWAYS AS (n * 2) STORED);
CREATE TABLE keyless (a int, b text);
CREATE TABLE stock (product text PRIMARY KEY, pieces int NOT NULL, version int NOT NULL DEFAULT 1);
CREATE TABLE "Odd Name" (id int PRIMARY KEY, "select" text);

CREATE TABLE events (id int, kind text, at date NOT NULL, payload jsonb, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE TABLE event_marks (event_id int, at date, mark text, FOREIGN KEY (event_id, at) REFERENCES events ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE hashed (id int PRIMARY KEY, v text) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);

CREATE TABLE vehicles (id int PRIMARY KEY, name text);
CREATE TABLE cars (doors int) INHERITS (vehicles);
CREATE TABLE trucks (load numeric) INHERITS (vehicles);

CREATE VIEW rich AS SELECT id, name, balance FROM customers WHERE balance > 50;
CREATE VIEW checked AS SELECT id, region_id, name, balance FROM customers WHERE balance >= 0 WITH CHECK OPTION;
CREATE VIEW order_view AS SELECT o.id, o.status, c.name FROM orders o JOIN customers c ON c.id = o.customer_id;
CREATE TABLE archive (id int, name text, balance numeric);
CREATE TABLE ruled (id int PRIMARY KEY, v text);
CREATE TABLE ruled_copy (id int, v text);
CREATE RULE keep_deleted AS ON DELETE TO ruled DO ALSO INSERT INTO ruled_copy VALUES (OLD.id, OLD.v);
CREATE RULE no_loud AS ON UPDATE TO ruled WHERE NEW.v = 'loud' DO INSTEAD NOTHING;
CREATE TABLE soft (id int PRIMARY KEY, gone boolean NOT NULL DEFAULT false);
CREATE RULE soft_delete AS ON DELETE TO soft DO INSTEAD UPDATE soft SET gone = true WHERE id = OLD.id;

CREATE FUNCTION customers_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.touched := OLD.touched + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION customers_touch();

CREATE FUNCTION orders_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step int := 1;
    r int;
BEGIN
    IF TG_OP = 'DELETE' THEN
        step := -1;
        r := OLD.region_id;
    ELSE
        r := NEW.region_id;
    END IF;
    UPDATE regions SET orders_count = orders_count + step WHERE id = r;
    RETURN NULL;
END $$;
CREATE TRIGGER counted AFTER INSERT OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION orders_count();

CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO log (what, id) VALUES (TG_TABLE_NAME || ' ' || TG_OP, OLD.id);
        RETURN OLD;
    END IF;
    INSERT INTO log (what, id) VALUES (TG_TABLE_NAME || ' ' || TG_OP, NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER logged AFTER DELETE OR UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION log_change();
CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON vehicles FOR EACH ROW EXECUTE FUNCTION log_change();

CREATE FUNCTION order_total() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sum numeric;
    which int := coalesce(NEW.order_id, OLD.order_id);
BEGIN
    SELECT coalesce(sum(amount), 0) INTO sum FROM items WHERE order_id = which;
    UPDATE orders SET total = sum WHERE id = which;
    RETURN NULL;
END $$;
CREATE TRIGGER totalled AFTER INSERT OR UPDATE OR DELETE ON items FOR EACH ROW EXECUTE FUNCTION order_total();

CREATE FUNCTION each_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    n int;
BEGIN
    SELECT count(*) INTO STRICT n FROM changed;
    FOR i IN 1 .. least(n, 3) LOOP
        INSERT INTO log (what, id) VALUES ('stock', i);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER statement AFTER UPDATE ON stock REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION each_statement();

CREATE FUNCTION refuse_low() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.pieces < 0 THEN
        RAISE EXCEPTION 'not enough of %', NEW.product USING ERRCODE = 'check_violation';
    ELSIF NEW.pieces = 13 THEN
        RETURN NULL;
    END IF;
    NEW.version := NEW.version + 1;
    RETURN NEW;
EXCEPTION WHEN division_by_zero THEN
    RETURN NULL;
END $$;
CREATE TRIGGER low BEFORE INSERT OR UPDATE ON stock FOR EACH ROW WHEN (NEW.pieces IS NOT NULL) EXECUTE FUNCTION refuse_low();

CREATE FUNCTION view_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE TG_OP
        WHEN 'UPDATE' THEN
            UPDATE orders SET status = NEW.status WHERE id = OLD.id;
        WHEN 'DELETE' THEN
            DELETE FROM orders WHERE id = OLD.id;
            RETURN OLD;
        ELSE
            RAISE NOTICE 'ignored %', NEW.id;
    END CASE;
    RETURN NEW;
END $$;
CREATE TRIGGER instead INSTEAD OF INSERT OR UPDATE OR DELETE ON order_view FOR EACH ROW EXECUTE FUNCTION view_change();

CREATE FUNCTION deferred_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (what, id) SELECT 'deferred', NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON deferred DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deferred_log();

CREATE FUNCTION archived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row keyless%ROWTYPE;
BEGIN
    FOR row IN SELECT * FROM keyless WHERE a = OLD.a LOOP
        INSERT INTO archive (id, name) VALUES (row.a, row.b);
    END LOOP;
    RETURN OLD;
END $$;
CREATE TRIGGER archived BEFORE DELETE ON keyless FOR EACH ROW EXECUTE FUNCTION archived();

CREATE FUNCTION dynamic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'INSERT INTO log (what) VALUES ($1)' USING 'dynamic';
    RETURN NEW;
END $$;
CREATE TABLE dark (id int PRIMARY KEY, v text);
CREATE TRIGGER dark BEFORE INSERT OR UPDATE ON dark FOR EACH ROW EXECUTE FUNCTION dynamic();

CREATE FUNCTION add_note(o int, t text) RETURNS void LANGUAGE sql AS $$ INSERT INTO notes (order_id, text) VALUES (o, t) $$;
CREATE FUNCTION bumped(v int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN v + 1; END $$;
CREATE FUNCTION halves(v numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT v / 2';

INSERT INTO regions SELECT i, 'region ' || i FROM generate_series(1, 5) i;
INSERT INTO customers SELECT i, i % 5 + 1, 'customer ' || i, i * 10 FROM generate_series(1, 20) i;
INSERT INTO orders SELECT i, i % 20 + 1, i % 5 + 1, CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'paid' ELSE 'sent' END FROM generate_series(1, 60) i;
INSERT INTO items SELECT o, l, 'product ' || (o + l) % 7, o + l FROM generate_series(1, 60) o, generate_series(1, 3) l WHERE o % 4 <> 0 OR l = 1;
INSERT INTO notes (order_id, text) SELECT i, 'note ' || i FROM generate_series(1, 60, 2) i;
INSERT INTO payments (order_id, amount) SELECT i, i FROM generate_series(1, 60, 10) i;
INSERT INTO employees SELECT i, nullif(i / 2, 0), 'employee ' || i FROM generate_series(1, 15) i;
INSERT INTO tree SELECT i, nullif(i / 3, 0), i FROM generate_series(1, 40) i;
INSERT INTO friends SELECT i, i + 1 FROM generate_series(1, 14) i;
INSERT INTO both_ways SELECT i, i, CASE WHEN i % 2 = 0 THEN i ELSE i + 1 END FROM generate_series(1, 14) i;
INSERT INTO deferred VALUES (1, 2), (2, 1), (3, 3), (4, NULL);
INSERT INTO numbers (n, label) SELECT i, CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END FROM generate_series(1, 30) i;
INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (1, 'x'), (2, 'y'), (2, NULL), (3, 'z');
INSERT INTO stock SELECT 'product ' || i, i * 10 FROM generate_series(0, 6) i;
INSERT INTO "Odd Name" VALUES (1, 'a'), (2, 'b');
INSERT INTO events SELECT i, CASE WHEN i % 2 = 0 THEN 'click' ELSE 'view' END, date '2023-06-01' + i * 20, '{}' FROM generate_series(1, 40) i;
INSERT INTO event_marks SELECT id, at, 'mark' FROM events WHERE id % 3 = 0;
INSERT INTO hashed SELECT i, 'v' || i FROM generate_series(1, 20) i;
INSERT INTO vehicles VALUES (1, 'bike');
INSERT INTO cars VALUES (2, 'mini', 3), (3, 'estate', 5);
INSERT INTO trucks VALUES (4, 'lorry', 7.5);
INSERT INTO ruled VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO soft VALUES (1), (2), (3);
INSERT INTO dark VALUES (1, 'x');
DELETE FROM log;
ANALYZE;
