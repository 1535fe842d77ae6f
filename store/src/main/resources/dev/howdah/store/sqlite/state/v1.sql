-- Times are milliseconds since 1970 in UTC. Nothing in here is a row of the databases that were asked.
CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  begun INTEGER NOT NULL,
  name TEXT NOT NULL,
  database TEXT NOT NULL,
  created INTEGER NOT NULL,
  used INTEGER NOT NULL,
  summary TEXT,
  summary_until INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX conversation_used ON conversation (used, begun);

-- AUTOINCREMENT: a number is never given twice, so that a pin cannot come to mean another exchange.
CREATE TABLE exchange (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  asked INTEGER NOT NULL,
  question TEXT NOT NULL,
  reading TEXT NOT NULL,
  sql TEXT,
  literals INTEGER NOT NULL,
  read_by TEXT NOT NULL,
  ending TEXT NOT NULL,
  result_rows INTEGER,
  cut INTEGER NOT NULL,
  detail TEXT NOT NULL,
  calls INTEGER NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  money TEXT,
  micros INTEGER NOT NULL
);
CREATE INDEX exchange_conversation ON exchange (conversation, number);

CREATE VIRTUAL TABLE exchange_words USING fts5(
  question, reading, sql, content = 'exchange', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER exchange_added AFTER INSERT ON exchange BEGIN
  INSERT INTO exchange_words (rowid, question, reading, sql) VALUES (new.number, new.question, new.reading, new.sql);
END;
CREATE TRIGGER exchange_deleted AFTER DELETE ON exchange BEGIN
  INSERT INTO exchange_words (exchange_words, rowid, question, reading, sql)
  VALUES ('delete', old.number, old.question, old.reading, old.sql);
END;

CREATE TABLE pin (
  number INTEGER PRIMARY KEY,
  conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (conversation, kind, text)
);

CREATE TABLE preference (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE mistake (
  number INTEGER PRIMARY KEY,
  schema TEXT NOT NULL,
  question TEXT NOT NULL,
  wrong TEXT NOT NULL,
  error TEXT NOT NULL,
  instead TEXT NOT NULL,
  UNIQUE (schema, wrong, error)
);

CREATE TABLE counter (
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (day, name)
);
