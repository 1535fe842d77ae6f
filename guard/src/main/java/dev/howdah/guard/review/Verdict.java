package dev.howdah.guard.review;

import java.util.List;
import java.util.Optional;

/** A policy applied to one statement. */
public sealed interface Verdict {
    /** The policy's rule for what the statement does. */
    Rule rule();

    /** Why, the weightiest first; empty only for a plain {@link Allowed}. */
    List<Reason> reasons();

    /** What has to happen before the statement runs. */
    default Demand demand() {
        return switch (this) {
            case Allowed _ -> Demand.ALLOW;
            case NeedsConsent needs ->
                switch (needs.consent()) {
                    case ConsentKind.Confirm _ -> Demand.CONFIRM;
                    case ConsentKind.Type _ -> Demand.TYPE;
                    case ConsentKind.Approval _ -> Demand.APPROVAL;
                };
            case Refused _ -> Demand.REFUSE;
        };
    }

    /** Nobody needs to be asked. */
    record Allowed(Rule rule, List<Reason> reasons) implements Verdict {
        public Allowed {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A person has to say yes first.
     *
     * @param consent how
     */
    record NeedsConsent(Rule rule, ConsentKind consent, List<Reason> reasons) implements Verdict {
        public NeedsConsent {
            reasons = List.copyOf(reasons);
        }
    }

    /** It does not run: the rule says so, or what it does is not fully known, whatever the rule says. */
    record Refused(Rule rule, List<Reason> reasons) implements Verdict {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        /** Whether the rule refuses it; else the reasons do. */
        public boolean byRule() {
            return rule.demand() == Demand.REFUSE;
        }
    }

    /**
     * What a rule makes of a statement.
     *
     * @param what what a person would have to type
     */
    static Verdict of(Rule rule, String what, List<Reason> reasons) {
        return switch (rule.demand()) {
            case ALLOW -> new Allowed(rule, reasons);
            case CONFIRM -> new NeedsConsent(rule, new ConsentKind.Confirm(), reasons);
            case TYPE -> new NeedsConsent(rule, new ConsentKind.Type(what), reasons);
            case APPROVAL -> new NeedsConsent(rule, new ConsentKind.Approval(), reasons);
            case REFUSE -> new Refused(rule, reasons);
        };
    }

    /**
     * One reason.
     *
     * @param text what was found, such as {@code DELETE changes rows}
     * @param advice what to do instead, if there is something
     */
    record Reason(String text, Optional<String> advice) {
        /** A reason without advice. */
        public static Reason of(String text) {
            return new Reason(text, Optional.empty());
        }

        /** A reason with advice. */
        public static Reason of(String text, String advice) {
            return new Reason(text, Optional.of(advice));
        }
    }
}
