package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Matter;
import dev.howdah.guard.review.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table in docs/safety.md is the one in the code. */
class PolicyDocumentTest {
    @Test
    void thePageShowsTheTable() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (Level level : Level.values()) {
            row(rows, "`" + level.word() + "`", Policy.of(level, ""));
        }
        for (Level level : Level.values()) {
            row(rows, "`" + level.word() + "`, MCP", Policy.of(level, "").forMcp(Map.of()));
        }
        assertThat(Files.readString(Path.of("../docs/safety.md")))
                .contains("|---|\n" + rows + "\n<!-- end of policy -->");
    }

    private static void row(StringBuilder rows, String name, Policy policy) {
        rows.append("| ").append(name).append(" |");
        for (Matter matter : Matter.values()) {
            rows.append(' ').append(policy.rule(matter).words()).append(" |");
        }
        rows.append('\n');
    }
}
