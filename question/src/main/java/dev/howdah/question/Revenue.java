package dev.howdah.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a database keeps the money that comes in, when nothing is named revenue. */
final class Revenue {
    private static final Map<String, Double> TABLES = Map.of(
            "order",
            0.85,
            "sale",
            0.85,
            "purchase",
            0.8,
            "invoice",
            0.8,
            "bill",
            0.75,
            "payment",
            0.75,
            "transaction",
            0.7,
            "receipt",
            0.7);

    private Revenue() {}

    static List<Sense.OfColumn> candidates(Schema schema) {
        List<Sense.OfColumn> found = new ArrayList<>();
        for (Table table : schema.tables()) {
            if (table.isView()) {
                continue;
            }
            List<String> parts = Words.parts(table.name());
            Double weight = TABLES.get(Lemmas.noun(parts.getLast()));
            Col main = null;
            for (Col col : table.columns()) {
                String comment = col.column().comment().orElse("").toLowerCase(java.util.Locale.ROOT);
                if (col.isMoney() && (comment.contains("revenue") || comment.contains("turnover"))) {
                    found.add(new Sense.OfColumn(col, 1));
                }
            }
            if (weight != null && parts.size() <= 2) {
                main = MainAmount.of(table.columns().stream()
                        .filter(col -> col.isMoney()
                                && !col.parts().contains("discount")
                                && !col.parts().contains("tax"))
                        .toList());
                if (main != null) {
                    found.add(new Sense.OfColumn(main, parts.size() == 1 ? weight : weight - 0.05));
                }
            }
            if (main == null) {
                for (Col col : table.columns()) {
                    if (priceOf(col) != null
                            && table.edges().stream().filter(Edge::toOne).count() >= 2) {
                        found.add(new Sense.OfColumn(col, 0.6));
                    }
                }
            }
        }
        return found;
    }

    /** The unit price next to a quantity of the same line; null if the column is no quantity. */
    static @Nullable Col priceOf(Col quantity) {
        String last = quantity.parts().getLast();
        if ((!last.equals("quantity") && !last.equals("qty")) || !quantity.isNumber()) {
            return null;
        }
        for (Col col : quantity.table().columns()) {
            if (col.isMoney()
                    && (col.parts().contains("price")
                            || (col.parts().contains("cost") && !col.parts().contains("total")))) {
                return col;
            }
        }
        return null;
    }

    /** What to say when rows of every status are summed. */
    static String everyStatus(Table table) {
        for (Col col : table.columns()) {
            if (col.isEnum()
                    && col.column().type().underlying().labels().stream()
                            .anyMatch(l -> l.startsWith("cancel") || l.startsWith("refund"))) {
                return ", whatever its " + col.name();
            }
        }
        return "";
    }
}
