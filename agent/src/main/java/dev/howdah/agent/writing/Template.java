package dev.howdah.agent.writing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What Howdah says to models: each a resource beside this class, read when needed. */
enum Template {
    /** The rules, with which every conversation begins. */
    ANSWER,
    /** The rules where several statements are wanted. */
    ALTERNATIVES,
    /** The answer was in no form that can be read. */
    AGAIN,
    /** The answer was cut. */
    SHORTER,
    /** The statement failed. */
    REPAIR,
    /** The statement gave nothing. */
    EMPTY,
    /** A limit is reached. */
    LAST,
    /** A call was made before. */
    SAME;

    /** Its text, read anew each time: a page of text costs nothing beside asking a model. */
    String text() {
        String name = name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
