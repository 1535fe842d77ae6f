package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {
    private static final ValueType.Context CONTEXT = new ValueType.Context(
            "x", new Environment(Map.of(), Path.of("/home/a"), Path.of("/w"), OperatingSystem.LINUX), Path.of("/base"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "shop.orders; *.*.ssn | shop.orders; *.*.ssn | shop.orders; *.*.ssn",
                "shop.orders          | shop.orders          | shop.orders",
                "orders               | -                    | -",
                "shop.net(numeric, int); server far | -      | shop.net(numeric, int); server far",
                "pg_catalog.pg_stat_activity.query  | pg_catalog.pg_stat_activity.query |"
                        + " pg_catalog.pg_stat_activity.query",
                "net(numeric)         | -                    | -"
            })
    void objects(String text, String objects, String trusted) {
        for (ValueType<List<String>> type : List.of(ValueType.objects(), ValueType.trusted())) {
            List<String> entries = type.parse(text, CONTEXT);
            String expected = type.allowed().startsWith("functions") ? trusted : objects;
            assertThat(entries == null ? null : type.show(entries)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "30, 30000, 30s",
                "30s, 30000, 30s",
                "500ms, 500, 500ms",
                "5m, 300000, 5m",
                "5min, 300000, 5m",
                "2h, 7200000, 2h",
                "1d, 86400000, 1d",
                "90 s, 90000, 90s",
                "0, 0, 0s",
                "120, 120000, 2m",
                "'', -, -",
                "s, -, -",
                "-1, -, -",
                "1.5s, -, -",
                "1w, -, -",
                "1 2, -, -",
                "9999999999999, -, -",
                "999999999d, -, -",
            })
    void durations(String text, Long millis, String shown) {
        ValueType<Duration> type = ValueType.duration(Duration.ZERO, Duration.ofDays(365));
        Duration duration = type.parse(text, CONTEXT);

        assertThat(duration == null ? null : duration.toMillis()).isEqualTo(millis);
        assertThat(duration == null ? null : type.show(duration)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "10MB, 10485760, 10MB",
                "10 MB, 10485760, 10MB",
                "512kB, 524288, 512kB",
                "1024, 1024, 1kB",
                "1GB, 1073741824, 1GB",
                "1GiB, 1073741824, 1GB",
                "7, 7, 7B",
                "7B, 7, 7B",
                "1024kB, 1048576, 1MB",
                "'', -, -",
                "MB, -, -",
                "-1, -, -",
                "1TB, -, -",
                "1.5MB, -, -",
                "2GB, -, -",
                "99999999999999999999, -, -",
                "999999999GB, -, -",
            })
    void sizes(String text, Long bytes, String shown) {
        ValueType<Long> type = ValueType.size(0, 1L << 30);
        Long size = type.parse(text, CONTEXT);

        assertThat(size).isEqualTo(bytes);
        assertThat(size == null ? null : type.show(size)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"~, /home/a", "~/x, /home/a/x", "x, /base/x", "../x, /x", "/x, /x"})
    void paths(String text, Path path) {
        assertThat(ValueType.path().parse(text, CONTEXT)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"none, 5, 1", "5, none, -1", "none, none, 0", "4, 5, -1", "NONE, 1, 1"})
    void noLimitIsTheHighest(String a, String b, int order) {
        var type = ValueType.limit(ValueType.number(1, 10));

        assertThat(type.compare(
                        Objects.requireNonNull(type.parse(a, CONTEXT)), Objects.requireNonNull(type.parse(b, CONTEXT))))
                .isEqualTo(order);
    }

    @Test
    void textHasNoControlCharacters() {
        assertThat(ValueType.text().parse("a\u001bb", CONTEXT)).isNull();
        assertThat(ValueType.path().parse("a\u0000b", CONTEXT)).isNull();
    }
}
