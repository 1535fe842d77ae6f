package dev.howdah.terminal.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A text in a program of the person's choice. */
final class ExternalEditor {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalEditor.class);

    private ExternalEditor() {}

    /** The text as the person left it; as it was if the program cannot be started or fails. */
    static String edit(String text, String program) {
        try {
            Path file = Files.createTempFile("howdah", ".sql");
            try {
                Files.writeString(file, text);
                List<String> command = new ArrayList<>(List.of(program.strip().split("\\s+")));
                command.add(file.toString());
                int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
                return exitCode == 0 ? Files.readString(file) : text;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("the editor could not be used", e);
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return text;
        }
    }
}
