package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Client;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Matter;
import dev.howdah.guard.review.Policy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From settings to the policy in force. */
class PoliciesTest {
    private static final String READ_ONLY = "allow refuse refuse refuse refuse refuse refuse";
    private static final String BALANCED = "allow confirm confirm type type refuse refuse";
    private static final String PERMISSIVE = "allow allow confirm confirm type type refuse";

    @TempDir
    Path directory;

    private static String words(Policy policy) {
        return Arrays.stream(Matter.values())
                .map(matter -> policy.rule(matter).demand().word())
                .collect(Collectors.joining(" "));
    }

    private Policy policy(Machine machine, Client client) {
        Settings all = machine.load();
        Settings own = all.profiles().containsKey("shop") ? all.forProfile(all.profile("shop")) : all;
        return Policies.of(own, client);
    }

    private Machine shop(String inProfile) {
        return new Machine(directory).file("profiles:\n  shop:\n    host: h\n" + inProfile.indent(4));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // file, flag, its value → level
                "''                                        | -         | -          | readOnly",
                "'read_only: false'                        | -         | -          | balanced",
                "'policy: { level: balanced }'             | -         | -          | balanced",
                "'policy: { level: Permissive }'           | -         | -          | permissive",
                "'policy: { level: permissive }'           | read-only | true       | readOnly",
                "'policy: { level: permissive }'           | level     | balanced   | balanced",
                "'policy: { level: balanced }'             | level     | permissive | permissive",
                "'policy: { level: balanced }'             | level     | readonly   | readOnly",
                "'policy: { level: permissive }\nread_only: true'  | -     | -      | readOnly",
                "'policy: { level: permissive }\nread_only: false' | -     | -      | permissive",
                "''                                        | level     | balanced   | balanced",
            })
    void theLevel(String file, String flag, String value, String level) {
        Machine machine = new Machine(directory).file(file);
        if (flag != null) {
            machine.flag(flag, value);
        }
        Policy policy = policy(machine, Client.PERSON);
        assertThat(policy.level()).isEqualTo(Level.of(level).orElseThrow());
        assertThat(words(policy))
                .isEqualTo(
                        switch (policy.level()) {
                            case READ_ONLY -> READ_ONLY;
                            case BALANCED -> BALANCED;
                            case PERMISSIVE -> PERMISSIVE;
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write: approval            | allow approval approval type type refuse refuse",
                "bounded_write: allow       | allow allow confirm type type refuse refuse",
                "write: refuse, bounded_write: confirm | allow confirm refuse type type refuse refuse",
                "define: refuse             | allow confirm confirm refuse type refuse refuse",
                "drop: refuse               | allow confirm confirm type refuse refuse refuse",
                "administer: type           | allow confirm confirm type type type refuse",
                "read: confirm              | confirm confirm confirm type type refuse refuse",
            })
    void aProfilesOwnWordsTakeThePlaceOfItsLevels(String own, String expected) {
        Policy policy = policy(shop("policy: { level: balanced, " + own + " }"), Client.PERSON);
        assertThat(words(policy)).isEqualTo(expected);
        String[] first = own.split(":", 2);
        Matter matter = Matter.valueOf(first[0].strip().toUpperCase(java.util.Locale.ROOT));
        assertThat(policy.rule(matter).deciding())
                .startsWith("profiles.shop.policy." + first[0] + ", ~/.config/howdah/config.yaml:4: ");
    }

    @Test
    void aProfileMayLetSomethingPassThatItsLevelDoesNot() {
        assertThat(words(policy(shop("policy: { write: confirm }"), Client.PERSON)))
                .isEqualTo("allow confirm confirm refuse refuse refuse refuse");
    }

    @Test
    void aLevelFromOutsideTheFileDoesNotMakeAProfilesOwnWordsLooser() {
        Machine machine = shop("policy: { level: permissive, write: allow, define: approval }");
        assertThat(words(policy(machine, Client.PERSON))).isEqualTo("allow allow allow approval type type refuse");
        machine.flag("level", "balanced");
        assertThat(words(policy(machine, Client.PERSON)))
                .isEqualTo("allow confirm confirm approval type refuse refuse");
        machine.flag("level", "readOnly");
        assertThat(words(policy(machine, Client.PERSON))).isEqualTo(READ_ONLY);
        machine.flag("level", "permissive").flag("read-only", "true");
        assertThat(words(policy(machine, Client.PERSON))).isEqualTo(READ_ONLY);
    }

    @Test
    void dotenvAndCommonNamesOnlyTighten() {
        Machine machine = shop("policy: { level: permissive, write: allow }").variable("READ_ONLY", "true");
        assertThat(words(policy(machine, Client.PERSON))).isEqualTo(READ_ONLY);
        machine.variable("READ_ONLY", "").dotenv("HOWDAH_POLICY_LEVEL=readOnly");
        assertThat(words(policy(machine, Client.PERSON))).isEqualTo(READ_ONLY);
        Machine loosening = new Machine(directory).file("").dotenv("HOWDAH_POLICY_LEVEL=balanced");
        assertThat(catchThrowableOfType(HowdahException.class, loosening::load))
                .hasMessage("HOWDAH_POLICY_LEVEL in .env:1 would loosen policy.level from readOnly to balanced;"
                        + " it may only tighten safety.");
    }

    @Test
    void mcpClientsAreAskedForMoreUnlessTheProfileSaysSo() {
        assertThat(words(policy(shop("policy: { level: permissive }"), Client.MCP)))
                .isEqualTo("allow confirm type refuse refuse approval refuse");
        assertThat(words(policy(
                        shop("policy: { level: permissive, mcp: { define: type, write: confirm } }"), Client.MCP)))
                .isEqualTo("allow confirm confirm type refuse approval refuse");
        assertThat(words(policy(shop("policy: { level: permissive, mcp: { define: type } }"), Client.PERSON)))
                .isEqualTo(PERMISSIVE);
        assertThat(words(policy(shop("policy: { mcp: { define: allow, write: allow } }"), Client.MCP)))
                .isEqualTo(READ_ONLY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "policy: { levle: balanced }       | 'profiles.shop.policy.levle'.     | Did you mean policy.level?",
                "policy: { mcp: { defne: type } }  | 'profiles.shop.policy.mcp.defne'. | Did you mean"
                        + " policy.mcp.define?",
                "policy: { unknown: allow }        | 'profiles.shop.policy.unknown'.   | Known here: policy.level",
                "policy: { write: ask }            | cannot be 'ask'.                  | refuse, approval, type,"
                        + " confirm, allow",
                "policy: { level: balancd }        | cannot be 'balancd'.              | Did you mean balanced?",
                "policy: balanced                  | profiles.shop.policy is a section | Indent",
                "polcy: { level: balanced }        | 'profiles.shop.polcy'.            | ",
            })
    void whatIsMisspeltStops(String yaml, String message, String hint) {
        HowdahException e =
                catchThrowableOfType(HowdahException.class, () -> shop(yaml).load());
        assertThat(e).hasMessageContaining(message);
        assertThat(e.hint().orElse("")).contains(hint == null ? "" : hint);
    }

    @Test
    void contradictionsAreFound() {
        Settings settings = shop("environment: production\nlocked: false\nread_only: true\npolicy: { level: balanced }")
                .load();
        List<String> messages = settings.check().stream().map(Finding::message).toList();
        assertThat(String.join("\n", messages))
                .contains("is production and not locked", "read_only: true (~/.config/howdah/config.yaml:6) refuses");
        assertThat(shop("environment: production\npolicy: { level: balanced }").load().check().stream()
                        .map(Finding::message)
                        .toList())
                .anySatisfy(message -> assertThat(message).contains("is production and permits writes"));
        assertThat(Demand.of("allow")).contains(Demand.ALLOW);
    }
}
