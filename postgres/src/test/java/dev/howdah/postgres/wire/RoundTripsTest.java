package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.CountingProxy;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.SessionLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How often a read waits for the server: what a person far away from it feels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripsTest {
    private final OpenWire open = new OpenWire();
    private final CountingProxy proxy;
    private final Database database;
    private final Wire wire;

    RoundTripsTest() throws IOException {
        proxy = new CountingProxy(open.server.host(), open.server.port());
        database = Database.single(Profile.of(
                "127.0.0.1", proxy.port(), open.server.database(), open.server.user(), open.server.password()));
        wire = new Wire(database);
        database.connect(new Cancellation());
    }

    @AfterAll
    void close() throws IOException {
        wire.close();
        database.close();
        proxy.close();
        open.close();
    }

    private long roundTrips(Runnable work) {
        long before = proxy.roundTrips();
        work.run();
        return proxy.roundTrips() - before;
    }

    private long read(ReadRequest request) {
        return roundTrips(() -> wire.read(request, new Collected(), new Cancellation()));
    }

    @Test
    void aSmallReadTakesTwo() {
        assertThat(read(ReadRequest.of("SELECT 1"))).isEqualTo(2);
        assertThat(read(ReadRequest.of("SELECT $1::int + g FROM generate_series(1, 10) g")
                        .withParameters(List.of("1"))
                        .withPins(Pins.standard().withSearchPath(List.of("public")))))
                .isEqualTo(2);
    }

    @Test
    void aLongOneTakesOneMoreForEachFetch() {
        assertThat(read(ReadRequest.of("SELECT generate_series(1, 100)"))).isEqualTo(3);
    }

    @Test
    void aStatementThatFailsTakesTwo() {
        assertThat(roundTrips(() -> assertThat(org.assertj.core.api.Assertions.catchThrowable(
                                () -> wire.read(ReadRequest.of("SELECT 1/0"), new Collected(), new Cancellation())))
                        .isNotNull()))
                .isEqualTo(2);
    }

    @Test
    void anExportAndAPlanTakeThreeAndTwo() {
        assertThat(roundTrips(() -> wire.copyOut(
                        CopyRequest.of("SELECT 1", CopyFormat.CSV),
                        OutputStream.nullOutputStream(),
                        new Cancellation())))
                .isEqualTo(3);
        assertThat(roundTrips(() -> wire.explain(ExplainRequest.of("SELECT 1"), new Cancellation())))
                .isEqualTo(2);
        assertThat(roundTrips(() -> wire.show("work_mem", new Collected(), new Cancellation())))
                .isEqualTo(2);
    }

    @Test
    void aLimitOfCostTakesOneMore() {
        Pins pins = Pins.standard().withLimits(SessionLimits.standard().withCost(Optional.of(1e9)));
        assertThat(read(ReadRequest.of("SELECT 1").withPins(pins))).isEqualTo(3);
    }
}
