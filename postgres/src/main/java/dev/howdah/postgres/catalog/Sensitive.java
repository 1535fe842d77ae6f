package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognises columns whose values nobody should keep a copy of: secrets and what identifies a person to an office. */
final class Sensitive {
    private static final Set<String> WORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "secrets",
            "token",
            "tokens",
            "ssn",
            "iban",
            "bic",
            "swift",
            "cvv",
            "cvc",
            "pin",
            "hash",
            "salt",
            "apikey",
            "credential",
            "credentials",
            "signature",
            "passport",
            "email",
            "mail",
            "phone",
            "mobile",
            "fax",
            "telephone",
            "otp",
            "totp",
            "cookie",
            "fingerprint",
            "biometric",
            "diagnosis");

    /** Harmless apart. */
    private static final List<Set<String>> TOGETHER = List.of(
            Set.of("card", "number"),
            Set.of("card", "no"),
            Set.of("credit", "card"),
            Set.of("account", "number"),
            Set.of("bank", "account"),
            Set.of("routing", "number"),
            Set.of("api", "key"),
            Set.of("private", "key"),
            Set.of("access", "key"),
            Set.of("social", "security"),
            Set.of("national", "id"),
            Set.of("tax", "id"),
            Set.of("tax", "number"),
            Set.of("license", "number"),
            Set.of("licence", "number"),
            Set.of("session", "id"));

    /** Written as one word, too. */
    private static final List<String> PARTS = List.of(
            "password", "passwd", "secret", "creditcard", "cardnumber", "accesstoken", "privatekey", "emailaddress");

    private Sensitive() {}

    /** By its name, or because its comment begins with {@code PII} or {@code Sensitive}. */
    static boolean isSensitive(Column column) {
        Set<String> words = Set.copyOf(NameWords.of(column.name()));
        String joined = String.join("", NameWords.of(column.name()));
        String comment = column.comment().orElse("").strip().toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(WORDS::contains)
                || TOGETHER.stream().anyMatch(words::containsAll)
                || PARTS.stream().anyMatch(joined::contains)
                || comment.matches("(?s)(pii|sensitive)\\b.*");
    }
}
