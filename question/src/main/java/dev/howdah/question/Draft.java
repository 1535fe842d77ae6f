package dev.howdah.question;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules made of the question's words, before it is settled which tables and columns the words mean. Mutable, and
 * used by one thread for one question.
 */
final class Draft {
    /** Words that name a table or column, with all they may mean. */
    static final class Mention {
        final String words;
        int at;
        final int length;
        List<Sense> senses;
        Role role;
        /** Said with "the", "their" or in the singular, as a part of something. */
        boolean singular;
        /** Whether a verb was said that the table is only kin to. */
        boolean verb;

        Mention(String words, int at, int length, List<Sense> senses, Role role) {
            this.words = words;
            this.at = at;
            this.length = length;
            this.senses = senses;
            this.role = role;
        }

        boolean canBeTable() {
            return senses.stream().anyMatch(s -> s instanceof Sense.OfTable);
        }

        boolean canBeColumn() {
            return senses.stream().anyMatch(s -> s instanceof Sense.OfColumn);
        }

        @Override
        public String toString() {
            return words + ":" + role;
        }
    }

    enum Role {
        /** What is listed, counted or ranked. */
        SUBJECT,
        /** A column or a related table's name to show. */
        OUTPUT,
        /** Says how things hang together: "orders of customers in Texas". */
        LINK,
        /** Rows must exist in it: "customers who have orders". */
        EXISTS,
        /** Used up by a condition, group or measure. */
        USED
    }

    enum Function {
        SUM,
        AVG,
        MIN,
        MAX,
        COUNT
    }

    enum Operator {
        EQ("="),
        NE("<>"),
        LT("<"),
        LE("<="),
        GT(">"),
        GE(">=");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /** A condition; those of one quantifier's scope apply to the rows that it is about. */
    sealed interface Clause {}

    /** Stored values or flags, any of the alternatives; each may mean several columns' values. */
    record Described(
            List<List<Sense>> alternatives,
            boolean negated,
            @Nullable Mention hint,
            String words) implements Clause {}

    /** What happened, or did not, to rows: "who borrowed", "never ordered". */
    record Did(Mention verb, boolean negated, List<Clause> scope) implements Clause {}

    record Compare(@Nullable Mention column, Operator operator, BigDecimal value, Numbers.Unit unit, String words)
            implements Clause {}

    /** One or the other. */
    record Either(Clause left, Clause right) implements Clause {}

    /** Two columns of the same row. */
    record Columns(Mention left, Operator operator, Mention right, String words) implements Clause {}

    record Between(@Nullable Mention column, BigDecimal low, BigDecimal high, Numbers.Unit unit, String words)
            implements Clause {}

    record InTime(DateRange range, @Nullable Mention column, String words) implements Clause {}

    record Null(Mention column, boolean isNull) implements Clause {}

    /** @param of whose name it is; null for the subject's */
    record Like(@Nullable Mention column, @Nullable Mention of, String pattern, boolean negated, String words)
            implements Clause {}

    record Key(Mention table, BigDecimal value) implements Clause {}

    /** @param factor how many times the average */
    record Average(@Nullable Mention column, Operator operator, BigDecimal factor, String words) implements Clause {}

    record Overdue(String words) implements Clause {}

    /** A table that the rows have to do with. */
    record Linked(Mention table) implements Clause {}

    /** None of the related rows is like this: "do not speak English". */
    record Without(Described what) implements Clause {}

    /** Each of these is met, each by a related row of its own: "speak both English and French". */
    record Both(List<Described> all) implements Clause {}

    /** More or less than another row has: "larger than the Harbour one". */
    record Than(@Nullable Mention column, Operator operator, Described other, String words) implements Clause {}

    /** A text that stands somewhere in what the rows tell: "mentioning a leak". */
    record Mentioning(String pattern, String words) implements Clause {}

