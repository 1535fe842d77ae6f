package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.sql.Effect;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is changed between a review and the read: the server itself runs the read only if nothing was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PremiseTest {
    private OpenGuard open;

    @BeforeAll
    void open() {
        open = new OpenGuard();
        open.server.execute("CREATE TABLE public.log (line text)");
        open.server.execute("CREATE TABLE public.things (id int, secret text)");
        open.server.execute("INSERT INTO public.things VALUES (1, 'x'), (2, 'y')");
    }

    @AfterAll
    void close() {
        open.close();
    }

    private Outcome read(Review review) {
        return open.guard.read(review, List.of(), Limits.none(), new Collected(), new Cancellation());
    }

    @Test
    void aFunctionThatWasReplacedAfterTheReviewIsNotCalled() {
        open.server.execute("CREATE FUNCTION public.turned() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        open.review("SELECT public.turned()");
        Review stale = open.review("SELECT public.turned()");
        assertThat(stale.premise()).isPresent();
        open.server.execute("CREATE OR REPLACE FUNCTION public.turned() RETURNS int LANGUAGE sql AS"
                + " 'INSERT INTO public.log VALUES (''turned'') RETURNING 1'");
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> read(stale))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> open.guard.exportCsv(
                        stale, true, Limits.none(), new ByteArrayOutputStream(), new Cancellation()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> open.guard.explain(stale, true, List.of(), Limits.none(), new Cancellation()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
        assertThat(open.review("SELECT public.turned()").effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void anOverloadThatCameAfterTheReviewIsNotCalled() {
        open.server.execute("CREATE FUNCTION public.twice(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 * 2'");
        open.review("SELECT public.twice(2)");
        Review review = open.review("SELECT public.twice(2)");
        open.server.execute("CREATE FUNCTION public.twice(int) RETURNS int LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO public.log VALUES (''twice''); RETURN 1; END'");
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> read(review))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
    }

    @Test
    void aTypeThatCameAfterTheReviewIsNotMade() {
        String sql = "SELECT id::interval_like FROM public.things";
        open.server.execute("CREATE DOMAIN public.interval_like AS int");
        open.review(sql);
        Review review = open.review(sql);
        assertThat(review.premise()).isPresent();
        assertThat(read(review).rows()).isEqualTo(2);
        open.server.execute("CREATE FUNCTION public.act_on(int) RETURNS boolean LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO public.log VALUES (''typed''); RETURN true; END'");
        open.server.execute("ALTER DOMAIN public.interval_like ADD CHECK (public.act_on(VALUE)) NOT VALID");
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> read(review))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
    }

    @Test
    void whatChangedWithoutConsequenceRunsAllTheSame() {
        String sql = "SELECT id FROM public.things ORDER BY id";
        open.review(sql);
        Review review = open.review(sql);
        open.server.execute("ALTER TABLE public.things SET (fillfactor = 90)");
        assertThat(read(review).rows()).isEqualTo(2);
        // And anything else that goes on meanwhile is no change of what is read.
        Review again = open.review(sql);
        open.server.execute("CREATE TABLE public.elsewhere (a int)");
        assertThat(read(again).rows()).isEqualTo(2);
    }

    @Test
    void aViewThatShowsSomethingElseByNowIsForTheCallerToAskAgain() {
        open.server.execute("CREATE VIEW public.shown AS SELECT id::text AS value FROM public.things");
        open.review("SELECT value FROM public.shown");
        Review review = open.review("SELECT value FROM public.shown");
        open.server.execute("CREATE OR REPLACE VIEW public.shown AS SELECT secret AS value FROM public.things");
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> read(review))
                .withMessageContaining("has changed since it was reviewed")
                .satisfies(e -> assertThat(e.hint()).contains("Run it again."));
        assertThat(read(open.review("SELECT value FROM public.shown")).rows()).isEqualTo(2);
    }

    @Test
    void aPersonsOwnDivisionByZeroIsTheirs() {
        Review review = open.review("SELECT 1 / (count(*) - 2) FROM public.things");
        assertThatExceptionOfType(HowdahException.class)
                .isThrownBy(() -> read(review))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER));
    }

    @Test
    void aRepeatedReadIsPlannedOnceAndLeavesNothingThatCounts() {
        String sql = "SELECT count(*) FROM public.things WHERE id > 0";
        for (int i = 0; i < 5; i++) {
            assertThat(read(open.review(sql)).rows()).isEqualTo(1);
        }
        // The session is reset after functions that did not come with PostgreSQL: what was prepared is gone, and made
        // anew.
        open.server.execute("CREATE FUNCTION public.one() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        for (int i = 0; i < 5; i++) {
            assertThat(read(open.review("SELECT public.one()")).rows()).isEqualTo(1);
            assertThat(read(open.review(sql)).rows()).isEqualTo(1);
        }
    }
}
