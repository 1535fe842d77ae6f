-- People who\nbuy
CREATE TABLE customers (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  "Full name" text NOT NULL, -- as on\nthe \u001b[31mcard
  initial text GENERATED ALWAYS AS (left("Full name", 1)) STORED,
  PRIMARY KEY (id),
  UNIQUE ("Full name")
);
