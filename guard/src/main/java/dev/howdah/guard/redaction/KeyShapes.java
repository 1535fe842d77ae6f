package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys, tokens and password hashes that can be told by how they are built, wherever they stand. Stateless. */
final class KeyShapes {
    /** What may follow a prefix. */
    private enum Alphabet {
        TOKEN,
        TOKEN_AND_DOTS,
        HEX,
        CAPITALS
    }

    /** A prefix with what the services say about the rest; a rest without a digit is a word. */
    private record Shape(String prefix, Kind kind, Alphabet alphabet, int least, int most) {}

    private static final int ANY = 512;

    private static final List<Shape> SHAPES = List.of(
            shape("AKIA", Kind.CLOUD_KEY, Alphabet.CAPITALS, 12, 20),
            shape("ASIA", Kind.CLOUD_KEY, Alphabet.CAPITALS, 16, 16),
            shape("AIza", Kind.CLOUD_KEY, Alphabet.TOKEN, 35, 35),
            shape("ya29.", Kind.CLOUD_KEY, Alphabet.TOKEN, 20, ANY),
            shape("GOCSPX-", Kind.CLOUD_KEY, Alphabet.TOKEN, 20, 40),
            shape("ghp_", Kind.CLOUD_KEY, Alphabet.TOKEN, 12, ANY),
            shape("gho_", Kind.CLOUD_KEY, Alphabet.TOKEN, 12, ANY),
            shape("ghu_", Kind.CLOUD_KEY, Alphabet.TOKEN, 12, ANY),
            shape("ghs_", Kind.CLOUD_KEY, Alphabet.TOKEN, 12, ANY),
            shape("ghr_", Kind.CLOUD_KEY, Alphabet.TOKEN, 12, ANY),
            shape("github_pat_", Kind.CLOUD_KEY, Alphabet.TOKEN, 20, ANY),
            shape("sk_live_", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("sk_test_", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("rk_live_", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("rk_test_", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("pk_live_", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("pk_test_", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("whsec_", Kind.CLOUD_KEY, Alphabet.TOKEN, 16, ANY),
            shape("xoxa-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("xoxb-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("xoxe-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("xoxp-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("xoxr-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("xoxs-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("xapp-", Kind.CLOUD_KEY, Alphabet.TOKEN, 10, ANY),
            shape("sk-", Kind.API_KEY, Alphabet.TOKEN, 14, ANY),
            shape("glpat-", Kind.API_KEY, Alphabet.TOKEN, 12, ANY),
            shape("SG.", Kind.API_KEY, Alphabet.TOKEN_AND_DOTS, 30, ANY),
            shape("npm_", Kind.API_KEY, Alphabet.TOKEN, 30, ANY),
            shape("pypi-", Kind.API_KEY, Alphabet.TOKEN, 50, ANY),
            shape("dop_v1_", Kind.API_KEY, Alphabet.HEX, 64, 64),
            shape("hf_", Kind.API_KEY, Alphabet.TOKEN, 30, ANY),
            shape("gsk_", Kind.API_KEY, Alphabet.TOKEN, 20, ANY),
            shape("xai-", Kind.API_KEY, Alphabet.TOKEN, 20, ANY),
            shape("pplx-", Kind.API_KEY, Alphabet.TOKEN, 20, ANY),
            shape("r8_", Kind.API_KEY, Alphabet.TOKEN, 30, ANY),
            shape("shpat_", Kind.API_KEY, Alphabet.HEX, 32, 32),
            shape("shpss_", Kind.API_KEY, Alphabet.HEX, 32, 32),
            shape("shpca_", Kind.API_KEY, Alphabet.HEX, 32, 32),
            shape("sq0atp-", Kind.API_KEY, Alphabet.TOKEN, 20, ANY),
            shape("sq0csp-", Kind.API_KEY, Alphabet.TOKEN, 30, ANY),
            shape("hvs.", Kind.API_KEY, Alphabet.TOKEN, 20, ANY),
            shape("hvb.", Kind.API_KEY, Alphabet.TOKEN, 20, ANY),
            shape("dapi", Kind.API_KEY, Alphabet.HEX, 32, 32),
            shape("lin_api_", Kind.API_KEY, Alphabet.TOKEN, 30, ANY),
            shape("ATATT3", Kind.API_KEY, Alphabet.TOKEN, 50, ANY),
            shape("figd_", Kind.API_KEY, Alphabet.TOKEN, 30, ANY),
            shape("NRAK-", Kind.API_KEY, Alphabet.CAPITALS, 20, 40),
            shape("key-", Kind.API_KEY, Alphabet.HEX, 32, 32),
            shape("md5", Kind.PASSWORD_HASH, Alphabet.HEX, 32, 32));

    private static final Map<Character, List<Shape>> BY_FIRST = byFirst();

    /** What stands between the first dollar signs of a password hash (crypt(5), PHC string format, Django). */
    private static final Set<String> HASH_NAMES = Set.of(
            "1",
            "2a",
            "2b",
            "2x",
            "2y",
            "5",
            "6",
            "7",
            "y",
            "gy",
            "apr1",
            "p",
            "s",
            "h",
            "sha1",
            "argon2",
            "argon2i",
            "argon2d",
            "argon2id",
            "scrypt",
            "pbkdf2",
            "pbkdf2-sha1",
            "pbkdf2-sha256",
            "pbkdf2-sha512",
            "pbkdf2_sha1",
            "pbkdf2_sha256",
            "pbkdf2_sha512",
            "bcrypt",
            "bcrypt_sha256",
            "scram-sha-256",
            "bcrypt-sha256");

    private static final int SHORTEST_HASH = 20;
    private static final int LONGEST_HEADER = 4_096;

    private KeyShapes() {}

    private static Shape shape(String prefix, Kind kind, Alphabet alphabet, int least, int most) {
        return new Shape(prefix, kind, alphabet, least, most);
    }

    private static Map<Character, List<Shape>> byFirst() {
        Map<Character, List<Shape>> shapes = new HashMap<>();
        SHAPES.forEach(shape -> shapes.computeIfAbsent(shape.prefix().charAt(0), c -> new ArrayList<>())
                .add(shape));
        return shapes;
    }

    /** The key that begins here, if one does. */
    static Optional<Finding> at(String text, int start) {
        if (text.startsWith("eyJ", start)) {
            return jwt(text, start);
        }
        for (Shape shape : BY_FIRST.getOrDefault(text.charAt(start), List.of())) {
            if (text.startsWith(shape.prefix(), start)) {
                int end = end(text, start + shape.prefix().length(), shape);
                if (end > start) {
                    return Optional.of(new Finding(start, end, shape.kind()));
                }
            }
        }
        if (Chars.isDigit(text.charAt(start))) {
            return telegram(text, start);
        }
        return text.startsWith("hooks.slack.com/services/", start) ? webhook(text, start) : Optional.empty();
    }

    /** Where the rest of the shape ends, or -1. */
    private static int end(String text, int from, Shape shape) {
        int at = from;
        boolean digit = false;
        // Dots do not end words: without a limit, a text of many beginnings would be read as often.
        int limit = shape.alphabet() == Alphabet.TOKEN_AND_DOTS ? Math.min(text.length(), from + ANY) : text.length();
        while (at < limit && belongs(text.charAt(at), shape.alphabet())) {
            digit |= Chars.isDigit(text.charAt(at));
            at++;
        }
        int length = at - from;
        boolean ended = !Chars.isWord(Chars.at(text, at));
        return digit && ended && length >= shape.least() && (shape.most() == ANY || length <= shape.most()) ? at : -1;
    }

    private static boolean belongs(char c, Alphabet alphabet) {
        return switch (alphabet) {
            case TOKEN -> Chars.isToken(c);
            case TOKEN_AND_DOTS -> Chars.isToken(c) || c == '.';
            case HEX -> Chars.isHex(c);
            case CAPITALS -> Chars.isDigit(c) || (c >= 'A' && c <= 'Z');
        };
    }

    /** A JSON Web Token: its header decodes to JSON that names an algorithm (RFC 7515). */
    private static Optional<Finding> jwt(String text, int start) {
        int header = tokenEnd(text, start);
        int payload = Chars.at(text, header) == '.' ? tokenEnd(text, header + 1) : header;
        if (payload < header + 5 || Chars.at(text, payload) != '.' || !isHeader(text, start, header)) {
            return Optional.empty();
        }
        int end = payload;
        // A signed one has three parts, an encrypted one five.
        for (int part = 2; part < 5 && Chars.at(text, end) == '.'; part++) {
            int next = tokenEnd(text, end + 1);
            if (next == end + 1 && part > 2) {
                break;
            }
            end = next;
        }
        return Optional.of(new Finding(start, end, Kind.JWT));
    }

    private static boolean isHeader(String text, int start, int end) {
        int whole = (end - start) / 4 * 4 + ((end - start) % 4 == 1 ? 0 : (end - start) % 4);
        if (end - start > LONGEST_HEADER) {
            return false;
        }
        byte[] json = Base64.getUrlDecoder().decode(text.substring(start, start + whole));
        String decoded = new String(json, StandardCharsets.UTF_8);
        return decoded.startsWith("{") && (decoded.contains("\"alg\"") || decoded.contains("\"typ\""));
    }

    private static int tokenEnd(String text, int from) {
        int at = from;
        while (at < text.length() && Chars.isToken(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** A Telegram bot's: its number, a colon, 35 characters. */
    private static Optional<Finding> telegram(String text, int start) {
        int colon = start;
        while (colon - start <= 10 && Chars.isDigit(Chars.at(text, colon))) {
            colon++;
        }
        if (colon - start < 8 || Chars.at(text, colon) != ':') {
            return Optional.empty();
        }
        int end = tokenEnd(text, colon + 1);
        return end - colon - 1 == 35 ? Optional.of(new Finding(start, end, Kind.API_KEY)) : Optional.empty();
    }

    private static Optional<Finding> webhook(String text, int start) {
        int at = start + "hooks.slack.com/services/".length();
        while (at < text.length() && (Chars.isToken(text.charAt(at)) || text.charAt(at) == '/')) {
            at++;
        }
        return Optional.of(new Finding(start, at, Kind.CLOUD_KEY));
    }

    /**
     * A password hash that begins at {@code start} and has its first dollar sign after its name at {@code dollar}.
     *
     * @param name where the name begins, behind a leading dollar sign if there is one
     */
    static Optional<Finding> hash(String text, int start, int name, int dollar) {
        if (dollar - name > 13 || dollar == name) {
            return Optional.empty();
        }
        String called = text.substring(name, dollar).toLowerCase(java.util.Locale.ROOT);
        if (!HASH_NAMES.contains(called)) {
            return Optional.empty();
        }
        int end = dollar;
        while (end < text.length() && isHash(text.charAt(end))) {
            end++;
        }
        return end - start >= SHORTEST_HASH
                ? Optional.of(new Finding(start, end, Kind.PASSWORD_HASH))
                : Optional.empty();
    }

    private static boolean isHash(char c) {
        return Chars.isBase64(c) || c == '$' || c == '.' || c == ',' || c == ':' || c == '_' || c == '-';
    }

    /** A client secret of Microsoft's Entra ID, whose fifth and sixth characters are {@code Q~}. */
    static Optional<Finding> entra(String text, int tilde) {
        int start = tilde - 5;
        boolean shape = start >= 0
                && text.charAt(tilde - 1) == 'Q'
                && Chars.isDigit(text.charAt(tilde - 2))
                && !Chars.isWord(Chars.at(text, start - 1));
        if (!shape) {
            return Optional.empty();
        }
        int end = tilde + 1;
        while (end < text.length()
                && end - tilde <= 36
                && (Chars.isToken(text.charAt(end)) || ".~".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        int rest = end - tilde - 1;
        return rest >= 31 && rest <= 34 ? Optional.of(new Finding(start, end, Kind.CLOUD_KEY)) : Optional.empty();
    }
}
