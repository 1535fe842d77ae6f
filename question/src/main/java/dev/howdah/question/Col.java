package dev.howdah.question;

import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A column as the engine sees it. */
final class Col {
    private static final Set<String> NAMING =
            Set.of("name", "title", "label", "fullname", "firstname", "lastname", "surname", "forename", "username");
    private static final Set<String> NOT_EVENT = Set.of(
            "updated",
            "update",
            "modified",
            "changed",
            "deleted",
            "removed",
            "due",
            "end",
            "ends",
            "ended",
            "expiry",
            "expires",
            "expiration",
            "expired",
            "birth",
            "born",
            "dob",
            "birthday",
            "returned",
            "finished",
            "completed",
            "closed",
            "cancelled",
            "canceled",
            "resolved",
            "death",
            "died",
            "until",
            "to",
            "valid",
            "last",
            "checkout",
            "out",
            "delivered",
            "shipped",
            "paid",
            "terminated",
            "discontinued",
            "seen");
    private static final Set<String> EVENT = Set.of(
            "created",
            "placed",
            "ordered",
            "issued",
            "date",
            "added",
            "registered",
            "joined",
            "started",
            "opened",
            "made",
            "booked",
            "submitted",
            "posted",
            "received",
            "reported",
            "requested",
            "logged",
            "borrowed",
            "rented",
            "sold",
            "purchased",
            "signed");
    private static final Set<String> MONEY = Set.of(
            "price",
            "cost",
            "amount",
            "total",
            "fee",
            "salary",
            "revenue",
            "budget",
            "rent",
            "pay",
            "wage",
            "charge",
            "balance",
            "deposit",
            "income",
            "subtotal",
            "fare",
            "fine",
            "tax",
            "discount",
            "payment",
            "expense",
            "value",
            "rate",
            "earning",
            "sale",
            "profit",
            "money");

    private final Table table;
    private final Column column;
    private final List<String> parts;
    private final char category;
    private final boolean hidden;

    Col(Table table, Column column, RunTogether names) {
        this.table = table;
        this.column = column;
        this.parts = names.parts(column.name());
        ColumnType type = column.type().underlying();
        this.category = type.form() == ColumnType.Form.ENUM
                ? 'E'
                : type.form() == ColumnType.Form.ARRAY ? 'A' : type.category();
        String comment =
                column.comment().map(text -> text.toLowerCase(Locale.ROOT)).orElse("");
        this.hidden = comment.contains("never show") || comment.contains("do not show") || isSecret();
    }

    Table table() {
        return table;
    }

    Column column() {
        return column;
    }

    String name() {
        return column.name();
    }

    /** The lower-case parts of its name. */
    List<String> parts() {
        return parts;
    }

    /** Whether it must not be shown unless asked for by name, and then only said. */
    boolean hidden() {
        return hidden;
    }

    boolean isText() {
        return category == 'S';
    }

    boolean isEnum() {
        return category == 'E';
    }

    boolean isBoolean() {
        return category == 'B';
    }

    boolean isNumber() {
        return category == 'N';
    }

    /** A date or timestamp, not a time of day or an interval. */
    boolean isTime() {
        String type = column.type().underlying().name();
        return category == 'D' && !type.startsWith("time ") && !type.equals("time");
    }

    boolean isDay() {
        return column.type().underlying().name().equals("date");
    }

    boolean isYear() {
        return category == 'N'
                && (parts.getLast().equals("year")
                        || parts.getLast().equals("yr")
                        || ((parts.getFirst().equals("year") || parts.getFirst().equals("yr")) && parts.size() <= 2));
    }

    boolean isMoney() {
        if (category != 'N' || isKey()) {
            return false;
        }
        for (String part : parts) {
            if (MONEY.contains(Lemmas.noun(part))) {
                return !parts.getLast().equals("pct") && !parts.getLast().equals("percent");
            }
        }
        return false;
    }

    /** Whether it is part of the primary key or of a foreign one: a number that is not to be counted with. */
    boolean isKey() {
        if (table.relation().primaryKey().contains(column.number())) {
            return true;
        }
        for (Edge edge : table.edges()) {
            if (edge.toOne() && edge.fromColumns().contains(this)) {
                return true;
            }
        }
        String last = parts.getLast();
        return last.equals("id") && parts.size() > 1;
    }

    boolean isNaming() {
        String last = Lemmas.noun(parts.getLast());
        return NAMING.contains(last) || (parts.size() > 1 && NAMING.contains(parts.getFirst()) && !last.equals("id"));
    }

    /** How well it tells when a row came to be; 0 if not at all. */
    int eventRank() {
        if (parts.getFirst().equals("birth")
                || parts.contains("birth")
                || parts.contains("dob")
                || parts.contains("born")) {
            return 0;
        }
        int rank = column.notNull() ? 3 : 2;
        for (String part : parts) {
            if (NOT_EVENT.contains(part)) {
                return 1;
            }
            if (EVENT.contains(part)) {
                rank += 2;
            }
        }
        return rank;
    }

    private boolean isSecret() {
        for (String part : parts) {
            if (part.equals("password") || part.equals("passwd") || part.equals("secret") || part.equals("ssn")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return table.name() + "." + column.name();
    }
}
