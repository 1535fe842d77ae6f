package dev.howdah.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The standard streams, and what is at their other ends.
 *
 * @param in standard input
 * @param out standard output: results, and nothing else
 * @param err standard error: everything that is not a result
 * @param inIsTerminal whether a person types into standard input
 * @param outIsTerminal whether standard output is a screen
 * @param errIsTerminal whether standard error is a screen
 * @param columns the window's width in character cells; 0 if unknown
 */
public record Console(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns) {

    /**
     * Writes text to standard output and flushes it.
     *
     * @throws UncheckedIOException if it cannot be written: the disk is full, or nobody reads any more
     */
    public void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line to standard output and flushes it. */
    public void println(String line) {
        print(line + System.lineSeparator());
    }
}
