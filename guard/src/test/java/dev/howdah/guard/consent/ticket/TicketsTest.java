package dev.howdah.guard.consent.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.consent.Terms;
import dev.howdah.store.events.HistoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tickets as requesters, approvers and those who race them see them. */
@Timeout(120)
class TicketsTest {
    /** In CI a few; `-Dhowdah.races=10000` for the long run. */
    private static final int RACES = Integer.getInteger("howdah.races", 200);

    @TempDir
    private Path directory;

    private final KeyPair ann = pair();
    private final KeyPair bob = pair();
    private final KeyPair cyd = pair();
    private final AtomicInteger next = new AtomicInteger();
    private Instant now = Instant.parse("2026-12-01T10:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tickets tickets() {
        return tickets("MEDIUM/1000/1, HIGH/10000/1, CRITICAL/all/2", "");
    }

    private Tickets tickets(String levels, String delegations) {
        ApprovalRules rules = new ApprovalRules(
                ApprovalRules.levels(levels),
                List.of(
                        new Approver("ann", 1, ann.getPublic()),
                        new Approver("bob", 2, bob.getPublic()),
                        new Approver("cyd", 3, cyd.getPublic())),
                ApprovalRules.delegations(delegations),
                Duration.ofHours(24),
                Duration.ofHours(1));
        return new Tickets(
                new HistoryFiles(directory.resolve("tickets")),
                rules,
                clock,
                () -> "T" + next.incrementAndGet(),
                Audit.off());
    }

    private static Terms terms(long rows) {
        return terms("UPDATE orders SET status = 'paid'", rows);
    }

    private static Terms terms(String sql, long rows) {
        return new Terms(
                List.of(sql),
                List.of(List.of()),
                "db:5432/shop",
                "app",
                "schema-1",
                new TreeMap<>(Map.of("public.orders", rows)),
                true);
    }

    private Ticket ask(Tickets tickets, String risk, long rows) {
        return tickets.create(
                new Tickets.Request(terms(rows), risk, rows, rows + " rows of orders", "agent", "month end"));
    }

    private Decision yes(Ticket ticket, String name, KeyPair key) {
        return Decision.signed(ticket, true, false, name, "fine", now, key.getPrivate());
    }

    @Test
    void anApprovedTicketIsRedeemedOnceForWhatWasReviewed() {
        Tickets tickets = tickets();
        Ticket ticket = ask(tickets, "MEDIUM", 100);
        assertThat(tickets.redeem(ticket.id(), terms(100))).isFalse();
        assertThat(tickets.decide(yes(ticket, "ann", ann)).state()).isEqualTo(TicketState.APPROVED);
        assertThat(tickets.redeem(ticket.id(), terms("DELETE FROM orders", 100)))
                .isFalse();
        assertThat(tickets.redeem(ticket.id(), terms(101))).as("more rows").isFalse();
        assertThat(tickets.redeem("T999", terms(100))).isFalse();
        assertThat(tickets.redeem(ticket.id(), terms(99))).as("fewer rows").isTrue();
        assertThat(tickets.redeem(ticket.id(), terms(99))).as("twice").isFalse();
        assertThat(tickets().redeem(ticket.id(), terms(99))).as("after a crash").isFalse();
        assertThat(tickets.executed(ticket.id(), true, "99 rows").state()).isEqualTo(TicketState.EXECUTED);
        assertThat(tickets.get(ticket.id()).timeline()).hasSize(4);
    }

    @Test
    void whatIsNotAnApproversOwnSignatureDoesNotCount() {
        Tickets tickets = tickets();
        Ticket ticket = ask(tickets, "MEDIUM", 100);
        assertThatThrownBy(() -> tickets.decide(yes(ticket, "ann", bob))).hasMessageContaining("signature");
        assertThatThrownBy(() -> tickets.decide(yes(ticket, "eve", pair()))).hasMessageContaining("no approver");
        Decision other = yes(ask(tickets, "MEDIUM", 100), "ann", ann);
        Decision moved = new Decision(
                ticket.id(), other.digest(), true, false, "ann", other.comment(), other.at(), other.signature());
        assertThatThrownBy(() -> tickets.decide(moved)).isInstanceOf(HowdahException.class);
        now = now.plus(Duration.ofMinutes(11));
        Decision old = Decision.signed(ticket, true, false, "ann", "", now.minusSeconds(900), ann.getPrivate());
        assertThatThrownBy(() -> tickets.decide(old)).hasMessageContaining("ten minutes");
        assertThat(tickets.get(ticket.id()).state()).isEqualTo(TicketState.PENDING);
    }