    /** Rows of a related table: some, none, or a number of them, each meeting the clauses. */
    record Quantified(
            Mention table, boolean negated, @Nullable Operator operator, int count, List<Clause> scope)
            implements Clause {}

    /** @param column null stands for the main amount of what is asked about */
    record Measure(Function function, @Nullable Mention column, boolean money, boolean distinct, String words) {}

    sealed interface Group {
        record ByMention(Mention mention) implements Group {}

        record ByStep(TimeStep step, @Nullable Mention column) implements Group {}

        record ByPart(String part, @Nullable Mention column) implements Group {}
    }

    /** What decides the order of rows. */
    sealed interface Rank {
        record ByDate(@Nullable Mention verb) implements Rank {}

        record ByColumn(Mention column) implements Rank {}

        record ByMeasure(Measure measure) implements Rank {}

        /** The number of related rows. */
        record ByCount(Mention table) implements Rank {}

        /** An adjective: expensive, long, old. */
        record ByAdjective(List<String> columns, String words) implements Rank {}

        /** What is counted or summed already. */
        record ByResult() implements Rank {}

        record ByName() implements Rank {}
    }

    record Order(Rank rank, boolean descending) {}

    /** The question itself. */
    final List<Token> tokens;

    /** Whether it goes on where another question ended, whose mentions then stand before the first word. */
    boolean follows;

    /** Whether a follow-up asked for more to be shown. */
    boolean added;

    final List<Mention> mentions = new ArrayList<>();
    final List<Clause> clauses = new ArrayList<>();
    final List<Measure> measures = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    /** Verbs hidden in descriptions: "completed jobs in July" is about when they were completed. */
    final List<Sense.OfVerb> hints = new ArrayList<>(0);

    /** Words that say which of several keys is meant; the query has to use one that they name. */
    final List<String> roles = new ArrayList<>(0);

    final List<String> unknown = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    @Nullable
    Order order;

    /** A condition on groups: "with an average rating below 4". */
    record Having(Measure measure, Operator operator, BigDecimal value) {}

    @Nullable
    Having having;

    /** Whether the most frequent of what is shown is asked for: "most common type". */
    boolean common;

    /** What decides among rows that the order leaves equal. */
    final List<Order> then = new ArrayList<>(0);

    @Nullable
    Integer limit;

    boolean count;
    /** Whether a percentage is asked for: of rows that meet what is said after {@link #shareOf} conditions, or of groups. */
    boolean share;
    /** How many of the conditions only say what the whole is; -1 until that is known. */
    int shareOf = -1;

    boolean distinct;
    /** Whether "new" was said, which a span of time or a bucket has to explain. */
    boolean fresh;
    /** Whether "of each" was said: a single thing of each may be meant, not a count. */
    boolean each;

    boolean which;
    /** Whether "which" or "who" was asked: how the rows are known answers that. */
    boolean identity;
    /** Whether a span of time is asked for: "which month had the most orders". */
    boolean period;
    /** Whether a date is asked for: "when was …". */
    boolean when;
    /** Where a second sentence begins that lists what to show: "Which breed …? Give me its name."; -1 if there is none. */
    int listing = -1;
    /** Whether a description stands where the subject would. */
    boolean described;

    @Nullable
    String refusal;

    Draft(List<Token> tokens) {
        this.tokens = new ArrayList<>(tokens);
    }

    @Nullable
    Mention subject() {
        for (Mention mention : mentions) {
            if (mention.role == Role.SUBJECT) {
                return mention;
            }
        }
        return null;
    }

    /** What is to be shown, in the question's order; what a second sentence lists is all. */
    List<Mention> outputs() {
        List<Mention> outputs = new ArrayList<>(2);
        for (Mention mention : mentions) {
            if (mention.role == Role.OUTPUT) {
                outputs.add(mention);
            }
        }
        return outputs;
    }

    @Nullable
    Mention last() {
        return mentions.isEmpty() ? null : mentions.getLast();
    }
}
