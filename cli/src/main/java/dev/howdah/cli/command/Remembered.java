package dev.howdah.cli.command;

import dev.howdah.base.JsonLine;
import dev.howdah.base.PlainText;
import dev.howdah.cli.Console;
import dev.howdah.library.memory.Memory;
import dev.howdah.library.settings.Settings;
import dev.howdah.store.state.Conversation;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Exchange.Ending;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What is remembered, in words: for commands that only look. */
final class Remembered implements AutoCloseable {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Console console;
    private final Memory memory;

    Remembered(Console console, Settings settings) {
        this.console = console;
        this.memory = Memory.of(settings, Clock.systemUTC());
    }

    Memory memory() {
        return memory;
    }

    static String time(Instant instant) {
        return MINUTES.format(instant.atZone(ZoneId.systemDefault()));
    }

    /** One line for an exchange: the question and what came of it. */
    static String line(Exchange exchange) {
        StringBuilder line = new StringBuilder(PlainText.oneLine(exchange.question())).append("  (");
        exchange.result()
                .rows()
                .ifPresentOrElse(
                        rows -> line.append(rows).append(rows == 1 ? " row" : " rows"),
                        () -> line.append(exchange.result().ending().name().toLowerCase(Locale.ROOT)));
        if (!exchange.by().isEmpty() && exchange.result().ending() != Ending.FAILED) {
            line.append(", ").append(PlainText.oneLine(exchange.by()));
        }
        return line.append(')').toString();
    }

    static String json(Conversation conversation, Exchange exchange) {
        JsonLine line = new JsonLine()
                .field("session", conversation.id())
                .field("database", conversation.database())
                .field("number", exchange.number())
                .field("asked", exchange.asked())
                .field("question", exchange.question())
                .field("reading", exchange.reading())
                .field("sql", exchange.sql())
                .field("literals", exchange.literals())
                .field("by", exchange.by())
                .field("ending", exchange.result().ending().name().toLowerCase(Locale.ROOT))
                .field("detail", exchange.result().detail())
                .field("cut", exchange.result().cut())
                .field("calls", exchange.cost().calls())
                .field("tokens_in", exchange.cost().tokensIn())
                .field("tokens_out", exchange.cost().tokensOut())
                .field("micros", exchange.cost().time().toNanos() / 1_000);
        exchange.result().rows().ifPresent(rows -> line.field("rows", rows));
        return line.end();
    }

    @Override
    public void close() {
        memory.close();
        memory.takeWarnings().forEach(warning -> console.err().println("howdah: " + PlainText.oneLine(warning)));
    }
}
