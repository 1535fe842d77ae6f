package dev.howdah.base.privacy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that name kinds of values. */
final class NamedKinds {
    private static final Map<String, Kind> WORDS = Map.ofEntries(
            Map.entry("email", Kind.EMAIL),
            Map.entry("emails", Kind.EMAIL),
            Map.entry("mail", Kind.EMAIL),
            Map.entry("phone", Kind.PHONE),
            Map.entry("phones", Kind.PHONE),
            Map.entry("telephone", Kind.PHONE),
            Map.entry("tel", Kind.PHONE),
            Map.entry("mobile", Kind.PHONE),
            Map.entry("cellphone", Kind.PHONE),
            Map.entry("msisdn", Kind.PHONE),
            Map.entry("fax", Kind.PHONE),
            Map.entry("whatsapp", Kind.PHONE),
            Map.entry("telefon", Kind.PHONE),
            Map.entry("handynummer", Kind.PHONE),
            Map.entry("ssn", Kind.SSN),
            Map.entry("nino", Kind.SSN),
            Map.entry("itin", Kind.SSN),
            Map.entry("tin", Kind.SSN),
            Map.entry("iban", Kind.IBAN),
            Map.entry("bban", Kind.ACCOUNT),
            Map.entry("bic", Kind.ACCOUNT),
            Map.entry("swift", Kind.ACCOUNT),
            Map.entry("cvv", Kind.CARD),
            Map.entry("cvc", Kind.CARD),
            Map.entry("ccn", Kind.CARD),
            Map.entry("creditcard", Kind.CARD),
            Map.entry("ip", Kind.IP),
            Map.entry("ipaddr", Kind.IP),
            Map.entry("ipaddress", Kind.IP),
            Map.entry("dob", Kind.DATE_OF_BIRTH),
            Map.entry("birthday", Kind.DATE_OF_BIRTH),
            Map.entry("birthdate", Kind.DATE_OF_BIRTH),
            Map.entry("birthdt", Kind.DATE_OF_BIRTH),
            Map.entry("geburtsdatum", Kind.DATE_OF_BIRTH),
            Map.entry("passport", Kind.PASSPORT),
            Map.entry("passports", Kind.PASSPORT),
            Map.entry("passportno", Kind.PASSPORT),
            Map.entry("jwt", Kind.JWT),
            Map.entry("apikey", Kind.API_KEY),
            Map.entry("password", Kind.PASSWORD),
            Map.entry("passwords", Kind.PASSWORD),
            Map.entry("passwd", Kind.PASSWORD),
            Map.entry("passphrase", Kind.PASSWORD),
            Map.entry("passcode", Kind.PASSWORD),
            Map.entry("passwort", Kind.PASSWORD),
            Map.entry("pwd", Kind.PASSWORD),
            Map.entry("pin", Kind.PASSWORD),
            Map.entry("pwhash", Kind.PASSWORD_HASH),
            Map.entry("passhash", Kind.PASSWORD_HASH),
            Map.entry("salt", Kind.PASSWORD_HASH),
            Map.entry("secret", Kind.SECRET),
            Map.entry("secrets", Kind.SECRET),
            Map.entry("token", Kind.SECRET),
            Map.entry("tokens", Kind.SECRET),
            Map.entry("otp", Kind.SECRET),
            Map.entry("totp", Kind.SECRET),
            Map.entry("credential", Kind.SECRET),
            Map.entry("credentials", Kind.SECRET),
            Map.entry("cookie", Kind.SECRET),
            Map.entry("biometric", Kind.HEALTH),
            Map.entry("diagnosis", Kind.HEALTH));

    private record Together(Set<String> words, Kind kind) {}

