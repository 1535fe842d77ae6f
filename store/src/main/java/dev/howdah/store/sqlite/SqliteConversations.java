package dev.howdah.store.sqlite;

import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Exchange.Cost;
import dev.howdah.store.state.Exchange.Ending;
import dev.howdah.store.state.Exchange.Result;
import dev.howdah.store.state.Ids;
import dev.howdah.store.state.Past;
import dev.howdah.store.state.Pin;
import dev.howdah.store.state.SearchWords;
import dev.howdah.store.state.Summary;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Conversations in a SQLite file. */
final class SqliteConversations implements Conversations {
    private static final String CONVERSATION = """
            SELECT c.id, c.name, c.database, c.created, c.used,
              (SELECT count(*) FROM exchange e WHERE e.conversation = c.id),
              coalesce((SELECT e.question FROM exchange e WHERE e.conversation = c.id ORDER BY e.number LIMIT 1), '')
            FROM conversation c
            """;
    private static final String NEWEST = " ORDER BY c.used DESC, c.begun DESC LIMIT ?";
    private static final String EXCHANGE = """
            SELECT number, asked, question, reading, sql, literals, read_by, ending, result_rows, cut, detail,
              calls, tokens_in, tokens_out, money, micros, conversation
            FROM exchange
            """;

    private final SqliteFile file;
    private final Clock clock;
    private final RandomGenerator random;

    SqliteConversations(SqliteFile file, Clock clock, RandomGenerator random) {
        this.file = file;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Conversation create(String database, String name) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return file.write(connection -> {
            while (true) {
                String id = Ids.random(random);
                int made = Row.change(connection, """
                        INSERT OR IGNORE INTO conversation (id, begun, name, database, created, used)
                        VALUES (?1, (SELECT coalesce(max(begun), 0) + 1 FROM conversation), ?2, ?3, ?4, ?4)
                        """, id, name, database, now.toEpochMilli());
                if (made == 1) {
                    return new Conversation(id, name, database, now, now, 0, "");
                }
            }
        });
    }

    private static Conversation conversation(ResultSet row) throws SQLException {
        return new Conversation(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getInt(6),
                row.getString(7));
    }

    @Override
    public Optional<Conversation> find(String idOrName) {
        if (idOrName.isEmpty()) {
            return Optional.empty();
        }
        return file.read(connection -> {
            Optional<Conversation> exact =
                    Row.first(connection, CONVERSATION + "WHERE c.id = ?", SqliteConversations::conversation, idOrName);
            if (exact.isPresent()) {
                return exact;
            }
            List<Conversation> beginning = Row.all(
                    connection,
                    CONVERSATION + "WHERE substr(c.id, 1, ?) = ? LIMIT 2",
                    SqliteConversations::conversation,
                    idOrName.length(),
                    idOrName);
            return beginning.size() == 1
                    ? Optional.of(beginning.getFirst())
                    : Row.first(
                            connection,
                            CONVERSATION + "WHERE c.name = ?" + NEWEST,
                            SqliteConversations::conversation,
                            idOrName,
                            1);
        });
    }

    @Override
    public Optional<Conversation> latest(String database) {
        return file.read(connection -> Row.first(
                connection,
                CONVERSATION + "WHERE c.database = ?" + NEWEST,
                SqliteConversations::conversation,
                database,
                1));
    }

    @Override
    public List<Conversation> list(int most) {
        return file.read(
                connection -> Row.all(connection, CONVERSATION + NEWEST, SqliteConversations::conversation, most));
    }

    @Override
    public void rename(String id, String name) {
        file.write(connection -> Row.change(connection, "UPDATE conversation SET name = ? WHERE id = ?", name, id));
    }

    @Override
    public void clear(String id) {
        file.write(connection -> {
            Row.change(connection, "UPDATE conversation SET summary = NULL, summary_until = 0 WHERE id = ?", id);
            return Row.change(connection, "DELETE FROM exchange WHERE conversation = ?", id);
        });
    }

    @Override
    public boolean delete(String id) {
        return file.write(connection -> Row.change(connection, "DELETE FROM conversation WHERE id = ?", id) > 0);
    }

