package dev.howdah.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The sample shop's SQL, as it lies beside this class. */
final class ShopScript {
    private ShopScript() {}

    /** The whole script: several statements, for an empty database. */
    static String text() {
        try (InputStream in = ShopScript.class.getResourceAsStream("shop.sql")) {
            return new String(Objects.requireNonNull(in, "shop.sql").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