    /** Harmless apart. */
    private static final List<Together> TOGETHER = List.of(
            new Together(Set.of("password", "hash"), Kind.PASSWORD_HASH),
            new Together(Set.of("passwd", "hash"), Kind.PASSWORD_HASH),
            new Together(Set.of("pwd", "hash"), Kind.PASSWORD_HASH),
            new Together(Set.of("pw", "hash"), Kind.PASSWORD_HASH),
            new Together(Set.of("password", "digest"), Kind.PASSWORD_HASH),
            new Together(Set.of("encrypted", "password"), Kind.PASSWORD_HASH),
            new Together(Set.of("hashed", "password"), Kind.PASSWORD_HASH),
            new Together(Set.of("birth", "date"), Kind.DATE_OF_BIRTH),
            new Together(Set.of("date", "of", "birth"), Kind.DATE_OF_BIRTH),
            new Together(Set.of("birth", "day"), Kind.DATE_OF_BIRTH),
            new Together(Set.of("born", "on"), Kind.DATE_OF_BIRTH),
            new Together(Set.of("card", "number"), Kind.CARD),
            new Together(Set.of("card", "no"), Kind.CARD),
            new Together(Set.of("card", "num"), Kind.CARD),
            new Together(Set.of("card", "pan"), Kind.CARD),
            new Together(Set.of("credit", "card"), Kind.CARD),
            new Together(Set.of("debit", "card"), Kind.CARD),
            new Together(Set.of("cc", "number"), Kind.CARD),
            new Together(Set.of("account", "number"), Kind.ACCOUNT),
            new Together(Set.of("bank", "account"), Kind.ACCOUNT),
            new Together(Set.of("routing", "number"), Kind.ACCOUNT),
            new Together(Set.of("sort", "code"), Kind.ACCOUNT),
            new Together(Set.of("api", "key"), Kind.API_KEY),
            new Together(Set.of("access", "key"), Kind.CLOUD_KEY),
            new Together(Set.of("private", "key"), Kind.PRIVATE_KEY),
            new Together(Set.of("encryption", "key"), Kind.SECRET),
            new Together(Set.of("signing", "key"), Kind.SECRET),
            new Together(Set.of("social", "security"), Kind.SSN),
            new Together(Set.of("national", "id"), Kind.SSN),
            new Together(Set.of("national", "insurance"), Kind.SSN),
            new Together(Set.of("tax", "id"), Kind.SSN),
            new Together(Set.of("tax", "number"), Kind.SSN),
            new Together(Set.of("cell", "number"), Kind.PHONE),
            new Together(Set.of("driver", "license"), Kind.PASSPORT),
            new Together(Set.of("drivers", "license"), Kind.PASSPORT),
            new Together(Set.of("driving", "licence"), Kind.PASSPORT),
            new Together(Set.of("license", "number"), Kind.PASSPORT),
            new Together(Set.of("licence", "number"), Kind.PASSPORT),
            new Together(Set.of("session", "id"), Kind.SECRET),
            new Together(Set.of("mfa", "code"), Kind.SECRET),
            new Together(Set.of("recovery", "code"), Kind.SECRET));

    private record Part(String text, Kind kind) {}

    /** Written as one word, too. */
    private static final List<Part> PARTS = List.of(
            new Part("passwordhash", Kind.PASSWORD_HASH),
            new Part("password", Kind.PASSWORD),
            new Part("passwd", Kind.PASSWORD),
            new Part("secret", Kind.SECRET),
            new Part("creditcard", Kind.CARD),
            new Part("cardnumber", Kind.CARD),
            new Part("accesstoken", Kind.SECRET),
            new Part("refreshtoken", Kind.SECRET),
            new Part("privatekey", Kind.PRIVATE_KEY),
            new Part("emailaddress", Kind.EMAIL),
            new Part("phonenumber", Kind.PHONE),
            new Part("dateofbirth", Kind.DATE_OF_BIRTH),
            new Part("birthdate", Kind.DATE_OF_BIRTH),
            new Part("socialsecurity", Kind.SSN));

    /** Longer words that hold one of the parts by chance. */
    private static final Set<String> OTHERS = Set.of("secretary", "secretariat");

    private NamedKinds() {}

    static @Nullable Kind of(List<String> words) {
        if (words.contains("pin") && words.contains("code")) {
            // India's postal codes.
            return null;
        }
        for (Together together : TOGETHER) {
            if (words.containsAll(together.words())) {
                return together.kind();
            }
        }
        // The last word is what the value is: email_token is a token.
        for (String word : words.reversed()) {
            Kind kind = WORDS.get(word);
            if (kind != null) {
                return kind;
            }
        }
        String joined = String.join("", words);
        for (Part part : PARTS) {
            if (joined.contains(part.text()) && OTHERS.stream().noneMatch(joined::contains)) {
                return part.kind();
            }
        }
        return null;
    }

    /** Whether the last word belongs to the name of the value, as in national_id, in contrast to email_id. */
    static boolean endsTogether(List<String> words) {
        return TOGETHER.stream()
                .anyMatch(
                        together -> together.words().contains(words.getLast()) && words.containsAll(together.words()));
    }
}
