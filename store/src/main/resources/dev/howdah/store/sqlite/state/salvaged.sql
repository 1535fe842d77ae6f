-- Exchanges whose conversation could not be read get one again; the words for searching are made anew.
INSERT OR IGNORE INTO conversation (id, begun, name, database, created, used)
SELECT conversation, 0, 'recovered ' || conversation, '', min(asked), max(asked)
FROM exchange
WHERE conversation NOT IN (SELECT id FROM conversation)
GROUP BY conversation;
DELETE FROM pin WHERE conversation NOT IN (SELECT id FROM conversation);
INSERT INTO exchange_words (exchange_words) VALUES ('rebuild');
