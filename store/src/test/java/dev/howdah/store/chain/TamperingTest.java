package dev.howdah.store.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.store.chain.Verification.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to a log from outside is found, and what a crash does is told from it. */
class TamperingTest {
    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void writeTenRecords() throws IOException {
        bench = new Bench(directory);
        bench.write("entry", 10);
    }

    /** What somebody without the key may do to a log of ten records. */
    enum Attack {
        EDIT_A_LETTER(Kind.EDITED, "Record 4 ") {
            @Override
            void spoil(List<String> lines) {
                lines.set(3, lines.get(3).replace("entry 4", "entry 9"));
            }
        },
        EDIT_THE_NUMBER(Kind.EDITED, "Record 40 ") {
            @Override
            void spoil(List<String> lines) {
                lines.set(3, lines.get(3).replace("\"seq\":4", "\"seq\":40"));
            }
        },
        EDIT_THE_SEAL(Kind.EDITED, "Record 4 ") {
            @Override
            void spoil(List<String> lines) {
                String line = lines.get(3);
                lines.set(3, line.replaceAll(".\"}$", line.endsWith("0\"}") ? "1\"}" : "0\"}"));
            }
        },
        EDIT_THE_LAST(Kind.EDITED, "Record 10 ") {
            @Override
            void spoil(List<String> lines) {
                lines.set(9, lines.get(9).replace("entry", "Entry"));
            }
        },
        DELETE_ONE(Kind.MISSING, "Record 4 is missing") {
            @Override
            void spoil(List<String> lines) {
                lines.remove(3);
            }
        },
        DELETE_SEVERAL(Kind.MISSING, "Records 4 to 7 are missing") {
            @Override
            void spoil(List<String> lines) {
                lines.subList(3, 7).clear();
            }
        },
        CUT_THE_BEGINNING(Kind.MISSING, "Records 1 to 3 are missing at the beginning") {
            @Override
            void spoil(List<String> lines) {
                lines.subList(0, 3).clear();
            }
        },
        CUT_THE_END(Kind.MISSING, "Records 9 to 10 are missing at the end") {
            @Override
            void spoil(List<String> lines) {
                lines.subList(8, 10).clear();
            }
        },
        EXCHANGE_NEIGHBOURS(Kind.REORDERED, "Record 4 ") {
            @Override
            void spoil(List<String> lines) {
                Collections.swap(lines, 3, 4);
            }
        },
        MOVE_ONE_TO_THE_END(Kind.REORDERED, "Record 2 ") {
            @Override
            void spoil(List<String> lines) {
                lines.add(lines.remove(1));
            }
        },
        REPEAT_ONE(Kind.REPEATED, "Record 4 ") {
            @Override
            void spoil(List<String> lines) {
                lines.add(6, lines.get(3));
            }
        },
        INSERT_WHAT_IS_NO_RECORD(Kind.EDITED, "audit.jsonl:4 is no record") {
            @Override
            void spoil(List<String> lines) {
                lines.add(3, "{\"seq\":4,\"text\":\"forged\"}");
            }
        },
        INSERT_AN_EMPTY_LINE(Kind.EDITED, "audit.jsonl:4 is no record") {
            @Override
            void spoil(List<String> lines) {
                lines.add(3, "");
            }
        };

        final Kind kind;
        final String said;

        Attack(Kind kind, String said) {
            this.kind = kind;
            this.said = said;
        }

        abstract void spoil(List<String> lines);
    }

