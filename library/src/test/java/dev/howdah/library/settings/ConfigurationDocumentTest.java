package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page and the table say the same. {@code -Dhowdah.docs.rewrite=true} makes them so. */
class ConfigurationDocumentTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- settings:";
    private static final String END = "<!-- end of settings -->";

    @Test
    void thePageListsEverySetting() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf('\n', page.indexOf(BEGIN)) + 1;
        int end = page.indexOf(END);
        String expected = page.substring(0, begin) + tables() + page.substring(end);
        if (Boolean.getBoolean("howdah.docs.rewrite")) {
            Files.writeString(PAGE, expected);
            page = expected;
        }

        assertThat(page)
                .as("docs/configuration.md; rewrite it as the comment in it says")
                .isEqualTo(expected);
    }

    @Test
    void theTableIsConsistent() {
        Set<String> names = new HashSet<>();
        for (Key<?> key : Keys.PROGRAM) {
            assertThat(names.add(key.name())).as(key.name()).isTrue();
            assertThat(names.add(key.variable())).as(key.variable()).isTrue();
            key.alias()
                    .ifPresent(alias -> assertThat(names.add(alias)).as(alias).isTrue());
            key.flag()
                    .ifPresent(
                            flag -> assertThat(names.add("--" + flag)).as(flag).isTrue());
            assertThat(key.isInProfile()).isFalse();
        }
        for (Key<?> key : Keys.PROFILE) {
            assertThat(names.add("profile " + key.name())).as(key.name()).isTrue();
            assertThat(key.isInProfile()).isTrue();
            key.overridden().ifPresent(program -> assertThat(Keys.PROGRAM).contains(program));
        }
    }

    private static String tables() {
        StringBuilder text = new StringBuilder(
                "\n## Settings\n\n| Setting | Default | Meaning | Also set by |\n|---|---|---|---|\n");
        for (Key<?> key : Keys.PROGRAM) {
            text.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(key.defaultText()
                            .map(ConfigurationDocumentTest::code)
                            .orElse("–"));
            text.append(" | ")
                    .append(meaning(key))
                    .append(" | `")
                    .append(key.variable())
                    .append('`');
            key.alias().ifPresent(alias -> text.append(", `").append(alias).append('`'));
            key.flag().ifPresent(flag -> text.append(", `--").append(flag).append('`'));
            text.append(" |\n");
        }
        text.append("\n"
                + "## Settings of a profile\n\n"
                + "Under `profiles:` and the profile's name.\n\n"
                + "| Setting | Meaning |\n"
                + "|---|---|\n");
        for (Key<?> key : Keys.PROFILE) {
            text.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(meaning(key))
                    .append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String meaning(Key<?> key) {
        String direction = switch (key.safety()) {
            case NONE -> "";
            case TRUE_IS_SAFER -> " Safer: `true`.";
            case FALSE_IS_SAFER -> " Safer: `false`.";
            case LOWER_IS_SAFER -> " Safer: lower.";
            case FIRST_IS_SAFER -> " The safest first.";
            case NOT_IN_DOTENV -> " Not in `.env`.";
        };
        String allowed = key.type().allowed();
        List<String> plain = List.of("text on one line", "true or false");
        String values = plain.contains(allowed)
                ? ""
                : " " + Character.toUpperCase(allowed.charAt(0)) + allowed.substring(1) + ".";
        return key.description() + values + direction;
    }

    private static String code(String text) {
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
