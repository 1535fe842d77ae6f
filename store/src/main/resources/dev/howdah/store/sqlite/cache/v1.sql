-- Times are milliseconds since 1970 in UTC.
CREATE TABLE cached (
  region TEXT NOT NULL,
  key TEXT NOT NULL,
  tag TEXT NOT NULL,
  value TEXT NOT NULL,
  size INTEGER NOT NULL,
  made INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (region, key)
);
CREATE INDEX cached_tag ON cached (region, tag);
CREATE INDEX cached_until ON cached (until);
CREATE INDEX cached_made ON cached (made);