    @Test
    void anUntouchedLogIsIntact() throws IOException {
        Verification verification = bench.verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.intact()).isTrue();
        assertThat(verification.records()).isEqualTo(10);
        assertThat(verification.head().sequence()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void anAttackIsFound(Attack attack) throws IOException {
        List<String> lines = new ArrayList<>(bench.lines());
        attack.spoil(lines);
        bench.overwrite(lines);

        Verification verification = bench.verify();

        assertThat(verification.intact()).isFalse();
        assertThat(verification.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(attack.kind);
            assertThat(finding.text()).contains(attack.said);
        });
        // One deed is not made out to be many.
        assertThat(verification.findings()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aChangeOfAnyByteIsFound() throws IOException {
        byte[] original = bench.bytes();
        for (int at = 0; at < original.length; at++) {
            byte[] changed = original.clone();
            changed[at] ^= 1;
            bench.bytes(changed);
            assertThat(bench.verify().intact()).as("byte " + at).isFalse();
        }
        bench.bytes(original);
        assertThat(bench.verify().intact()).isTrue();
    }

    @Test
    void withoutTheNoteOnlyAHeadThatWasNotedElsewhereShowsACut() throws IOException {
        Head head = bench.verify().head();
        bench.overwrite(bench.lines().subList(0, 7));
        Files.delete(bench.files.note());

        Verification alone = bench.verify();
        assertThat(alone.intact()).isTrue();
        assertThat(alone.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.REMARK);
            assertThat(finding.text()).contains("--head");
        });
        assertThat(ChainVerifier.verify(bench.files, bench.key, Optional.of(head))
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.MISSING);
                    assertThat(finding.text()).contains("Records 8 to 10 are missing at the end");
                });
    }

    @Test
    void aHistoryThatIsWrittenAnewWithTheStolenKeyIsFoundByAnOlderHead() throws IOException {
        Head head = bench.verify().head();
        Files.delete(bench.files.log());
        Files.delete(bench.files.note());
        bench.write("forged", 12);

        assertThat(bench.verify().intact()).isTrue();
        assertThat(ChainVerifier.verify(bench.files, bench.key, Optional.of(head))
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.REPLACED);
                    assertThat(finding.text()).contains("Record 10 is not the one");
                });
    }

    @Test
    void anOlderHeadOfTheSameHistoryIsFine() throws IOException {
        Head head = bench.verify().head();
        bench.write("more", 5);
        Verification verification = ChainVerifier.verify(bench.files, bench.key, Optional.of(head));
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.head().sequence()).isEqualTo(15);
    }

    @Test
    void aTamperedNoteIsFound() throws IOException {
        String note = Files.readString(bench.files.note());
        Files.writeString(bench.files.note(), note.replaceFirst("^10:", "9:"));
        assertThat(bench.kinds()).containsExactly(Kind.EDITED);
    }

    @Test
    void anotherKeyIsNamedAsSuch() throws IOException {
        ChainKey other = ChainKey.of("another key altogether");
        Verification verification = ChainVerifier.verify(bench.files, other, Optional.empty());
        assertThat(verification.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Kind.OTHER_KEY));
        assertThat(verification.intact()).isFalse();
    }

    @Test
    void aLogIsNotContinuedWithAnotherKey() {
        assertThatThrownBy(() -> ChainedLog.open(bench.files, ChainKey.of("another key altogether"), bench.options()))
                .isInstanceOfSatisfying(ChainException.class, e -> {
                    assertThat(e).hasMessageContaining("not written with this key");
                    assertThat(e.advice()).contains("audit verify");
                });
    }

    @Test
    void aLogIsNotContinuedWithoutItsKey() throws IOException {
        Files.delete(bench.files.key());
        assertThatThrownBy(() -> ChainedLog.key(bench.files))
                .isInstanceOf(ChainException.class)
                .hasMessageContaining("audit.key");
        assertThat(bench.files.key()).doesNotExist();
    }

    @Test
    void aLogWhoseLastRecordWasChangedIsNotContinued() throws IOException {
        List<String> lines = new ArrayList<>(bench.lines());
        Attack.EDIT_THE_LAST.spoil(lines);
        bench.overwrite(lines);
        assertThatThrownBy(bench::open).isInstanceOf(ChainException.class);
    }

    @Test
    void aLogThatWasReplacedByAnotherOfTheSameLengthIsNotContinued() throws IOException {
        byte[] note = Files.readAllBytes(bench.files.note());
        Files.delete(bench.files.log());
        Files.delete(bench.files.note());
        bench.write("other", 10);
        Files.write(bench.files.note(), note);
        assertThatThrownBy(bench::open)
                .isInstanceOf(ChainException.class)
                .hasMessageContaining("is not the one that was written");
    }

    @Test
    void aLogThatWasCutIsContinuedAfterTheGapAndNeverIntactAgain() throws IOException {
        bench.overwrite(bench.lines().subList(0, 7));
        bench.write("after", 3);

        assertThat(bench.texts()).endsWith("entry 7", "records_missing", "after 1", "after 2", "after 3");
        assertThat(bench.lines().get(7)).contains("\"first\":8,\"last\":10");
        Verification verification = bench.verify();
        assertThat(verification.intact()).isFalse();
        assertThat(verification.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).isEqualTo("Records 8 to 10 are missing."));
        assertThat(verification.head().sequence()).isEqualTo(14);
    }

    @Test
    void aLogThatIsDeletedWhileItIsWrittenToIsContinuedAfterTheGap() throws IOException {
        try (ChainedLog log = bench.open()) {
            log.append(Bench.record("before"), true);
            Files.delete(bench.files.log());
            log.append(Bench.record("after"), true);
        }
        assertThat(bench.texts()).containsExactly("records_missing", "after");
        assertThat(bench.verify().findings())
                .anySatisfy(finding -> assertThat(finding.text()).contains("Records 1 to 11 are missing"));
    }

    @Test
    void aNoteThatCannotBeReadIsRecorded() throws IOException {
        Files.writeString(bench.files.note(), "nonsense");
        bench.write("after", 1);
        assertThat(bench.texts()).endsWith("entry 10", "head_note_unreadable", "after 1");
        assertThat(bench.verify().intact()).isTrue();
    }

    @Test
    void headsAreReadAsTheyAreWritten() {
        Head head = new Head(17, "0123456789abcdef".repeat(4));
        assertThat(Head.parse(head.toString())).contains(head);
        for (String wrong : List.of("", "17", "17:", ":" + head.seal(), "x:" + head.seal(), "17:" + "Z".repeat(64))) {
            assertThat(Head.parse(wrong)).as(wrong).isEmpty();
        }
        assertThat(Head.parse("17:" + "f".repeat(63))).isEmpty();
    }

    /** The JDK's own is the reference, also for keys that are longer than a block. */
    @Test
    void sealsAreHmacSha256() throws IOException {
        byte[] text = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        for (String key : List.of("0123456789abcdef", "k".repeat(64), "k".repeat(131))) {
            assertThat(ChainKey.of(key).seal(text, 0, text.length)).as(key).isEqualTo(reference(key, text));
        }
    }

    private static String reference(String key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keysAreLongEnoughAndNeverShown() {
        assertThatThrownBy(() -> ChainKey.of("  too short  ")).isInstanceOf(ChainException.class);
        assertThat(bench.key.toString()).doesNotContainPattern("[0-9a-f]{16}");
        assertThat(bench.key.digest("a", "b")).hasSize(64).isNotEqualTo(bench.key.digest("b", "b"));
    }
}
