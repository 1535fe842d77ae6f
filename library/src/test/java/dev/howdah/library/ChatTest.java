package dev.howdah.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.agent.Answer;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.store.state.Exchange;
import dev.howdah.store.state.Pin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The library as a program that embeds it uses it. */
@Timeout(120)
class ChatTest {
    private static final TestDatabase SHOP = TestPostgres.open().shop();

    @TempDir
    private Path directory;

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private HowdahBuilder builder() {
        return Howdah.builder()
                .environment(new Environment(Map.of(), directory, directory, OperatingSystem.LINUX))
                .database(SHOP.url());
    }

    @Test
    void aQuestionGivesRowsColumnsAndTheStepsOfItsWay() {
        try (Howdah howdah = builder().set("limits.rows", "5").build()) {
            QueryResult result = howdah.query("show latest 20 orders");
            assertThat(result.isAnswered()).isTrue();
            assertThat(result.rows()).hasSize(5);
            assertThat(result.truncated()).isTrue();
            assertThat(result.columns().getFirst().name()).isEqualTo("order_id");
            assertThat(result.sql()).get().asString().contains("FROM orders");
            assertThat(result.events()).extracting(Event::stage).contains(Event.Stage.REVIEW, Event.Stage.ANSWER);
            assertThat(howdah.getSchema().relation("shop", "orders")).isPresent();
            QueryResult declined = howdah.query("blorp the zwieback");
            assertThat(declined.isAnswered()).isFalse();
            assertThat(declined.sql()).isEmpty();
            assertThat(howdah.memory().store().conversations().list(5))
                    .as("single questions are not kept")
                    .isEmpty();
        }
    }

    @Test
    void aConversationIsGoneOnWithAfterARestart() {
        String id;
        try (Howdah howdah = builder().build()) {
            Chat chat = howdah.createSession("mine");
            chat.query("how many orders are there");
            chat.pin(new Pin(Pin.Kind.NOTE, "prices are in cents"));
            Answer paid = chat.queryStream(
                    "only paid ones", new Collecting(howdah.redaction(), new Cancellation()), new Cancellation());
            assertThat(paid).isInstanceOf(Answer.Rows.class);
            id = chat.conversation().id();
            assertThat(howdah.getStats().today()).containsEntry("questions", 2L).containsEntry("engine", 2L);
        }
        try (Howdah howdah = builder().build()) {
            Chat chat = howdah.session("mine");
            assertThat(chat.conversation().id()).isEqualTo(id);
            assertThat(chat.exchanges())
                    .extracting(Exchange::question)
                    .containsExactly("how many orders are there", "only paid ones");
            assertThat(chat.exchanges().getLast().sql())
                    .get()
                    .asString()
                    .contains("?")
                    .doesNotContain("paid'");
            assertThat(chat.background(new Cancellation()).notes()).containsExactly("prices are in cents");
            assertThat(chat.query("and in 2025?").isAnswered()).isTrue();
            assertThat(howdah.lastSession().conversation().id()).isEqualTo(id);
            assertThat(chat.unpin(new Pin(Pin.Kind.NOTE, "prices are in cents")))
                    .isTrue();
        }
    }

    @Test
    void personalDataAndSecretsAreStoredOnlyIfTheSettingsSaySo() {
        String question = "how many orders of ada.lovelace@example.org are there";
        try (Howdah howdah = builder().build()) {
            howdah.createSession().query(question);
            assertThat(howdah.memory()
                            .store()
                            .conversations()
                            .recent(1)
                            .getFirst()
                            .exchange()
                            .question())
                    .doesNotContain("lovelace");
        }
        try (Howdah howdah = builder().set("history.literals", "true").build()) {
            howdah.createSession().query(question);
            assertThat(howdah.memory()
                            .store()
                            .conversations()
                            .recent(1)
                            .getFirst()
                            .exchange()
                            .question())
                    .isEqualTo(question);
        }
    }

    @Test
    void whatIsRefusedIsRememberedAndThrown() {
        try (Howdah howdah = builder().set("history.mode", "memory").build()) {
            howdah.verified()
                    .add(new dev.howdah.library.memory.VerifiedQuery("wipe it", "DELETE FROM shop.orders", "", ""));
            Chat chat = howdah.createSession();
            HowdahException refused = catchThrowableOfType(HowdahException.class, () -> chat.query("wipe it"));
            assertThat(refused.code()).isEqualTo(ErrorCode.REFUSED);
            assertThat(chat.exchanges().getLast().result().ending()).isEqualTo(Exchange.Ending.REFUSED);
            assertThat(howdah.verified().like("what to wipe", 3)).hasSize(1);
        }
    }

    @Test
    void aWrongSettingOrNoDatabaseIsSaid() {
        assertThat(catchThrowableOfType(
                                HowdahException.class,
                                () -> builder().set("limits.rowz", "5").build())
                        .code())
                .isEqualTo(ErrorCode.CONFIGURATION);
        HowdahBuilder nowhere =
                Howdah.builder().environment(new Environment(Map.of(), directory, directory, OperatingSystem.LINUX));
        assertThat(catchThrowableOfType(HowdahException.class, nowhere::build).code())
                .isEqualTo(ErrorCode.USAGE);
    }

    @Test
    void conversationsOfManyThreadsDoNotMeet() throws InterruptedException {
        try (Howdah howdah = builder().set("history.mode", "memory").build()) {
            List<Thread> threads = new java.util.ArrayList<>();
            for (int i = 0; i < 200; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    Chat chat = howdah.createSession();
                    chat.query("how many orders are there");
                    chat.query("only paid ones");
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(howdah.memory().store().conversations().list(500))
                    .hasSize(200)
                    .allMatch(one -> one.size() == 2);
            assertThat(howdah.getStats().today()).containsEntry("answered", 400L);
        }
    }
}
