package dev.howdah.question;

/** String literals as PostgreSQL reads them back. */
final class Literals {
    private Literals() {}

    /** A literal that means the same whatever {@code standard_conforming_strings} says. */
    static String text(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }
}
