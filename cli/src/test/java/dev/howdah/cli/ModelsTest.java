package dev.howdah.cli;

import static dev.howdah.sample.model.FakeModelServer.call;
import static dev.howdah.sample.model.FakeModelServer.finish;
import static dev.howdah.sample.model.FakeModelServer.quoted;
import static dev.howdah.sample.model.FakeModelServer.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sample.model.FakeModelServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models on the command line, against a server that only plays one. */
@Timeout(120)
class ModelsTest {
    @TempDir
    private Path directory;

    private Workbench with(FakeModelServer model) {
        return new Workbench(directory)
                .variable("HOWDAH_MODELS_NAME", "tiny")
                .variable("HOWDAH_MODELS_URL", model.url().toString())
                .variable("OPENAI_API_KEY", "sk-secret");
    }

    @Test
    void listsAndTests() throws IOException {
        try (FakeModelServer model = new FakeModelServer(
                connection -> connection.json(200, "{\"data\":[{\"id\":\"tiny\"},{\"id\":\"huge\"}]}"),
                says("ready"),
                connection -> connection.events(
                        call(0, "a", "echo", "{\"word\":\"ready\"}"), finish("tool_calls"), "[DONE]"))) {
            Workbench.Ran ran = with(model).run("models");
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .isEqualTo("  huge\n* tiny\nstream: openai/tiny answered in 1 piece, 10 tokens\n"
                            + "tools:  it calls them\n");
        }
    }

    @Test
    void saysWhatIsMissing() {
        Workbench.Ran ran = new Workbench(directory).run("models");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("models.name").contains("howdah models --help");
    }

    @Test
    void aRefusedKeyIsNamedAndNotShown() throws IOException {
        try (FakeModelServer model = new FakeModelServer(connection ->
                connection.json(401, "{\"error\":{\"message\":\"Incorrect API key provided: sk-secret\"}}"))) {
            Workbench.Ran ran = with(model).run("models");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("refuses the key")
                    .contains("models.api_key")
                    .doesNotContain("sk-secret");
        }
    }

    @Test
    void anAddressThatIsNoneIsAConfigurationError() {
        Workbench.Ran ran = new Workbench(directory)
                .variable("HOWDAH_MODELS_NAME", "tiny")
                .variable("HOWDAH_MODELS_URL", "localhost")
                .run("models");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("models.url").contains("http://");
    }

    @Test
    void aModelAnswersWhatTheEngineDeclines() throws IOException {
        String sql = "SELECT name FROM shop.regions ORDER BY name LIMIT 1";
        try (TestDatabase shop = TestPostgres.open().shop();
                FakeModelServer model = new FakeModelServer(
                        says("{\"sql\": " + quoted(sql) + ", \"reading\": \"the first region\"}"))) {
            Workbench.Ran ran = with(model)
                    .run("ask", "-d", shop.url(), "-o", "csv", "frankly, where in the world is it that we begin");
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).isEqualToNormalizingNewlines("name\nAsia Pacific\n");
            assertThat(ran.err())
                    .contains("Read as: the first region")
                    .contains("Read by: openai/tiny (1 call; 100 tokens in, of them 0 cached, 10 out)")
                    .contains(sql);
        }
    }

    @Test
    void aModelMayAskBack() throws IOException {
        try (TestDatabase shop = TestPostgres.open().shop();
                FakeModelServer model =
                        new FakeModelServer(says("{\"ask\": \"Gross or net?\", \"choices\": [\"gross\", \"net\"]}"))) {
            Workbench.Ran ran = with(model).run("ask", "-d", shop.url(), "frankly, what did we take in");
            assertThat(ran.exitCode()).isEqualTo(3);
            assertThat(ran.err())
                    .contains("openai/tiny asks: Gross or net?")
                    .contains("- gross")
                    .contains("- net");
        }
    }
}
