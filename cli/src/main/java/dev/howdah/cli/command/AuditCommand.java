package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.audit.AuditExport;
import dev.howdah.guard.audit.AuditRecord;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainReader;
import dev.howdah.store.chain.ChainVerifier;
import dev.howdah.store.chain.Head;
import dev.howdah.store.chain.Verification;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `howdah audit`: what was asked, judged and run, and whether the record of it is whole. */
@Command(
        name = "audit",
        description = "Read and verify the record of what was asked, judged and run.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah audit tail                                 the last records",
            "  howdah audit search --since 7d --verdict refuse   what was refused this week",
            "  howdah audit verify                               is anything changed or missing",
            "  howdah audit verify --head 17:9f86...               the same, against a head noted elsewhere",
        })
final class AuditCommand {
    private static final int FOLLOW_MILLIS = 250;

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;
    private final Clock clock = Clock.systemUTC();

    AuditCommand(Context context) {
        this.context = context;
    }

    @Command(
            name = "verify",
            description = "Say whether records were edited, deleted, moved or cut off. Exit code 1 if so.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  howdah audit verify                     prints the head: note it where nobody else can write",
                "  howdah audit verify --head 17:9f86...     everything up to that head has to be there unchanged",
                "  howdah audit verify --file copy/audit.jsonl --key audit.key",
            })
    int verify(
            @Option(names = "--head", paramLabel = "HEAD", description = "A head that was noted earlier.") @Nullable
                    String head,
            @Mixin AuditOptions options,
            @Mixin HelpOption helpOption) {
        Optional<Head> expected = Optional.ofNullable(head).map(AuditCommand::head);
        ChainFiles files = options.files(context);
        Verification verification;
        try {
            verification = ChainVerifier.verify(files, options.key(context, files), expected);
        } catch (IOException e) {
            throw AuditOptions.unreadable(files, e);
        }
        for (Verification.Finding finding : verification.findings()) {
            String kind = finding.kind().isTampering() ? finding.kind().name() : "note";
            context.console().println(kind.toLowerCase(Locale.ROOT) + ": " + PlainText.oneLine(finding.text()));
        }
        String found = String.format(
                Locale.ROOT,
                "%,d records in %d file%s of %s",
                verification.records(),
                verification.files(),
                verification.files() == 1 ? "" : "s",
                files);
        context.console().println((verification.intact() ? "Intact: " : "NOT intact: ") + found + ".");
        context.console().println("head: " + verification.head());
        return verification.intact() ? 0 : ErrorCode.AUDIT.exitCode();
    }

    private static Head head(String text) {
        return Head.parse(text)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "That is no head: " + PlainText.oneLine(text) + ".",
                        "Give what `howdah audit verify` printed: a number, a colon and 64 hexadecimal digits."));
    }

    @Command(
            name = "tail",
            description = "Show the last records.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  howdah audit tail -n 50", "  howdah audit tail -f --json | jq .statement"})
    int tail(
            @Option(names = "-n", paramLabel = "COUNT", description = "How many (default 20).", defaultValue = "20")
                    int count,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Go on with what comes, until interrupted.")
                    boolean follow,
            @Option(names = "--json", description = "The lines as they are.") boolean json,
            @Mixin AuditFilterOptions filter,
            @Mixin AuditOptions options,
            @Mixin HelpOption helpOption) {
        ChainFiles files = options.files(context);
        ChainReader reader = new ChainReader(files);
        Predicate<String> wanted = filter.filter(clock, List.of());
        try {
            // Where following goes on is found first, so that nothing falls between.
            List<String> newest = follow ? reader.last(1, line -> true) : List.of();
            reader.last(Math.max(0, count), wanted).forEach(line -> show(line, json));
            if (follow) {
                follow(reader, newest.isEmpty() ? 0 : ChainReader.sequence(newest.getFirst()), wanted, json);
            }
        } catch (IOException e) {
            throw AuditOptions.unreadable(files, e);
        }
        return 0;
    }

    private void follow(ChainReader reader, long from, Predicate<String> wanted, boolean json) throws IOException {
        CountDownLatch stop = new CountDownLatch(1);
        long[] seen = {from};
        try (var _ = context.cancellation().onCancel(stop::countDown)) {
            while (!stop.await(FOLLOW_MILLIS, TimeUnit.MILLISECONDS)) {
                reader.after(seen[0], line -> {
                    seen[0] = ChainReader.sequence(line);
                    if (wanted.test(line)) {
                        show(line, json);
                    }
                    return true;
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Command(
            name = "search",
            description = "Show the records that fit, the oldest first.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  howdah audit search --since 7d --verdict refuse",
                "  howdah audit search --profile shop --event execution shop.customers",
            })
    int search(
            @Parameters(paramLabel = "TEXT", arity = "0..*", description = "What a record has to contain.") @Nullable
                    List<String> words,
            @Option(names = "--json", description = "The lines as they are.") boolean json,
            @Mixin AuditFilterOptions filter,
            @Mixin AuditOptions options,
            @Mixin HelpOption helpOption) {
        ChainFiles files = options.files(context);
        Predicate<String> wanted = filter.filter(clock, words == null ? List.of() : words);
        try {
            new ChainReader(files).forEach(line -> {
                if (wanted.test(line)) {
                    show(line, json);
                }
                return !context.cancellation().isCancelled();
            });
        } catch (IOException e) {
            throw AuditOptions.unreadable(files, e);
        }
        return 0;
    }

    @Command(
            name = "export",
            description = "Write records for other programs.",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  howdah audit export --format csv --since 30d --out november.csv",
                "  howdah audit export --format pgaudit | pgaudit-analyzer",
            })
    int export(
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "jsonl, csv or pgaudit (default jsonl).",
                            defaultValue = "jsonl")
                    String format,
            @Option(names = "--out", paramLabel = "FILE", description = "Write to FILE.") @Nullable Path out,
            @Mixin AuditFilterOptions filter,
            @Mixin AuditOptions options,
            @Mixin HelpOption helpOption)
            throws IOException {
        AuditExport form = AuditExport.of(format)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "There is no format " + PlainText.oneLine(format) + ".",
                        "Take jsonl, csv or pgaudit."));
        ChainFiles files = options.files(context);
        Predicate<String> wanted = filter.filter(clock, List.of());
        try (OutputStream stream = out == null
                ? new BufferedOutputStream(context.console().out())
                : new BufferedOutputStream(Files.newOutputStream(
                        context.environment().workingDirectory().resolve(out)))) {
            stream.write(form.header().getBytes(StandardCharsets.UTF_8));
            new ChainReader(files).forEach(line -> {
                Optional<AuditRecord> record = wanted.test(line) ? AuditRecord.parse(line) : Optional.empty();
                if (record.isPresent()) {
                    stream.write(form.lines(record.get()).getBytes(StandardCharsets.UTF_8));
                }
                return !context.cancellation().isCancelled();
            });
        }
        return 0;
    }

    private void show(String line, boolean json) {
        context.console()
                .println(
                        json
                                ? line
                                : AuditRecord.parse(line)
                                        .map(AuditCommand::inWords)
                                        .orElse(PlainText.oneLine(line)));
    }

    /** {@code 2026-11-20 12:00:00 #17 execution READ ada shop: SELECT …}. */
    private static String inWords(AuditRecord record) {
        String time = record.value("ts");
        StringBuilder text =
                new StringBuilder(time.length() < 19 ? time : time.substring(0, 10) + " " + time.substring(11, 19));
        text.append(" #").append(record.value("seq")).append(' ').append(record.value("event"));
        for (String name : List.of("effect", "verdict", "error", "user", "profile")) {
            text.append(record.value(name).isEmpty() ? "" : " " + record.value(name));
        }
        if (!record.value("of").isEmpty()) {
            text.append(" of #").append(record.value("of"));
            text.append(record.value("rows").isEmpty() ? "" : ", " + record.value("rows") + " rows");
            text.append(
                    String.format(Locale.ROOT, ", %.1f ms", Long.parseLong("0" + record.value("micros")) / 1_000.0));
        }
        for (String name : List.of("changes", "settings", "reasons", "statement")) {
            text.append(record.value(name).isEmpty() ? "" : ": " + record.value(name));
        }
        return PlainText.oneLine(text.toString());
    }
}