    @Test
    void nobodyApprovesTheirOwnRequest() {
        Tickets tickets = tickets();
        Ticket own = tickets.create(new Tickets.Request(terms(1), "LOW", 1, "1 row", "ann", "mine"));
        assertThatThrownBy(() -> tickets.decide(yes(own, "ann", ann))).hasMessageContaining("themselves");
        assertThat(tickets.decide(yes(own, "bob", bob)).state()).isEqualTo(TicketState.APPROVED);
    }

    @Test
    void theLevelFollowsFromRiskAndRows() {
        ApprovalRules rules = tickets().rules();
        assertThat(rules.level("LOW", 999)).isEqualTo(1);
        assertThat(rules.level("LOW", 1_000)).isEqualTo(2);
        assertThat(rules.level("HIGH", 5)).isEqualTo(2);
        assertThat(rules.level("HIGH", 10_000)).isEqualTo(3);
        assertThat(rules.level("CRITICAL", 1)).isEqualTo(3);
        Tickets tickets = tickets();
        Ticket high = ask(tickets, "HIGH", 100);
        assertThatThrownBy(() -> tickets.decide(yes(high, "ann", ann))).hasMessageContaining("Level 2");
        assertThat(tickets.decide(yes(high, "bob", bob)).state()).isEqualTo(TicketState.APPROVED);
    }

    @Test
    void twoSeniorsOverrideInAnEmergencyAndOneDoesNot() {
        Tickets tickets = tickets();
        Ticket critical = ask(tickets, "CRITICAL", 100);
        Decision first = Decision.signed(critical, true, true, "bob", "on fire", now, bob.getPrivate());
        assertThat(tickets.decide(first).state()).isEqualTo(TicketState.PENDING);
        assertThat(tickets.redeem(critical.id(), terms(100))).isFalse();
        assertThatThrownBy(() -> tickets.decide(first)).hasMessageContaining("decided already");
        Decision junior = Decision.signed(critical, true, true, "ann", "on fire", now, ann.getPrivate());
        assertThatThrownBy(() -> tickets.decide(junior)).hasMessageContaining("Level 2");
        Decision second = Decision.signed(critical, true, true, "cyd", "on fire", now, cyd.getPrivate());
        assertThat(tickets.decide(second).state()).isEqualTo(TicketState.APPROVED);
        assertThat(tickets.redeem(critical.id(), terms(100))).isTrue();
    }

    @Test
    void aDelegateDecidesOnTheDaysOfTheDelegation() {
        String days = "cyd>ann:" + LocalDate.of(2026, 12, 1) + ".." + LocalDate.of(2026, 12, 2);
        Tickets tickets = tickets("MEDIUM/1000/1, HIGH/10000/1, CRITICAL/all/1", days);
        Ticket today = ask(tickets, "CRITICAL", 1);
        assertThat(tickets.decide(yes(today, "ann", ann)).state()).isEqualTo(TicketState.APPROVED);
        now = now.plus(Duration.ofDays(2));
        Ticket later = ask(tickets, "CRITICAL", 1);
        assertThatThrownBy(() -> tickets.decide(yes(later, "ann", ann))).hasMessageContaining("Level 3");
    }

    @Test
    void timeEscalatesAndEndsTickets() {
        Tickets tickets = tickets();
        Ticket ticket = ask(tickets, "LOW", 1);
        Ticket approved = ask(tickets, "LOW", 1);
        tickets.decide(yes(approved, "ann", ann));
        now = now.plus(Duration.ofHours(1));
        assertThat(tickets.get(ticket.id()).state()).isEqualTo(TicketState.ESCALATED);
        assertThat(tickets.get(ticket.id()).level()).isEqualTo(2);
        now = now.plus(Duration.ofHours(23));
        assertThat(tickets.get(ticket.id()).state()).isEqualTo(TicketState.EXPIRED);
        assertThat(tickets.redeem(approved.id(), terms(1))).isFalse();
        assertThatThrownBy(() -> tickets.decide(yes(ticket, "bob", bob))).hasMessageContaining("EXPIRED");
    }

