package dev.howdah.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** PostgreSQL's own regression statements and their mutants, with the server's verdicts. */
final class Corpus {
    private Corpus() {}

    /** A text and whether the server's parser takes it. */
    record Case(String sql, boolean valid) {
        /** The leading keyword in capitals, behind comments and parentheses. */
        String verb() {
            int at = 0;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (sql.startsWith("--", at)) {
                    int end = sql.indexOf('\n', at);
                    at = end < 0 ? sql.length() : end;
                } else if (sql.startsWith("/*", at)) {
                    at = behindComment(at);
                } else if (Character.isWhitespace(c) || c == '(') {
                    at++;
                } else {
                    break;
                }
            }
            int end = at;
            while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
                end++;
            }
            return sql.substring(at, end).toUpperCase(Locale.ROOT);
        }

        private int behindComment(int open) {
            int depth = 0;
            int at = open;
            do {
                if (sql.startsWith("/*", at)) {
                    depth++;
                    at += 2;
                } else if (sql.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < sql.length());
            return at;
        }

        /** Whether the verdict says nothing: a failed transaction runs ROLLBACK TO, and finds no such savepoint. */
        boolean isUndecided() {
            return !valid && sql.strip().matches("(?is)(--[^\\n]*\\n\\s*)*rollback\\s+to\\s+(savepoint\\s+)?\\w+");
        }
    }

    static List<Case> regress() {
        return read("regress.jsonl.gz");
    }

    static List<Case> mutants() {
        return read("mutants.jsonl.gz");
    }

    /** Statements of our own, one a line, valid and invalid, for what the regression suite does not try. */
    static List<String> own() {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream("own.sql"))) {
            // a line that starts with blanks continues the one before
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n(?! |$)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> read(String name) {
        ObjectMapper json = new ObjectMapper();
        List<Case> cases = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(name));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                cases.add(new Case(node.get("sql").asText(), node.get("valid").asBoolean()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }
}
