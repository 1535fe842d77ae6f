package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with settings stops the program in one or two lines that say where, what and what to do. */
class LoudTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits: { rwos: 5 }            | :1 unknown setting 'limits.rwos'.        | Did you mean limits.rows?",
                "limit: { rows: 5 }             | :1 unknown setting 'limit'.              | Did you mean limits?",
                "format: csv                    | :1 unknown setting 'format'.             | Did you mean"
                        + " output.format?",
                "sslmode: require               | :1 unknown setting 'sslmode'.            | Did you mean"
                        + " profiles.<name>.sslmode?",
                "readonly: true                 | :1 unknown setting 'readonly'.           | Did you mean read_only?",
                "profile: { a: { host: h } }    | :1 unknown setting 'profile'.            | Did you mean profiles?",
                "log: { zebra: 1 }              | :1 unknown setting 'log.zebra'.          | Known here: log.file,"
                        + " log.files, log.level, log.max_size, log.verbose.",
                "profiles: { a: { hots: h } }   | :1 unknown setting 'profiles.a.hots'.    | Did you mean host?",
                "profiles: { 'a b': {} }        | :1 'a b' cannot be a profile's name.     | Use letters, digits, '-',"
                        + " '_' and '.'.",
                "profiles: { a: { url: u, host: h } } | :1 profiles.a.host contradicts the profile's url. | Keep the"
                        + " url or the single parts.",
                "output: { format: tabel }      | :1 output.format cannot be 'tabel'.      | Did you mean table?"
                        + " Allowed: one of table, expanded, csv, json, ndjson, markdown, xlsx.",
                "read_only: maybe               | :1 read_only cannot be 'maybe'.          | Allowed: true or false.",
                "pool: { size: 0 }              | :1 pool.size cannot be '0'.              | Allowed: a whole number"
                        + " from 1 to 1000.",
                "pool: { size: 1.5 }            | :1 pool.size cannot be '1.5'.            | Allowed: a whole number"
                        + " from 1 to 1000.",
                "limits: { first_row_timeout: 5x } | :1 limits.first_row_timeout cannot be '5x'. | Allowed: a duration"
                        + " from 1ms to 1d, such as 500ms, 30s, 5m or 1h (a plain number is seconds), or none.",
                "log: { max_size: 1kB }         | :1 log.max_size cannot be '1kB'.         | Allowed: a size from 64kB"
                        + " to 1GB, such as 500kB, 10MB or 1GB.",
                "profiles: { a: { timezone: Mars } } | :1 profiles.a.timezone cannot be 'Mars'. | Allowed: a time zone"
                        + " such as Europe/Berlin, UTC or +02:00.",
                "profiles: { a: { environment: live } } | :1 profiles.a.environment cannot be 'live'. | Allowed: one"
                        + " of dev, development, test, staging, prod, production.",
                "limits: [1]                    | :1 limits is a section, so it has no value of its own. | Indent its"
                        + " settings below it: 'name: value'.",
                "limits: 5                      | :1 limits is a section, so it has no value of its own. | Indent its"
                        + " settings below it: 'name: value'.",
                "read_only: [true]              | :1 read_only takes one value: true or false. |",
                "read_only:                     | :1 read_only has no value.               | Take the line out, or"
                        + " write true or false.",
                "output: { null_text: null }    | :1 output.null_text has no value.        | Take the line out, or"
                        + " write text on one line.",
                "- a                            | :1 is not a list of settings.            | Write settings as 'name:"
                        + " value', one on each line.",
                "just words                     | :1 is not a list of settings.            | Write settings as 'name:"
                        + " value', one on each line.",
                "read_only: &a true             | :1 uses an anchor (&), which settings do not have. | Put quotes"
                        + " around the value.",
                "read_only: *a                  | :1 uses an alias (*), which settings do not have. | Put quotes"
                        + " around the value.",
                "read_only: !!str x             | :1 uses a tag (!), which settings do not have. | Put quotes around"
                        + " the value.",
                "? [a]                          | :1 has a name that is not text.          | Write settings as 'name:"
                        + " value'.",
            })
    void wrongSettingsInTheFile(String yaml, String message, String hint) {
        expect(new Machine(directory).file(yaml), "~/.config/howdah/config.yaml" + message, hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read_only: true\\nread_only: false | :2 sets 'read_only' a second time; the first is on line 1.",
                "a: 'x\\n"
                        + "b: 1\\n"
                        + "                    | is not valid YAML: found unexpected end of stream, while scanning a"
                        + " quoted scalar from line 1.",
                "pool:\\n"
                        + "\\tsize: 5                 | :2:1 is not valid YAML: found character '\\t(TAB)' that cannot"
                        + " start any token",
                "pool: {size: 5                     | is not valid YAML",
                "pool:\\n  size: 5\\n size: 6       | :3:2 is not valid YAML",
                "a: b: c                            | :1:5 is not valid YAML: mapping values are not allowed here",
                "pool: { size: 5 }\\n---\\npool: 6  | :3 begins a second document.",
                "{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}} | is nested too deeply for a setting.",
                "password: !hunter2!x y             | is not valid YAML: found an undefined tag",
            })
    void brokenYaml(String yaml, String message) {
        Machine machine = new Machine(directory).file(yaml.replace("\\n", "\n").replace("\\t", "\t"));

        HowdahException e = expectConfiguration(machine);

        assertThat(e.getMessage())
                .startsWith("~/.config/howdah/config.yaml")
                .contains(message.replace("\\t", "\\t"))
                .doesNotContain("\n", "hunter2");
        assertThat(e.hint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# only a comment\n",
                "---\n",
                "null",
                "\ufeffread_only: true",
                "profiles:\nlimits:\n"
            })
    void filesWithNothingWrong(String yaml) {
        assertThat(new Machine(directory).file(yaml).load().value(Keys.READ_ONLY))
                .isTrue();
    }

    @Test
    void deepNestingDoesNotCrash() {
        expectConfiguration(new Machine(directory).file("[".repeat(300_000)));
        expectConfiguration(new Machine(directory.resolve("b")).file("a: ".repeat(100_000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOWDAH_LIMITS_ROWZ    | 5     | environment: there is no variable HOWDAH_LIMITS_ROWZ. | Did you mean"
                        + " HOWDAH_LIMITS_ROWS?",
                "HOWDAH_CONFG          | x     | environment: there is no variable HOWDAH_CONFG. | Did you mean"
                        + " HOWDAH_CONFIG?",
                "HOWDAH_ZEBRA_CROSSING | x    | environment: there is no variable HOWDAH_ZEBRA_CROSSING. | `howdah"
                        + " config show` lists all settings; take the variable out.",
                "HOWDAH_POOL_SIZE      | many  | HOWDAH_POOL_SIZE in the environment cannot be 'many'. | Allowed: a"
                        + " whole number from 1 to 1000.",
                "CACHE_BACKEND         | reddis | CACHE_BACKEND in the environment cannot be 'reddis'. | Did you mean"
                        + " redis? Allowed: one of memory, sqlite, redis.",
                "HOWDAH_CONFIG         | no.yaml | There is no file no.yaml. | Check --config and HOWDAH_CONFIG.",
                "HOWDAH_CONFIG         | .     | ~/../work is a directory, not a file. | Move it away, or name another"
                        + " file.",
            })
    void wrongVariables(String name, String value, String message, String hint) {
        HowdahException e = expectConfiguration(new Machine(directory).variable(name, value));

        assertThat(String.valueOf(e.getMessage()).replace(directory.toString(), "~/.."))
                .isEqualTo(message);
        assertThat(e.hint()).contains(hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOWDAH_POOL_SIZ=5        | .env:2: there is no variable HOWDAH_POOL_SIZ. | Did you mean"
                        + " HOWDAH_POOL_SIZE?",
                "CACHE_ENABLED=si         | CACHE_ENABLED in .env:2 cannot be 'si'. | Allowed: true or false.",
                "DATABASE_URL=x${HOST}    | .env:2 DATABASE_URL holds ${…}, and Howdah replaces nothing in .env. |"
                        + " Write the value itself, or put single quotes around it if it is meant literally.",
                "DATABASE_URL=\"x         | .env:2 DATABASE_URL opens a quote and does not close it. | Close the"
                        + " quote.",
                "DATABASE_URL=env://X     | .env:2 DATABASE_URL is a reference, and references in .env are not"
                        + " followed. | Write the value itself, or use the reference in the configuration file or the"
                        + " environment.",
            })
    void wrongLinesInDotenv(String line, String message, String hint) {
        expect(new Machine(directory).dotenv("OTHER='unclosed\n" + line), message, hint);
    }

    @ParameterizedTest
    @CsvSource({"limti, Did you mean limit?", "output.formt, Did you mean output.format?"})
    void wrongFlags(String name, String hint) {
        Machine machine = new Machine(directory).flag(name, "5");

        HowdahException e = catchThrowableOfType(HowdahException.class, machine::load);

        assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(e.hint()).contains(hint);
    }

    @Test
    void aDirectoryInsteadOfTheFile() throws IOException {
        Machine machine = new Machine(directory);
        Files.createDirectories(machine.configuration());

        expect(
                machine,
                "~/.config/howdah/config.yaml is a directory, not a file.",
                "Move it away, or name another file.");
    }

    @Test
    void aDirectoryCalledDotenvIsSomebodyElses() throws IOException {
        Machine machine = new Machine(directory);
        Files.createDirectories(machine.work().resolve(".env"));

        assertThat(machine.load().warnings()).isEmpty();
    }

    @Test
    void theOtherEndingIsNotIgnored() {
        Machine machine = new Machine(directory);
        machine.write(machine.configuration().resolveSibling("config.yml"), "read_only: true");

        expect(machine, "~/.config/howdah/config.yml is not read: the file is called config.yaml.", "Rename it.");
    }

    @Test
    void textThatIsNotUtf8() throws IOException {
        Machine machine = new Machine(directory).file("");
        Files.write(machine.configuration(), "a: 1\nb: Müller\n".getBytes(StandardCharsets.ISO_8859_1));

        expect(machine, "~/.config/howdah/config.yaml:2 is not UTF-8 text.", "Save the file as UTF-8.");

        Files.write(machine.configuration(), new byte[] {'a', ':', ' ', (byte) 0xc3});
        expect(machine, "~/.config/howdah/config.yaml:1 is not UTF-8 text.", "Save the file as UTF-8.");
    }

    @Test
    void controlCharacters() {
        expect(
                new Machine(directory).file("a: \u0000"),
                "~/.config/howdah/config.yaml is not valid YAML: it holds a control character.",
                "Is it the right file? Save it as plain text.");
    }

    @Test
    void aHugeFile() {
        HowdahException e = expectConfiguration(new Machine(directory).file("# x\n".repeat(300_000)));

        assertThat(e).hasMessageContaining("config.yaml is larger than 1024 kB");
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        // Reading a process's memory from its start fails for everyone, also for root, whom permissions do not stop.
        Path unreadable = Path.of("/proc/self/mem");
        assumeTrue(Files.exists(unreadable));
        Machine machine = new Machine(directory);
        Path link = Files.createSymbolicLink(machine.work().resolve(".env"), unreadable);

        HowdahException e = expectConfiguration(machine);
        Files.delete(link);

        assertThat(e).hasMessageStartingWith(".env cannot be read: ");
        assertThat(e.hint()).isPresent();
    }

    private static void expect(Machine machine, String message, String hint) {
        HowdahException e = expectConfiguration(machine);
        assertThat(e).hasMessage(message);
        assertThat(e.hint().orElse(null)).isEqualTo(hint);
    }

    private static HowdahException expectConfiguration(Machine machine) {
        HowdahException e = catchThrowableOfType(HowdahException.class, machine::load);
        assertThat(e).as("an error").isNotNull();
        assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
        return e;
    }
}