    @Override
    public long add(String id, Exchange exchange) {
        Result result = exchange.result();
        Cost cost = exchange.cost();
        return file.write(connection -> {
            int there = Row.change(
                    connection,
                    "UPDATE conversation SET used = max(used, ?) WHERE id = ?",
                    exchange.asked().toEpochMilli(),
                    id);
            return there == 0
                    ? 0L
                    : Row.first(
                                    connection,
                                    """
                                    INSERT INTO exchange (conversation, asked, question, reading, sql, literals, read_by, ending,
                                      result_rows, cut, detail, calls, tokens_in, tokens_out, money, micros)
                                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number
                                    """,
                                    row -> row.getLong(1),
                                    id,
                                    exchange.asked().toEpochMilli(),
                                    exchange.question(),
                                    exchange.reading(),
                                    exchange.sql().orElse(null),
                                    exchange.literals(),
                                    exchange.by(),
                                    result.ending().name(),
                                    result.rows().isPresent() ? result.rows().getAsLong() : null,
                                    result.cut(),
                                    result.detail(),
                                    cost.calls(),
                                    cost.tokensIn(),
                                    cost.tokensOut(),
                                    cost.money().map(BigDecimal::toPlainString).orElse(null),
                                    cost.time().toNanos() / 1_000)
                            .orElseThrow();
        });
    }

    private static Exchange exchange(ResultSet row) throws SQLException {
        long rows = row.getLong(9);
        OptionalLong counted = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(rows);
        @Nullable String money = row.getString(15);
        return new Exchange(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                row.getBoolean(6),
                row.getString(7),
                new Result(Ending.valueOf(row.getString(8)), counted, row.getBoolean(10), row.getString(11)),
                new Cost(
                        row.getInt(12),
                        row.getLong(13),
                        row.getLong(14),
                        Optional.ofNullable(money).map(BigDecimal::new),
                        Duration.of(row.getLong(16), ChronoUnit.MICROS)));
    }

    @Override
    public List<Exchange> exchanges(String id, int most) {
        return file.read(connection -> {
            List<Exchange> newest = Row.all(
                    connection,
                    EXCHANGE + "WHERE conversation = ? ORDER BY number DESC LIMIT ?",
                    SqliteConversations::exchange,
                    id,
                    most);
            Collections.reverse(newest);
            return newest;
        });
    }

    @Override
    public List<Past> recent(int most) {
        return file.read(connection -> past(connection, EXCHANGE + "ORDER BY number DESC LIMIT ?", most));
    }

    @Override
    public List<Past> search(String words, int most) {
        List<String> quoted = new ArrayList<>();
        // Quoted, because AND, OR, NEAR and * mean something to FTS5.
        SearchWords.of(words).forEach(word -> quoted.add('"' + word + "\"*"));
        if (quoted.isEmpty()) {
            return List.of();
        }
        return file.read(connection -> past(
                connection,
                EXCHANGE + "WHERE number IN (SELECT rowid FROM exchange_words WHERE exchange_words MATCH ?)"
                        + " ORDER BY number DESC LIMIT ?",
                String.join(" AND ", quoted),
                most));
    }

    private static List<Past> past(Connection connection, String query, @Nullable Object... values)
            throws SQLException {
        record Found(String conversation, Exchange exchange) {}
        List<Found> found = Row.all(connection, query, row -> new Found(row.getString(17), exchange(row)), values);
        List<Past> past = new ArrayList<>();
        for (Found one : found) {
            Row.first(
                            connection,
                            CONVERSATION + "WHERE c.id = ?",
                            SqliteConversations::conversation,
                            one.conversation())
                    .ifPresent(conversation -> past.add(new Past(conversation, one.exchange())));
        }
        return past;
    }

    @Override
    public void pin(String id, Pin pin) {
        file.write(connection -> Row.change(
                connection,
                "INSERT OR IGNORE INTO pin (conversation, kind, text)"
                        + " SELECT id, ?, ? FROM conversation WHERE id = ?",
                pin.kind().name(),
                pin.text(),
                id));
    }

    @Override
    public boolean unpin(String id, Pin pin) {
        return file.write(connection -> Row.change(
                        connection,
                        "DELETE FROM pin WHERE conversation = ? AND kind = ? AND text = ?",
                        id,
                        pin.kind().name(),
                        pin.text())
                > 0);
    }

    @Override
    public List<Pin> pins(String id) {
        return file.read(connection -> Row.all(
                connection,
                "SELECT kind, text FROM pin WHERE conversation = ? ORDER BY number",
                row -> new Pin(Pin.Kind.valueOf(row.getString(1)), row.getString(2)),
                id));
    }

    @Override
    public Optional<Summary> summary(String id) {
        return file.read(connection -> Row.first(
                connection,
                "SELECT summary, summary_until FROM conversation WHERE id = ? AND summary IS NOT NULL",
                row -> new Summary(row.getString(1), row.getLong(2)),
                id));
    }

    @Override
    public void summarise(String id, Summary summary) {
        file.write(connection -> Row.change(
                connection,
                "UPDATE conversation SET summary = ?, summary_until = ? WHERE id = ?",
                summary.text(),
                summary.until(),
                id));
    }
}
