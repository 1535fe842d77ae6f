package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.ColumnNames;
import dev.howdah.base.privacy.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What opens doors, and what the words before it say it is: keys and tokens by their shape, passwords in URLs,
 * assignments, JSON and SQL, private keys, password hashes, dates of birth and passports by their names. Goes over the text
 * once, word by word; every word and every value is read once.
 */
final class SecretScanner {
    private static final Set<String> PASSWORD_ENDS = Set.of("password", "passwd", "passphrase", "passwort", "pwd");
    private static final Set<String> SECRET_ENDS = Set.of("secret", "token", "authorization");
    private static final Set<String> CLOUD_ENDS = Set.of("accesskey", "accountkey", "accesskeysecret");
    private static final Set<String> BIRTH = Set.of(
            "dob", "born", "birth", "birthday", "birthdate", "geboren", "geburtsdatum", "dateofbirth", "nacimiento");
    private static final Set<String> NOTHING = Set.of("null", "none", "true", "false", "undefined", "nil", "nan");

    private final String text;
    private final Findings findings;
    /** The run of characters without blanks and quotes that was measured last, and its last @. */
    private int runEnd = -1;

    private int runLastAt = -1;

    SecretScanner(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    void scan() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int next;
            if (isInWord(c) && c != '-') {
                next = word(i);
            } else if (c == '-' && text.startsWith("-----BEGIN ", i)) {
                next = privateKey(i);
            } else if (c == '$' && !Chars.isWord(Chars.at(text, i - 1))) {
                next = dollar(i);
            } else if (c == '{') {
                next = braces(i);
            } else {
                next = i + 1;
            }
            findings.worked(next - i);
            i = next;
        }
    }

    private static boolean isInWord(char c) {
        return Chars.isWord(c) || c == '-';
    }

    private int add(Optional<Finding> finding, int otherwise) {
        return finding.filter(found -> findings.add(found.start(), found.end(), found.kind()))
                .map(Finding::end)
                .orElse(otherwise);
    }

    private int word(int start) {
        int key = add(KeyShapes.at(text, start), start);
        if (key > start) {
            return key;
        }
        int end = start;
        while (end < text.length() && isInWord(text.charAt(end))) {
            end++;
        }
        char after = Chars.at(text, end);
        if (after == ':' && text.startsWith("://", end)) {
            return credentials(end);
        }
        if (after == '$') {
            return add(KeyShapes.hash(text, start, start, end), end);
        }
        if (after == '~') {
            return add(KeyShapes.entra(text, end), end);
        }
        int next = value(start, end);
        if (next > end) {
            return next;
        }
        return end - start <= 16 ? prose(start, end) : end;
    }

    // ---- what is assigned to a name --------------------------------------------------------------------------------

    private int value(int start, int end) {
        char before = Chars.at(text, start - 1);
        char after = Chars.at(text, end);
        boolean quoted = (before == '"' || before == '\'') && after == before;
        int at = skipBlanks(quoted ? end + 1 : end);
        int sign = at;
        if (text.startsWith("=>", at) || text.startsWith(":=", at)) {
            at += 2;
        } else if (Chars.at(text, at) == '=' || (Chars.at(text, at) == ':' && Chars.at(text, at + 1) != ':')) {
            at += 1;
        }
        if (at == sign || end - start > 128) {
            return end;
        }
        String name = text.substring(start, end);
        Kind kind = secretKind(name);
        if (kind == null && quoted) {
            kind = ColumnNames.kind(name).orElse(null);
        }
        if (kind == null) {
            return end;
        }
        return assigned(skipBlanks(at), kind, end);
    }

    private static @Nullable Kind secretKind(String name) {
        String joined = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        if (PASSWORD_ENDS.stream().anyMatch(joined::endsWith)) {
            return Kind.PASSWORD;
        }
        if (joined.contains("secretaccesskey") || CLOUD_ENDS.stream().anyMatch(joined::endsWith)) {
            return Kind.CLOUD_KEY;
        }
        if (joined.endsWith("apikey")) {
            return Kind.API_KEY;
        }
        if (SECRET_ENDS.stream().anyMatch(joined::endsWith)) {
            return Kind.SECRET;
        }
        return joined.equals("sig") ? Kind.CLOUD_KEY : null;
    }

    /** Takes the value that begins here; returns where to go on, {@code otherwise} if there is none. */
    private int assigned(int from, Kind kind, int otherwise) {
        int at = from;
        if (isStringPrefix(at)) {
            at++;
        }
        char quote = Chars.at(text, at);
        if (quote == '"' || quote == '\'') {
            int end = closing(at + 1, quote);
            int key = add(end > at + 1 ? KeyShapes.at(text, at + 1) : Optional.empty(), at);
            if (key > at) {
                return Math.max(key, end);
            }
            boolean masked = text.startsWith("[", at + 1) && Chars.at(text, end - 1) == ']';
            if (!masked) {
                findings.add(at + 1, end, kind);
            }
            return Math.min(end + 1, text.length());
        }
        if (quote == '[' || quote == '{' || text.startsWith("${", at)) {
            return otherwise;
        }
        int end = at;
        while (end < text.length() && !isValueEnd(text.charAt(end))) {
            end++;
        }
        String value = end - at <= 16 ? text.substring(at, end).toLowerCase(Locale.ROOT) : "";
        if (end == at || NOTHING.contains(value)) {
            return otherwise;
        }
        if (value.equals("bearer") || value.equals("basic")) {
            return at;
        }
        boolean number = !value.isEmpty() && value.chars().allMatch(c -> Chars.isDigit((char) c));
        boolean shortSignature = kind == Kind.CLOUD_KEY && end - at < 16;
        // "tokens": 512 is a count.
        if ((kind == Kind.SECRET && number && value.length() < 6) || shortSignature) {
            return otherwise;
        }
        int key = add(KeyShapes.at(text, at), at);
        if (key > at) {
            return key;
        }
        findings.add(at, end, kind);
        return end;
    }

    private static boolean isValueEnd(char c) {
        return Character.isWhitespace(c) || ",;&)}]\"'<>".indexOf(c) >= 0;
    }

    /** {@code E'…'}, {@code U&'…'} without its ampersand. */
    private boolean isStringPrefix(int at) {
        char c = Chars.at(text, at);
        return "eEuUnN".indexOf(c) >= 0 && c != '\0' && Chars.at(text, at + 1) == '\'';
    }

    /** Where the string ends whose inside begins here: its closing quote, or the end of the text. */
    private int closing(int from, char quote) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                if (quote != '\'' || Chars.at(text, at + 1) != '\'') {
                    return at;
                }
                at++;
            }
            at++;
        }
        return text.length();
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < text.length() && at - from < 4 && Chars.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    // ---- what words say --------------------------------------------------------------------------------------------

    private int prose(int start, int end) {
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "bearer", "basic" -> bearer(end);
            case "password" -> sqlPassword(end);
            case "passport", "passports", "reisepass" -> passport(end);
            default -> isBirth(word) ? add(Dates.after(text, end), end) : end;
        };
    }

    private static boolean isBirth(String word) {
        return BIRTH.contains(word.replace("_", "").replace("-", ""))
                || ColumnNames.kind(word).equals(Optional.of(Kind.DATE_OF_BIRTH));
    }

    private int bearer(int end) {
        int at = skipBlanks(end);
        int from = at;
        boolean telling = false;
        while (at < text.length() && isBearer(text.charAt(at))) {
            telling |= Chars.isDigit(text.charAt(at)) || text.charAt(at) == '=';
            at++;
        }
        boolean token = from > end && telling && at - from >= 6;
        Optional<Finding> key = token ? KeyShapes.at(text, from) : Optional.empty();
        return token ? add(key.or(() -> Optional.of(new Finding(from, lastOf(from), Kind.SECRET))), end) : end;
    }

    private int lastOf(int from) {
        int at = from;
        while (at < text.length() && isBearer(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBearer(char c) {
        return Chars.isBase64(c) || c == '.' || c == '_' || c == '~' || c == '-';
    }

    /** {@code ALTER ROLE … PASSWORD 'x'}. */
    private int sqlPassword(int end) {
        int at = skipBlanks(end);
        if (text.startsWith("U&'", at) || text.startsWith("u&'", at)) {
            at += 2;
        } else if (isStringPrefix(at)) {
            at++;
        }
        return at > end && Chars.at(text, at) == '\'' ? assigned(at, Kind.PASSWORD, end) : end;
    }

    private static final Set<String> PASSPORT_FILLERS = Set.of("no", "nr", "num", "number", "is", "id", "nummer");

    /** {@code passport no. C01X00T47}. */
    private int passport(int end) {
        int at = end;
        for (int words = 0; words < 4; words++) {
            while (at < text.length() && at - end < 32 && " \t.:#=-\"'(".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            int from = at;
            int digits = 0;
            boolean capital = true;
            while (at < text.length() && at - from < 16 && Chars.isAlphanumeric(text.charAt(at))) {
                digits += Chars.isDigit(text.charAt(at)) ? 1 : 0;
                capital &= Chars.isDigit(text.charAt(at)) || Character.isUpperCase(text.charAt(at));
                at++;
            }
            int length = at - from;
            if (capital && digits >= 4 && length >= 6 && length <= 9 && !Chars.isWord(Chars.at(text, at))) {
                findings.add(from, at, Kind.PASSPORT);
                return at;
            }
            if (!PASSPORT_FILLERS.contains(text.substring(from, at).toLowerCase(Locale.ROOT))) {
                return end;
            }
        }
        return end;
    }

    // ---- what begins with a sign -----------------------------------------------------------------------------------

    /** {@code scheme://user:password@host}; the password may hold an unescaped @ or /, so up to the last @ of the word. */
    private int credentials(int colon) {
        int user = colon + 3;
        int at = user;
        while (at < text.length() && at - user < 200 && !isUserEnd(text.charAt(at))) {
            at++;
        }
        if (Chars.at(text, at) != ':' || isPort(at + 1)) {
            return user;
        }
        measureRun(at);
        int last = runLastAt;
        return last > at + 1 && findings.add(at + 1, last, Kind.PASSWORD) ? last : user;
    }

    /** {@code host:5432/path}. */
    private boolean isPort(int from) {
        int at = from;
        while (at - from < 6 && Chars.isDigit(Chars.at(text, at))) {
            at++;
        }
        return at > from && Chars.at(text, at) == '/';
    }

    private static boolean isUserEnd(char c) {
        return Character.isWhitespace(c) || ":/?#@\"'<>".indexOf(c) >= 0;
    }

    /** Once for each run, however many URLs it holds. */
    private void measureRun(int from) {
        if (from < runEnd) {
            return;
        }
        runLastAt = -1;
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "\"'<>".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '@') {
                runLastAt = at;
            }
            at++;
        }
        findings.worked(at - from);
        runEnd = at;
    }

    private int privateKey(int start) {
        int close = text.indexOf("-----", Math.min(text.length(), start + 11));
        int label = start + 11;
        if (close < 0 || close - label > 64 || !text.substring(label, close).contains("PRIVATE KEY")) {
            return label;
        }
        String end = "-----END " + text.substring(label, close) + "-----";
        int last = text.indexOf(end, close);
        int stop = last < 0 ? text.length() : last + end.length();
        findings.add(start, stop, Kind.PRIVATE_KEY);
        return stop;
    }

    private int dollar(int start) {
        int at = start + 1;
        while (at < text.length() && at - start < 16 && isInWord(text.charAt(at))) {
            at++;
        }
        return Chars.at(text, at) == '$' ? add(KeyShapes.hash(text, start, start + 1, at), start + 1) : start + 1;
    }

    /** {@code {SSHA}…} of directories. */
    private int braces(int start) {
        int close = start + 1;
        while (close < text.length() && close - start < 12 && Chars.isWord(text.charAt(close))) {
            close++;
        }
        String scheme = text.substring(start + 1, close).toUpperCase(Locale.ROOT);
        boolean hash = Chars.at(text, close) == '}'
                && Set.of("SSHA", "SHA", "SMD5", "MD5", "CRYPT", "SSHA256", "SSHA512", "BCRYPT", "ARGON2")
                        .contains(scheme);
        int end = close + 1;
        while (hash
                && end < text.length()
                && (Chars.isBase64(text.charAt(end)) || text.charAt(end) == '$' || text.charAt(end) == '.')) {
            end++;
        }
        return hash && end - close > 12 && findings.add(start, end, Kind.PASSWORD_HASH) ? end : start + 1;
    }
}
