package dev.howdah.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Screens as they were agreed on. {@code -Dhowdah.golden=DIRECTORY} writes what is drawn there, to be looked at and kept. */
public final class Golden {
    private Golden() {}

    /** The canvas shows what the resource {@code golden/NAME-WIDTHxHEIGHT.txt} holds. */
    public static void check(String name, Canvas canvas) throws IOException {
        String file = name + "-" + canvas.width() + "x" + canvas.height() + ".txt";
        String shown = canvas.text();
        String directory = System.getProperty("howdah.golden", "");
        if (!directory.isEmpty()) {
            Files.createDirectories(Path.of(directory));
            Files.writeString(Path.of(directory, file), shown);
            return;
        }
        try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + file)) {
            assertThat(stream).as("golden/%s", file).isNotNull();
            assertThat(shown).as(file).isEqualTo(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
