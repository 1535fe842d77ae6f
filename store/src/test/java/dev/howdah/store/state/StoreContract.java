package dev.howdah.store.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.store.state.Exchange.Cost;
import dev.howdah.store.state.Exchange.Ending;
import dev.howdah.store.state.Exchange.Result;
import dev.howdah.store.state.Mistakes.Mistake;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, wherever it keeps things. */
public abstract class StoreContract {
    protected final TestClock clock = new TestClock();
    private Store store;

    protected abstract Store open(Clock with);

    @BeforeEach
    void openStore() {
        store = open(clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private Conversations conversations() {
        return store.conversations();
    }

    public static Exchange exchange(Instant asked, String question) {
        return new Exchange(
                0,
                asked,
                question,
                "orders: count",
                Optional.of("SELECT count(*) FROM orders WHERE status = ?"),
                false,
                "built-in engine",
                new Result(Ending.ANSWERED, OptionalLong.of(1), false, ""),
                new Cost(2, 1_200, 80, Optional.of(new BigDecimal("0.0042")), Duration.ofMillis(321)));
    }

    private long ask(Conversation conversation, String question) {
        clock.pass(Duration.ofSeconds(1));
        return conversations().add(conversation.id(), exchange(clock.instant(), question));
    }

    private static List<String> questions(List<Past> past) {
        return past.stream().map(one -> one.exchange().question()).toList();
    }

    private static List<String> ids(List<Conversation> conversations) {
        return conversations.stream().map(Conversation::id).toList();
    }

    @Test
    void whatWasAskedIsThereAgainExactly() {
        Conversation begun = conversations().create("shop", "");
        Exchange asked = exchange(clock.instant(), "how many orders are paid?");
        Exchange failed = new Exchange(
                0,
                clock.instant(),
                "blorp",
                "",
                Optional.empty(),
                true,
                "",
                new Result(Ending.DECLINED, OptionalLong.empty(), true, "not every word was understood"),
                Cost.of(Duration.ZERO));
        long first = conversations().add(begun.id(), asked);
        long second = conversations().add(begun.id(), failed);
        assertThat(second).isGreaterThan(first);
        assertThat(conversations().exchanges(begun.id(), 10))
                .containsExactly(asked.numbered(first), failed.numbered(second));
        assertThat(conversations().exchanges(begun.id(), 1)).containsExactly(failed.numbered(second));
    }

    @Test
    void aConversationIsFoundByIdByItsBeginningAndByName() {
        Conversation one = conversations().create("shop", "sales");
        clock.pass(Duration.ofSeconds(1));
        Conversation other = conversations().create("shop", "sales");
        assertThat(conversations().find(one.id())).contains(one);
        assertThat(conversations().find(one.id().substring(0, 7))).contains(one);
        assertThat(conversations().find("sales")).as("the newest of the name").contains(other);
        assertThat(conversations().find("nothing")).isEmpty();
        assertThat(conversations().find("")).isEmpty();
        assertThat(conversations().find("%")).isEmpty();
    }

    @Test
    void theOneThatWasUsedLastComesFirst() {
        Conversation shop = conversations().create("shop", "");
        Conversation other = conversations().create("shop", "");
        Conversation elsewhere = conversations().create("warehouse", "");
        assertThat(ids(conversations().list(10))).containsExactly(elsewhere.id(), other.id(), shop.id());
        ask(shop, "latest orders");
        assertThat(ids(conversations().list(2))).containsExactly(shop.id(), elsewhere.id());
        assertThat(conversations().latest("shop").orElseThrow().id()).isEqualTo(shop.id());
        assertThat(conversations().latest("moon")).isEmpty();
    }

    @Test
    void aConversationSaysWhatItIsAbout() {
        Conversation begun = conversations().create("shop", "");
        ask(begun, "latest orders");
        ask(begun, "only paid ones");
        Conversation now = conversations().find(begun.id()).orElseThrow();
        assertThat(now.title()).isEqualTo("latest orders");
        assertThat(now.size()).isEqualTo(2);
        assertThat(now.used()).isEqualTo(clock.instant());
        conversations().rename(begun.id(), "orders");
        assertThat(conversations().find(begun.id()).orElseThrow().title()).isEqualTo("orders");
    }

    @Test
    void clearedIsEmptyAndDeletedIsGone() {
        Conversation begun = conversations().create("shop", "sales");
        ask(begun, "latest orders");
        conversations().pin(begun.id(), new Pin(Pin.Kind.TABLE, "orders"));
        conversations().summarise(begun.id(), new Summary("orders were asked about", 1));
        conversations().clear(begun.id());
        assertThat(conversations().exchanges(begun.id(), 10)).isEmpty();
        assertThat(conversations().summary(begun.id())).isEmpty();
        assertThat(conversations().search("latest", 10)).isEmpty();
        assertThat(conversations().pins(begun.id())).hasSize(1);
        assertThat(conversations().delete(begun.id())).isTrue();
        assertThat(conversations().delete(begun.id())).isFalse();
        assertThat(conversations().find(begun.id())).isEmpty();
        assertThat(conversations().pins(begun.id())).isEmpty();
        assertThat(ask(begun, "into the void")).isZero();
        assertThat(conversations().recent(10)).isEmpty();
        conversations().pin(begun.id(), new Pin(Pin.Kind.NOTE, "nothing"));
        conversations().rename(begun.id(), "nothing");
        conversations().summarise(begun.id(), new Summary("nothing", 1));
        assertThat(conversations().list(10)).isEmpty();
    }

    @Test
    void historyIsSearchedByWordsInAnyOrderWithoutCaseOrAccents() {
        Conversation begun = conversations().create("shop", "");
        ask(begun, "orders of Café Müller");
        ask(begun, "revenue by region");
        ask(begun, "Orders without customers AND things");
        assertThat(questions(conversations().search("order", 10)))
                .startsWith("Orders without customers AND things")
                .hasSize(3);
        assertThat(questions(conversations().search("muller cafe", 10))).containsExactly("orders of Café Müller");
        assertThat(questions(conversations().search("reven", 10))).containsExactly("revenue by region");
        assertThat(questions(conversations().search("status count", 1)))
                .as("the SQL, too")
                .hasSize(1);
        assertThat(questions(conversations().search("and", 10))).containsExactly("Orders without customers AND things");
        for (String odd : List.of("", "  ", "\"", "*", "NEAR(", "a\" OR \"b", "-", "ö'; DROP TABLE exchange; --")) {
            assertThat(conversations().search(odd, 10)).as(odd).isEmpty();
        }
    }

    @Test
    void theLastQuestionsOfAllConversationsComeNewestFirst() {
        Conversation one = conversations().create("shop", "one");
        Conversation other = conversations().create("shop", "other");
        for (int i = 0; i < 30; i++) {
            ask(one, "one " + i);
            ask(other, "other " + i);
        }
        List<Past> recent = conversations().recent(50);
        assertThat(questions(recent)).hasSize(50).startsWith("other 29", "one 29", "other 28");
        assertThat(recent.getFirst().conversation().name()).isEqualTo("other");
    }

    @Test
    void pinsStayInOrderAndOnce() {
        Conversation begun = conversations().create("shop", "");
        Pin table = new Pin(Pin.Kind.TABLE, "orders");
        Pin note = new Pin(Pin.Kind.NOTE, "prices are in cents");
        Pin same = new Pin(Pin.Kind.NOTE, "orders");
        for (Pin pin : List.of(table, note, same, table)) {
            conversations().pin(begun.id(), pin);
        }
        assertThat(conversations().pins(begun.id())).containsExactly(table, note, same);
        assertThat(conversations().unpin(begun.id(), note)).isTrue();
        assertThat(conversations().unpin(begun.id(), note)).isFalse();
        assertThat(conversations().pins(begun.id())).containsExactly(table, same);
    }

    @Test
    void aSummaryTakesThePlaceOfTheOneBefore() {
        Conversation begun = conversations().create("shop", "");
        assertThat(conversations().summary(begun.id())).isEmpty();
        conversations().summarise(begun.id(), new Summary("first", 3));
        conversations().summarise(begun.id(), new Summary("second", 7));
        assertThat(conversations().summary(begun.id())).contains(new Summary("second", 7));
    }

    @Test
    void preferencesAreKeptByName() {
        Preferences preferences = store.preferences();
        preferences.put("theme", "light");
        preferences.put("theme", "dark");
        preferences.put("format", "markdown");
        assertThat(preferences.get("theme")).contains("dark");
        assertThat(preferences.all()).containsExactly(Map.entry("format", "markdown"), Map.entry("theme", "dark"));
        assertThat(preferences.remove("theme")).isTrue();
        assertThat(preferences.remove("theme")).isFalse();
        assertThat(preferences.get("theme")).isEmpty();
    }

    @Test
    void mistakesBelongToASchemaAndTheOldestAreForgotten() {
        Mistakes mistakes = store.mistakes();
        for (int i = 0; i < Mistakes.MOST + 5; i++) {
            mistakes.remember("a", new Mistake("q", "SELECT " + i, "no column", "SELECT 1"));
        }
        mistakes.remember("b", new Mistake("q", "SELECT x", "no table", ""));
        mistakes.remember("a", new Mistake("asked again", "SELECT 50", "no column", "SELECT 2"));
        List<Mistake> known = mistakes.about("a", Integer.MAX_VALUE);
        assertThat(known).hasSize(Mistakes.MOST);
        assertThat(known.getFirst()).isEqualTo(new Mistake("asked again", "SELECT 50", "no column", "SELECT 2"));
        assertThat(known).extracting(Mistake::wrong).doesNotHaveDuplicates().doesNotContain("SELECT 0");
        assertThat(mistakes.about("b", 5)).hasSize(1);
        assertThat(mistakes.about("c", 5)).isEmpty();
    }

    @Test
    void countsAreSummedOverDays() {
        LocalDate day = LocalDate.of(2026, 11, 20);
        store.counters().add(day, Map.of("calls", 2L, "tokens", 100L));
        store.counters().add(day, Map.of("calls", 1L));
        store.counters().add(day.plusDays(1), Map.of("calls", 10L));
        assertThat(store.counters().sum(day, day)).isEqualTo(Map.of("calls", 3L, "tokens", 100L));
        assertThat(store.counters().sum(day, day.plusDays(1))).containsEntry("calls", 13L);
        assertThat(store.counters().sum(day.plusDays(1), day)).isEmpty();
    }
}
