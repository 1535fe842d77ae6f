package dev.howdah.guard.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What exactly a consent is given to. Two terms with the same digest are the same in every respect. Immutable.
 *
 * @param statements the statements' exact texts, in order
 * @param parameters values of each statement's parameters, null for NULL
 * @param target the database, as {@code host:port/database}
 * @param role the role that runs it
 * @param schema a fingerprint of the tables, triggers and functions that it reaches
 * @param ceilings the most row operations per table, {@code schema.name}; of a table that is not in it, none
 * @param bounded whether the ceilings hold; without them (DDL that was not measured) the statement alone is consented to
 */
public record Terms(
        List<String> statements,
        List<List<@Nullable String>> parameters,
        String target,
        String role,
        String schema,
        SortedMap<String, Long> ceilings,
        boolean bounded) {

    public Terms {
        statements = List.copyOf(statements);
        List<List<@Nullable String>> copies = new ArrayList<>();
        for (List<@Nullable String> values : parameters) {
            // List.copyOf refuses null, which is a parameter's NULL here.
            copies.add(Collections.unmodifiableList(new ArrayList<>(values)));
        }
        parameters = Collections.unmodifiableList(copies);
        ceilings = Collections.unmodifiableSortedMap(new TreeMap<>(ceilings));
    }

    /** The same with no ceilings: what may run where, whatever the numbers of rows. */
    public Terms withoutCeilings() {
        return new Terms(statements, parameters, target, role, schema, new TreeMap<>(), bounded);
    }

    /** SHA-256 over all of it, in hexadecimal. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, "howdah consent 1");
            add(digest, statements.size());
            for (int i = 0; i < statements.size(); i++) {
                add(digest, statements.get(i));
                List<@Nullable String> values = parameters.get(i);
                add(digest, values.size());
                for (String value : values) {
                    add(digest, value == null ? 0 : 1);
                    add(digest, value == null ? "" : value);
                }
            }
            add(digest, target);
            add(digest, role);
            add(digest, schema);
            add(digest, bounded ? 1 : 0);
            for (Map.Entry<String, Long> ceiling : ceilings.entrySet()) {
                add(digest, ceiling.getKey());
                add(digest, ceiling.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** With its length, so that no two sequences of texts look alike. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(digest, bytes.length);
        digest.update(bytes);
    }

    private static void add(MessageDigest digest, long number) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            digest.update((byte) (number >> shift));
        }
    }
}
