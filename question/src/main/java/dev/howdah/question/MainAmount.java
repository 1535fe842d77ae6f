package dev.howdah.question;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of several amounts is meant when none is named. */
final class MainAmount {
    private static final List<String> BEST = List.of(
            "total",
            "amount",
            "price",
            "total amount",
            "grand total",
            "total price",
            "value",
            "cost",
            "fee",
            "rent",
            "salary");

    private MainAmount() {}

    /** The only one, or the one with the plainest name; null if it cannot be told. */
    static @Nullable Col of(List<Col> amounts) {
        if (amounts.size() == 1) {
            return amounts.getFirst();
        }
        for (String name : BEST) {
            Col found = null;
            for (Col col : amounts) {
                if (Words.key(col.parts()).equals(name)) {
                    found = col;
                }
            }
            if (found != null) {
                return found;
            }
        }
        for (String name : List.of("total", "amount", "price", "fee")) {
            List<Col> some = amounts.stream()
                    .filter(col -> Lemmas.noun(col.parts().getLast()).equals(name))
                    .toList();
            if (some.size() == 1) {
                return some.getFirst();
            }
        }
        return null;
    }
}
