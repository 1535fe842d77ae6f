package dev.howdah.base.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a column's name and comment say about its values. Names are read by their words, so that {@code emailAddress},
 * {@code EMAIL_ADDRESS} and {@code billing_email} are addresses and {@code email_verified} is not. Stateless.
 */
public final class ColumnNames {
    /** Words that make a name speak about something else than the value itself. */
    private static final Set<String> ABOUT = Set.of(
            "verified",
            "confirmed",
            "count",
            "counts",
            "type",
            "types",
            "kind",
            "status",
            "state",
            "at",
            "on",
            "enabled",
            "disabled",
            "id",
            "ids",
            "opt",
            "optin",
            "optout",
            "in",
            "out",
            "sent",
            "received",
            "preference",
            "preferences",
            "consent",
            "required",
            "length",
            "algorithm",
            "algo",
            "expires",
            "expiry",
            "expired",
            "expiration",
            "changed",
            "updated",
            "created",
            "valid",
            "flag",
            "brand",
            "network",
            "score",
            "template",
            "subject",
            "body",
            "campaign",
            "domain",
            "provider",
            "version",
            "policy",
            "attempts",
            "tries",
            "total",
            "used",
            "limit",
            "cost",
            "usage",
            "format",
            "label",
            "country",
            "prefix",
            "hint",
            "question",
            "rotation",
            "days",
            "present",
            "exists",
            "bounced",
            "clicks",
            "opens");

    private static final Set<String> ABOUT_FIRST = Set.of(
            "is",
            "has",
            "num",
            "count",
            "n",
            "total",
            "max",
            "min",
            "avg",
            "prompt",
            "completion",
            "needs",
            "no",
            "input",
            "output",
            "cached");

    /** Words after which a number is a reference and nothing about a person. */
    private static final Set<String> NEUTRAL = Set.of(
            "id",
            "ids",
            "no",
            "nr",
            "num",
            "number",
            "numbers",
            "sku",
            "ean",
            "gtin",
            "upc",
            "isbn",
            "issn",
            "imei",
            "serial",
            "code",
            "ref",
            "reference",
            "uuid",
            "guid",
            "sha",
            "commit",
            "hash",
            "checksum",
            "digest",
            "etag",
            "version",
            "build",
            "revision",
            "release",
            "timestamp",
            "ts",
            "at",
            "epoch",
            "order",
            "orders",
            "invoice",
            "ticket",
            "shipment",
            "tracking",
            "barcode",
            "lat",
            "lon",
            "lng",
            "latitude",
            "longitude",
            "coordinates",
            "price",
            "amount",
            "total",
            "qty",
            "quantity",
            "balance",
            "key",
            "seq",
            "sequence",
            "batch",
            "lot",
            "part",
            "article",
            "item",
            "product",
            "po",
            "rma",
            "case",
            "iccid",
            "vin",
            "oid",
            "row",
            "position",
            "count",
            "bytes",
            "size",
            "cents",
            "hs",
            "asin",
            "doi",
            "awb",
            "parcel",
            "receipt",
            "booking",
            "pnr");

    private ColumnNames() {}

    /** The kind that a column of this name holds. */
    public static Optional<Kind> kind(String name) {
        List<String> words = words(name);
        if (words.isEmpty() || isAbout(words)) {
            return Optional.empty();
        }
        return Optional.ofNullable(NamedKinds.of(words));
    }

    /** Whether the name says that its numbers are references, measures or versions, so that looks prove nothing. */
    public static boolean isNeutral(String name) {
        List<String> words = words(name);
        return kind(name).isEmpty() && words.stream().anyMatch(NEUTRAL::contains);
    }

    /**
     * What the comment on a column says: {@code pii: email}, {@code PII(phone)}, {@code @pii}, {@code [sensitive]},
     * {@code Sensitive: …}. The tag begins the comment or stands behind {@code @}, {@code #} or an opening bracket, or is
     * followed by a colon and a kind; {@code pii: none} is an answer too.
     */
    public static Optional<Tag> tag(String comment) {
        String text = comment.toLowerCase(Locale.ROOT);
        for (String word : List.of("pii", "sensitive")) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                Optional<Tag> tag = tagAt(text, at, at + word.length());
                if (tag.isPresent()) {
                    return tag;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What a comment says about a column.
     *
     * @param kind what its values are; empty if they are said to be harmless
     */
    public record Tag(Optional<Kind> kind) {}

    private static Optional<Tag> tagAt(String text, int start, int end) {
        boolean bounded = (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        if (!bounded) {
            return Optional.empty();
        }
        int at = end;
        while (at < text.length() && (text.charAt(at) == ' ' || ":=(/".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        int from = at;
        while (at < text.length() && (Character.isLetter(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String value = text.substring(from, at);
        boolean assigned = from > end && text.substring(end, from).strip().length() == 1;
        if (assigned && (value.equals("none") || value.equals("no") || value.equals("false"))) {
            return Optional.of(new Tag(Optional.empty()));
        }
        Optional<Kind> kind = assigned ? Kind.parse(value) : Optional.empty();
        boolean marked = text.substring(0, start).isBlank() || "@#[({".indexOf(text.charAt(start - 1)) >= 0;
        return kind.isPresent() || marked
                ? Optional.of(new Tag(Optional.of(kind.orElse(Kind.PERSONAL))))
                : Optional.empty();
    }

    private static boolean isAbout(List<String> words) {
        return words.size() > 1
                && !NamedKinds.endsTogether(words)
                && (ABOUT.contains(words.getLast()) || ABOUT_FIRST.contains(words.getFirst()));
    }

    /** Lower-case words: {@code billing_customerID2} is billing, customer, id. Digits are left out. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Character.isLetter(c);
            boolean capital = letter
                    && Character.isUpperCase(c)
                    && i > 0
                    && (!Character.isUpperCase(name.charAt(i - 1))
                            || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
            if (!word.isEmpty() && (!letter || capital)) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (letter) {
                word.append(Character.toLowerCase(c));
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
