package dev.howdah.library.memory;

import dev.howdah.agent.context.Background;
import dev.howdah.agent.context.Turn;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Exchange.Ending;
import dev.howdah.store.state.Mistakes.Mistake;
import dev.howdah.store.state.Pin;
import dev.howdah.store.state.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As much of a conversation as fits into a number of tokens: the newest exchanges as they were, the older ones summed up
 * in a line each, the oldest of those counted only. Nothing here asks a model.
 */
public final class Window {
    /** About so many characters of English and SQL are one token of today's models. */
    private static final long CHARACTERS_A_TOKEN = 4;

    private static final int SUMMARY_LINES = 20;
    private static final int LINE = 120;

    private final long tokens;

    /** @param tokens how much there may be, without pins and summary */
    public Window(long tokens) {
        this.tokens = tokens;
    }

    /** About how many tokens a text is. */
    public static long tokens(String text) {
        return text.length() / CHARACTERS_A_TOKEN + 1;
    }

    /** What the next question is asked with. */
    public Background of(List<Exchange> exchanges, List<Pin> pins, List<Mistake> mistakes) {
        List<Exchange> useful = exchanges.stream().filter(Window::isUseful).toList();
        int from = firstInside(useful);
        List<Turn> turns = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Pin pin : pins) {
            switch (pin.kind()) {
                case TABLE -> tables.add(pin.text());
                case NOTE -> notes.add(pin.text());
                case RESULT ->
                    useful.subList(0, from).stream()
                            .filter(one -> Long.toString(one.number()).equals(pin.text()))
                            .forEach(one -> turns.add(turn(one)));
            }
        }
        for (Mistake mistake : mistakes) {
            if (!mistake.right().isEmpty()) {
                notes.add("Failed before (" + mistake.error() + "): " + mistake.wrong() + " What ran instead: "
                        + mistake.right());
            }
        }
        useful.subList(from, useful.size()).forEach(one -> turns.add(turn(one)));
        return new Background(turns, summary(useful.subList(0, from)).map(Summary::text), tables, notes);
    }

    /** What stands for the exchanges that are outside; empty if all are inside. */
    public Optional<Summary> summaryOf(List<Exchange> exchanges) {
        List<Exchange> useful = exchanges.stream().filter(Window::isUseful).toList();
        return summary(useful.subList(0, firstInside(useful)));
    }

    private static boolean isUseful(Exchange exchange) {
        Ending ending = exchange.result().ending();
        return ending == Ending.ANSWERED || ending == Ending.SHOWN || ending == Ending.ASKED;
    }

    private int firstInside(List<Exchange> exchanges) {
        long room = tokens;
        int first = exchanges.size();
        while (first > 0) {
            Exchange next = exchanges.get(first - 1);
            room -= tokens(next.question() + next.reading() + next.sql().orElse(""));
            if (room < 0) {
                return first;
            }
            first--;
        }
        return first;
    }

    private static Turn turn(Exchange exchange) {
        String said = exchange.reading().isEmpty() ? exchange.result().detail() : exchange.reading();
        return new Turn(exchange.question(), exchange.sql(), said);
    }

    private static Optional<Summary> summary(List<Exchange> older) {
        if (older.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("Asked before:");
        int left = older.size() - SUMMARY_LINES;
        if (left > 0) {
            text.append("\n(").append(left).append(" more questions)");
        }
        for (Exchange one : older.subList(Math.max(0, left), older.size())) {
            text.append("\n- ").append(cut(one.question()));
            if (one.result().rows().isPresent()) {
                text.append(" (").append(one.result().rows().getAsLong()).append(" rows)");
            }
        }
        return Optional.of(new Summary(text.toString(), older.getLast().number()));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LINE ? line : line.substring(0, LINE) + "…";
    }
}
