package dev.howdah.guard.probe;

import java.util.Optional;

/**
 * What stopped an attempt, layer by layer; each layer was asked as if the ones before it had failed.
 *
 * @param attempt what was tried
 * @param gate what the gate did
 * @param session what the server did with it in the read-only session alone
 * @param role whether the connection's role lacks what the attempt needs
 */
public record Finding(Attempt attempt, Gate gate, Session session, Role role) {
    /** The part of the gate that stopped it, in the order in which they look. */
    public enum Gate {
        PARSER("the parser: not one statement that it knows"),
        EFFECT("the policy: its effect is no read"),
        CONSENT("the policy: a person would have to consent"),
        FOOTPRINT("the footprint: what it would call or read"),
        /** Nothing, because the profile's policy permits such statements without asking. */
        PERMITTED("nothing: the profile's policy permits it"),
        /** Nothing: it would have run as a read. */
        PASSED("NOTHING");

        private final String words;

        Gate(String words) {
            this.words = words;
        }

        /** Which part, for a person. */
        public String words() {
            return words;
        }
    }

    /** What the server says to it inside a cursor in a pinned read-only transaction. */
    public enum Session {
        /** A cursor takes a query and nothing else, and what a query calls may not run other statements. */
        QUERY_ONLY("query only"),
        /** The transaction is read-only and stays so. */
        TRANSACTION("read-only"),
        /** The role may not. */
        PRIVILEGE("privilege"),
        /** Another error. */
        OTHER("error"),
        RAN("ran"),
        NOT_TRIED("not tried");

        private final String words;

        Session(String words) {
            this.words = words;
        }

        /** A word for a table. */
        public String words() {
            return words;
        }

        /** The session of a failure that the server told of with this SQLSTATE. */
        static Session of(Optional<String> sqlState) {
            return switch (sqlState.orElse("")) {
                // syntax_error; feature_not_supported: DECLARE with a modifying query
                case "42601", "0A000", "42P11" -> QUERY_ONLY;
                // read_only_sql_transaction, and active_sql_transaction where the mode cannot be changed any more
                case "25006", "25001" -> TRANSACTION;
                case "42501" -> PRIVILEGE;
                default -> OTHER;
            };
        }

        /** Whether it did not run. */
        public boolean stopped() {
            return this != RAN && this != NOT_TRIED;
        }
    }

    /** What the role's powers say, as the catalog lists them; nothing is tried for it. */
    public enum Role {
        LACKS("lacks it"),
        HAS("could"),
        /** Every role can do this: only the other layers stop it. */
        EVERYBODY("everybody could");

        private final String words;

        Role(String words) {
            this.words = words;
        }

        /** A word or two for a table. */
        public String words() {
            return words;
        }
    }
}
