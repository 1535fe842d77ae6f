-- A fruit growers' cooperative, to try the rules on: a bridge table, parallel keys, texts that say yes and no.
CREATE TABLE village (village_id int PRIMARY KEY, name text NOT NULL, county text, altitude int);
CREATE TABLE grower (
    grower_id int PRIMARY KEY,
    first_name text NOT NULL,
    last_name text NOT NULL,
    birth_date date,
    joined_on date NOT NULL,
    village_id int NOT NULL REFERENCES village,
    phone text);
CREATE TABLE variety (variety_code text PRIMARY KEY, variety_name text NOT NULL, fruit text NOT NULL, sweetness numeric);
CREATE TABLE grows (grower_id int NOT NULL REFERENCES grower, variety_code text NOT NULL REFERENCES variety,
    tree_count int NOT NULL, PRIMARY KEY (grower_id, variety_code));
CREATE TABLE delivery (
    delivery_id int PRIMARY KEY,
    grower_id int NOT NULL REFERENCES grower,
    variety_code text NOT NULL REFERENCES variety,
    delivered_on date NOT NULL,
    weighed_by_clerk_id int NOT NULL,
    approved_by_clerk_id int,
    weight numeric NOT NULL,
    ordered_weight numeric NOT NULL,
    quality_grade_code text NOT NULL);
CREATE TABLE clerk (clerk_id int PRIMARY KEY, clerk_name text NOT NULL, salary numeric NOT NULL);
ALTER TABLE delivery ADD FOREIGN KEY (weighed_by_clerk_id) REFERENCES clerk;
ALTER TABLE delivery ADD FOREIGN KEY (approved_by_clerk_id) REFERENCES clerk;
INSERT INTO village VALUES (1, 'Amsel', 'North', 310), (2, 'Birk', 'North', 540), (3, 'Calden', 'South', 120), (4, 'Dorn', 'South', 80);
INSERT INTO grower VALUES
    (1, 'Ada', 'Moss', '1960-02-01', '2019-03-01', 1, '11'), (2, 'Ben', 'Reed', '1971-07-12', '2020-05-04', 1, NULL),
    (3, 'Cleo', 'Moss', '1985-11-30', '2021-01-15', 2, '13'), (4, 'Dan', 'Hill', '1990-04-22', '2024-08-19', 3, '14'),
    (5, 'Eve', 'Lane', '1999-09-09', '2025-02-10', 1, NULL);
INSERT INTO variety VALUES ('GS', 'Granny Sour', 'apple', 3.5), ('RB', 'Red Bell', 'apple', 7.2), ('WP', 'Winter Pear', 'pear', 8.1),
    ('BP', 'Blue Plum', 'plum', 6.4);
INSERT INTO grows VALUES (1, 'GS', 40), (1, 'RB', 25), (2, 'RB', 60), (3, 'WP', 15), (4, 'BP', 33), (4, 'GS', 8);
INSERT INTO clerk VALUES (1, 'Finn', 2100), (2, 'Gala', 2600), (3, 'Hugo', 1900);
INSERT INTO delivery VALUES
    (1, 1, 'GS', '2025-09-01', 1, 2, 300, 280, 'A'), (2, 1, 'RB', '2025-09-14', 1, 2, 150, 200, 'B'),
    (3, 2, 'RB', '2025-10-02', 2, NULL, 420, 420, 'A'), (4, 3, 'WP', '2025-10-20', 3, 1, 90, 100, 'C'),
    (5, 4, 'BP', '2026-09-03', 1, 3, 210, 180, 'A'), (6, 1, 'GS', '2026-09-10', 2, 1, 310, 300, 'A'),
    (7, 4, 'GS', '2026-10-05', 3, NULL, 60, 75, 'B');

-- Names whose words are run together, codes for places, units in names.
CREATE TABLE press (pressid int PRIMARY KEY, pressname text NOT NULL, purchaseprice numeric NOT NULL, country text NOT NULL,
    capacity_liters int NOT NULL, note text);
INSERT INTO press VALUES (1, 'Old Oak', 900, 'DE', 120, 'needs a new seal'), (2, 'Steel One', 2400, 'FR', 300, NULL),
    (3, 'Steel Two', 2600, 'DE', 450, 'seal replaced, belt worn');
