package dev.howdah.base.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a value is that should not travel: it identifies a person, or it opens a door. */
public enum Kind {
    EMAIL(false),
    PHONE(false),
    /** A person's number with a state: social security, tax, national identity. */
    SSN(false),
    /** A payment card's number or security code. */
    CARD(false),
    IBAN(false),
    /** A bank account in another form than IBAN. */
    ACCOUNT(false),
    IP(false),
    DATE_OF_BIRTH(false),
    /** A passport, identity card or driving licence. */
    PASSPORT(false),
    API_KEY(true),
    CLOUD_KEY(true),
    JWT(true),
    PRIVATE_KEY(true),
    PASSWORD(true),
    PASSWORD_HASH(true),
    /** Tokens, answers, one-time codes. */
    SECRET(true),
    /** A person's name; only where somebody says so. */
    NAME(false),
    /** Where somebody lives; only where somebody says so. */
    ADDRESS(false),
    /** Diagnoses, biometrics. */
    HEALTH(false),
    /** Whatever else somebody marked. */
    PERSONAL(false);

    private static final Map<String, Kind> OTHER_WORDS = Map.ofEntries(
            Map.entry("mail", EMAIL),
            Map.entry("e_mail", EMAIL),
            Map.entry("telephone", PHONE),
            Map.entry("tel", PHONE),
            Map.entry("mobile", PHONE),
            Map.entry("national_id", SSN),
            Map.entry("tax_id", SSN),
            Map.entry("credit_card", CARD),
            Map.entry("card_number", CARD),
            Map.entry("bank_account", ACCOUNT),
            Map.entry("ip_address", IP),
            Map.entry("dob", DATE_OF_BIRTH),
            Map.entry("birthday", DATE_OF_BIRTH),
            Map.entry("birthdate", DATE_OF_BIRTH),
            Map.entry("birth_date", DATE_OF_BIRTH),
            Map.entry("token", SECRET),
            Map.entry("key", API_KEY),
            Map.entry("apikey", API_KEY),
            Map.entry("hash", PASSWORD_HASH),
            Map.entry("health", HEALTH),
            Map.entry("medical", HEALTH),
            Map.entry("sensitive", PERSONAL),
            Map.entry("pii", PERSONAL),
            Map.entry("other", PERSONAL));

    private final boolean secret;

    Kind(boolean secret) {
        this.secret = secret;
    }

    /** Whether it opens a door: nobody but its owner has a use for it. */
    public boolean isSecret() {
        return secret;
    }

    /** The word for it in texts, tags and settings: {@code date_of_birth}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that people call this, in any case, with blanks or hyphens for underscores. */
    public static Optional<Kind> parse(String word) {
        String wanted = word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(wanted))
                .findFirst()
                .or(() -> Optional.ofNullable(OTHER_WORDS.get(wanted)));
    }

    /** All words, in the order of the kinds. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
