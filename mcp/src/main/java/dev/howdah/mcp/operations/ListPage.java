package dev.howdah.mcp.operations;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list and where it goes on. The cursor says how far one is; the list is the catalog's and does not change under
 * it often enough to keep it open.
 *
 * @param items the part
 * @param next the cursor of the next part
 */
record ListPage<T>(List<T> items, Optional<String> next) {
    private static final String PREFIX = "at-";

    static <T> ListPage<T> of(List<T> all, Optional<String> cursor, int size) {
        int from = cursor.map(ListPage::position).orElse(0);
        if (from > all.size()) {
            throw unknown(null);
        }
        int to = Math.min(all.size(), from + size);
        return new ListPage<>(all.subList(from, to), to < all.size() ? Optional.of(PREFIX + to) : Optional.empty());
    }

    private static int position(String cursor) {
        try {
            int position = cursor.startsWith(PREFIX) ? Integer.parseInt(cursor.substring(PREFIX.length())) : -1;
            if (position >= 0) {
                return position;
            }
            throw unknown(null);
        } catch (NumberFormatException e) {
            throw unknown(e);
        }
    }

    private static HowdahException unknown(@Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.USAGE,
                "There is no such cursor.",
                "Give the next_cursor of an earlier result, or none.",
                cause);
    }
}
