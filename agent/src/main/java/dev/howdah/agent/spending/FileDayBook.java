package dev.howdah.agent.spending;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/**
 * A file a day with a line a call, so that commands that live for one question share a budget. Lines are appended whole, so
 * processes need no lock between them. Thread-safe.
 */
public final class FileDayBook implements DayBook {
    private final Path directory;

    /** @param directory made when it is first written to */
    public FileDayBook(Path directory) {
        this.directory = directory;
    }

    @Override
    public Spent on(LocalDate day) {
        try {
            Spent spent = Spent.NOTHING;
            Path file = file(day);
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    spent = spent.plus(parse(line));
                }
            }
            return spent;
        } catch (IOException | NumberFormatException e) {
            throw failed("read", day, e);
        }
    }

    private static Spent parse(String line) {
        int gap = line.indexOf(' ');
        return gap < 0
                ? Spent.NOTHING
                : new Spent(Long.parseLong(line.substring(0, gap)), new BigDecimal(line.substring(gap + 1)));
    }

    @Override
    public void add(LocalDate day, Spent spent) {
        String line = spent.tokens() + " " + spent.money().toPlainString() + "\n";
        try {
            Files.createDirectories(directory);
            try (FileChannel file = FileChannel.open(file(day), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw failed("written", day, e);
        }
    }

    private Path file(LocalDate day) {
        return directory.resolve(day + ".txt");
    }

    private HowdahException failed(String what, LocalDate day, Exception cause) {
        return new HowdahException(
                ErrorCode.FILE,
                "The record of what models cost cannot be " + what + ": " + file(day) + ".",
                "A budget for the day needs it; remove budget.day_tokens and budget.day_cost, or make the file accessible.",
                cause);
    }
}
