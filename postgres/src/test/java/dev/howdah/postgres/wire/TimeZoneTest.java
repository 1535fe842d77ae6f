package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever Java calls a zone, noon in Greenwich must be the same time of day on the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeZoneTest {
    private final OpenWire open = new OpenWire();

    @AfterAll
    void close() {
        open.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Z,                2026-06-15 12:00:00+00",
        "UTC,              2026-06-15 12:00:00+00",
        "UT,               2026-06-15 12:00:00+00",
        "GMT0,             2026-06-15 12:00:00+00",
        "UTC+00:00,        2026-06-15 12:00:00+00",
        "+02:00,           2026-06-15 14:00:00+02",
        "+2,               2026-06-15 14:00:00+02",
        "-03:30,           2026-06-15 08:30:00-03:30",
        "+05:45,           2026-06-15 17:45:00+05:45",
        "+14:00,           2026-06-16 02:00:00+14",
        "-18:00,           2026-06-14 18:00:00-18",
        "GMT+02:00,        2026-06-15 14:00:00+02",
        "UTC-5,            2026-06-15 07:00:00-05",
        "UT+1,             2026-06-15 13:00:00+01",
        "Etc/GMT-2,        2026-06-15 14:00:00+02",
        "Etc/UTC,          2026-06-15 12:00:00+00",
        "Europe/Berlin,    2026-06-15 14:00:00+02",
        "America/St_Johns, 2026-06-15 09:30:00-02:30",
        "EST5EDT,          2026-06-15 08:00:00-04",
    })
    void meansTheSameThereAsHere(String zone, String noon) {
        try (Database database = Database.single(open.profile.withTimeZone(ZoneId.of(zone)));
                Wire wire = new Wire(database)) {
            Collected found = new Collected();
            wire.read(ReadRequest.of("SELECT timestamptz '2026-06-15 12:00:00+00'"), found, new Cancellation());
            assertThat(found.rows.getFirst()).containsExactly(noon);
        }
    }

    @Test
    void anOffsetWithSecondsIsNotTakenThere() {
        assertThatThrownBy(() -> ServerTimeZone.of(ZoneId.of("+01:02:03")))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
    }
}