    @Test
    void deniedRevokedAndCancelledAreEnds() {
        Tickets tickets = tickets();
        Ticket denied = ask(tickets, "LOW", 1);
        tickets.decide(Decision.signed(denied, false, false, "ann", "no", now, ann.getPrivate()));
        assertThatThrownBy(() -> tickets.decide(yes(denied, "bob", bob))).hasMessageContaining("DENIED");
        Ticket revoked = ask(tickets, "LOW", 1);
        tickets.decide(yes(revoked, "ann", ann));
        tickets.revoke(revoked.id(), "bob", "not today");
        assertThat(tickets.redeem(revoked.id(), terms(1))).isFalse();
        Ticket cancelled = tickets.cancel(ask(tickets, "LOW", 1).id(), "agent", "no need");
        assertThatThrownBy(() -> tickets.escalate(cancelled.id(), "agent", "why"))
                .hasMessageContaining("CANCELLED");
        assertThat(tickets.usualWait()).contains(Duration.ZERO);
    }

    @Test
    void whoWritesIntoTheStoreCannotApprove() throws IOException {
        Tickets tickets = tickets();
        Ticket ticket = ask(tickets, "MEDIUM", 100);
        Decision forged = yes(ticket, "ann", bob);
        Files.writeString(
                directory.resolve("tickets").resolve(ticket.id()).resolve("000001.json"),
                TicketEvent.of("approved", now, "ann").with(forged).line());
        assertThat(tickets.get(ticket.id()).state()).isEqualTo(TicketState.APPROVED);
        assertThat(tickets.redeem(ticket.id(), terms(100))).isFalse();
    }

    @Test
    void onlyLegalStatesFollow() {
        for (TicketState state : TicketState.values()) {
            assertThat(state.next()).doesNotContain(TicketState.PENDING);
            if (state.next().isEmpty()) {
                assertThat(state.isOpen()).isFalse();
            }
        }
        assertThat(TicketState.EXECUTING.next()).containsExactlyInAnyOrder(TicketState.EXECUTED, TicketState.FAILED);
    }

    @Test
    void ofTwoThatRaceExactlyOneDecidesAndExactlyOneExecutes() throws Exception {
        Tickets one = tickets();
        Tickets other = tickets();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int race = 0; race < RACES; race++) {
                Ticket ticket = ask(one, "LOW", 1);
                Decision yes = yes(ticket, "ann", ann);
                Decision no = Decision.signed(ticket, false, false, "bob", "no", now, bob.getPrivate());
                CountDownLatch start = new CountDownLatch(1);
                Future<Boolean> approves = threads.submit(() -> decides(one, yes, start));
                Future<Boolean> denies = threads.submit(() -> decides(other, no, start));
                start.countDown();
                assertThat(approves.get() ^ denies.get()).as("exactly one").isTrue();
                TicketState state = one.get(ticket.id()).state();
                assertThat(state).isEqualTo(approves.get() ? TicketState.APPROVED : TicketState.DENIED);
                if (state == TicketState.APPROVED) {
                    CountDownLatch again = new CountDownLatch(1);
                    Future<Boolean> first = threads.submit(() -> redeems(one, ticket, again));
                    Future<Boolean> second = threads.submit(() -> redeems(other, ticket, again));
                    again.countDown();
                    assertThat(first.get() ^ second.get()).as("exactly one").isTrue();
                }
            }
        }
    }

    private static boolean decides(Tickets tickets, Decision decision, CountDownLatch start)
            throws InterruptedException {
        start.await();
        try {
            tickets.decide(decision);
            return true;
        } catch (HowdahException e) {
            return false;
        }
    }

    private static boolean redeems(Tickets tickets, Ticket ticket, CountDownLatch start) throws InterruptedException {
        start.await();
        return tickets.redeem(ticket.id(), terms(1));
    }
}
