package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.guard.consent.Terms;
import dev.howdah.guard.consent.ticket.TicketState;
import dev.howdah.guard.consent.ticket.Tickets;
import dev.howdah.library.TicketDesk;
import dev.howdah.library.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, tickets and clients' files, as people use them from the command line. */
@Timeout(120)
class ApproveTest {
    private static final String PASSPHRASE = "correct horse battery";

    @TempDir
    private Path directory;

    private final Map<String, String> variables = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Environment environment() {
        return new Environment(variables, directory, directory, OperatingSystem.LINUX);
    }

    private int run(String input, String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                100);
        return new Cli(environment(), console, new Cancellation()).run(arguments);
    }

    private String ask() {
        try (TicketDesk desk = desk()) {
            Terms terms = new Terms(
                    List.of("delete from orders"),
                    List.of(List.of()),
                    "db:5432/shop",
                    "app",
                    "1",
                    new TreeMap<>(Map.of("public.orders", 5L)),
                    true);
            return desk.tickets()
                    .create(new Tickets.Request(terms, "LOW", 5, "5 rows of orders", "agent", "cleaning up"))
                    .id();
        }
    }

    private TicketDesk desk() {
        return TicketDesk.open(Settings.load(environment(), Map.of()), Clock.systemUTC());
    }

    private TicketState state(String ticket) {
        try (TicketDesk desk = desk()) {
            return desk.tickets().get(ticket).state();
        }
    }

    private void makeKey() {
        assertThat(run(PASSPHRASE + "\n", "approve", "--make-key", "ann")).isZero();
        String line =
                out.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst().orElse("");
        variables.put("HOWDAH_APPROVAL_APPROVERS", line.replaceFirst(".*approvers: ", ""));
    }

    @Test
    void anApproverSeesTheTicketAndSignsWithTheirPassphrase() {
        makeKey();
        String ticket = ask();
        assertThat(run("", "ticket", "list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(ticket).contains("PENDING");
        assertThat(run("wrong passphrase\n", "approve", ticket)).isEqualTo(4);
        assertThat(state(ticket)).isEqualTo(TicketState.PENDING);
        assertThat(run(PASSPHRASE + "\n", "approve", ticket, "--comment", "fine"))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("delete from orders")
                .contains("cleaning up");
        assertThat(state(ticket)).isEqualTo(TicketState.APPROVED);
        assertThat(run("", "ticket", "revoke", ticket, "--comment", "not today"))
                .isZero();
        assertThat(state(ticket)).isEqualTo(TicketState.REVOKED);
    }

    @Test
    void aPrintedDecisionDecidesNothingHere() {
        makeKey();
        String ticket = ask();
        assertThat(run(PASSPHRASE + "\n", "approve", ticket, "--deny", "--print"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"decision\":\"deny\"")
                .contains("\"signature\":");
        assertThat(state(ticket)).isEqualTo(TicketState.PENDING);
    }

    @Test
    void whoIsNoApproverIsTold() {
        makeKey();
        String ticket = ask();
        variables.clear();
        assertThat(run(PASSPHRASE + "\n", "approve", ticket)).isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ann is no approver");
        assertThat(run("", "approve", "NOSUCH1")).isEqualTo(2);
        assertThat(run("short\n", "approve", "--make-key", "bob", "--key", "other.key"))
                .isEqualTo(2);
    }

    @Test
    void aClientIsToldWithoutLosingWhatItKnows() throws IOException {
        assertThat(run("", "mcp", "config", "--client", "cursor", "-d", "shop")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"mcpServers\"")
                .contains("\"shop\"");
        Path file = directory.resolve(".cursor/mcp.json");
        Files.createDirectories(directory.resolve(".cursor"));
        Files.writeString(file, "{\"mcpServers\": {\"other\": {\"command\": \"x\"}}}");
        assertThat(run("", "mcp", "config", "--client", "cursor", "-d", "shop", "--write"))
                .isZero();
        assertThat(Files.readString(file)).contains("\"other\"").contains("\"howdah\"");
        try (var files = Files.list(directory.resolve(".cursor"))) {
            assertThat(files.count()).isEqualTo(2);
        }
        assertThat(run("", "mcp", "config", "--client", "cursr", "-d", "shop")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Did you mean cursor?");
        assertThat(run("", "mcp", "config", "--client", "cursor", "-d", "postgresql://me:pw@h/shop"))
                .isEqualTo(2);
        Files.writeString(file, "no json");
        assertThat(run("", "mcp", "config", "--client", "cursor", "-d", "shop", "--write"))
                .isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo("no json");
    }
}
