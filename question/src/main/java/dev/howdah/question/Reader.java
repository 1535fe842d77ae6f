package dev.howdah.question;

import dev.howdah.question.Draft.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a question from left to right. At each place the first rule that applies takes its words; a word that no rule
 * takes and that is no mere grammar is kept as not understood.
 */
final class Reader {
    private static final Set<String> CHANGES = Set.of(
            "delete",
            "update",
            "insert",
            "drop",
            "alter",
            "truncate",
            "create",
            "add",
            "remove",
            "rename",
            "change",
            "set",
            "mark",
            "increase",
            "decrease",
            "raise",
            "grant",
            "revoke",
            "merge",
            "deactivate",
            "activate",
            "archive",
            "assign",
            "put",
            "make",
            "move",
            "cancel",
            "reset",
            "reduce",
            "lower");

    /** What makes the word before it a command in the middle of a sentence too: "… delete from orders". */
    private static final Set<String> OBJECTS = Set.of("from", "into", "table", "all", "everything");

    /** The words that this holds for; others, such as "change", have harmless meanings before "from". */
    private static final Set<String> COMMANDS =
            Set.of("delete", "insert", "drop", "truncate", "alter", "update", "remove");

    /** The order decides: what takes more words, or is more special, comes first. */
    private static final List<Rule> RULES = List.of(
            RankRules::period,
            RankRules::busiest,
            MeasureRules::count,
            Reader::fresh,
            Reader::here,
            SortRules::sort,
            RankRules::by,
            RankRules::top,
            RankRules::most,
            RankRules::superlative,
            RankRules::latest,
            GroupRules::group,
            Reader::number,
            Reader::different,
            QuantityRules::counted,
            CompareRules::between,
            CompareRules::dates,
            TimeRules::time,
            MeasureRules::totals,
            MeasureRules::having,
            CompareRules::stock,
            CompareRules::compare,
            QuantityRules::none,
            MeasureRules::aggregate,
            CompareRules::equal,
            ValueRules::search,
            QuantityRules::some,
            ValueRules::described,
            Reader::upcoming,
            TimeRules::overdue,
            TimeRules::verb,
            Reader::mention);

    private final Lexicon lexicon;
    private final Dates dates;
    private final Spelling spelling;

    Reader(Lexicon lexicon, Spelling spelling, Dates dates) {
        this.lexicon = lexicon;
        this.spelling = spelling;
        this.dates = dates;
    }

    private static final Set<String> LISTING = Set.of(
            "list", "give", "show", "return", "find", "tell", "display", "include", "also", "please", "report", "what");

    /** Where a second sentence begins that says what to show; -1 if there is none. */
    private static int listing(List<Token> tokens, String text) {
        for (int i = 1; i < tokens.size(); i++) {
            int from = tokens.get(i - 1).start();
            int to = tokens.get(i).start();
            boolean ends = false;
            for (int c = from; c < to && c < text.length(); c++) {
                char mark = text.charAt(c);
                ends |= mark == '?'
                        || mark == '!'
                        || (mark == '.' && c + 1 < text.length() && text.charAt(c + 1) == ' ');
            }
            if (ends && LISTING.contains(tokens.get(i).word())) {
                return i;
            }
        }
        return -1;
    }

    /** "first and last name" is "first name and last name" where both are columns. */
    private List<Token> coordinated(List<Token> tokens) {
        List<Token> result = null;
        for (int i = 0; i + 3 < tokens.size(); i++) {
            int gap = tokens.get(i + 1).is("and") || tokens.get(i + 1).is("or") ? 1 : 0;
            Token noun = tokens.get(i + 3);
            if (gap == 0
                    || !tokens.get(i).isWord()
                    || !noun.isWord()
                    || Vocabulary.FUNCTION.contains(tokens.get(i).word())
                    || !isColumn(tokens.get(i).lemma() + " " + noun.lemma())
                    || !isColumn(tokens.get(i + 2).lemma() + " " + noun.lemma())
                    || lexicon.lookup(tokens.get(i).lemma()).stream().anyMatch(s -> s.weight() > 0.85)) {
                continue;
            }
            result = result == null ? new java.util.ArrayList<>(tokens) : result;
            int at = result.indexOf(tokens.get(i)) + 1;
            result.add(at, noun);
        }
        return result == null ? tokens : result;
    }

    private boolean isColumn(String key) {
        return lexicon.lookup(key).stream().anyMatch(s -> s instanceof Sense.OfColumn && s.weight() >= 0.6);
    }

    /** "the name and the date of each race": nothing is counted, the races are listed. */
    private static void ofEach(Parse p) {
        Draft draft = p.draft;
        if (!draft.each
                || draft.count
                || !draft.measures.isEmpty()
                || draft.order != null
                || draft.groups.size() != 1
                || !(draft.groups.getFirst() instanceof Draft.Group.ByMention(Draft.Mention mention))
                || !mention.canBeTable()) {
            return;
        }
        Draft.Mention subject = draft.subject();
        boolean same = subject != null
                && subject.senses.stream()
                        .anyMatch(s -> s instanceof Sense.OfTable
                                && mention.senses.stream()
                                        .anyMatch(m -> m instanceof Sense.OfTable && m.table() == s.table()));
        if (draft.outputs().isEmpty() && subject != null && !same && subject.at < mention.at && !draft.which) {
            // "the primary contact of each customer"
            draft.groups.clear();
            draft.each = false;
            mention.role = Role.OUTPUT;
            return;
        }
        if (draft.outputs().isEmpty() || (subject != null && !same)) {
            return;
        }
        draft.groups.clear();
        draft.each = false;
        mention.senses =
                mention.senses.stream().filter(s -> s instanceof Sense.OfTable).toList();
        if (subject == null) {
            mention.role = Role.SUBJECT;
            bindPrevious(p, mention);
        }
    }

    /**
     * Reads a question.
     *
     * @param text as typed; the tokens' offsets are places in it
     */
    Draft read(List<Token> question, String text) {
        Spelling.Corrected corrected = spelling.correct(question);
        List<Token> tokens = coordinated(Rephrase.of(corrected.tokens()));
        Parse p = new Parse(tokens, lexicon, dates);
        int listing = listing(tokens, text);
        p.draft.notes.addAll(corrected.notes());
        opening(p);
        if (p.isAny(0, "where", "why") && p.at == 0) {
            p.draft.unknown.add(tokens.getFirst().text());
            p.at++;
        }
        boolean begins = CHANGES.contains(p.word(p.at)) && p.draft.mentions.isEmpty() && !p.draft.which;
        if (begins || commands(tokens)) {
            p.draft.refusal = "It asks for a change, and only questions are understood so far.";
            return p.draft;
        }
        while (!p.ended()) {
            if (p.at == listing) {
                p.pending = null;
                p.scope = null;
                boolean which = p.draft.which;
                opening(p);
                p.draft.which = which;
                p.draft.listing = p.at;
            } else {
                share(p);
                if (!p.ended() && !either(p)) {
                    step(p);
                }
            }
        }
        ofEach(p);
        MeasureRules.sums(p.draft);
        RankRules.periods(p.draft);
        again(p);
        p.draft.described = p.described >= 0 && p.draft.subject() == null;
        if (p.draft.fresh && !dated(p.draft)) {
            p.draft.unknown.add("new");
        }
        if (p.draft.each
                && !p.draft.groups.isEmpty()
                && !p.draft.count
                && p.draft.measures.isEmpty()
                && p.draft.order == null) {
            p.draft.refusal = "It is not clear what is wanted of each.";
        }
        if (p.ranking) {
            p.draft.refusal = "It does not say by what to rank.";
        }
        return p.draft;
    }

    /** "live in a city with city code …": what only leads to a condition on the same column is not shown. */
    private static void again(Parse p) {
        for (Draft.Mention mention : p.draft.outputs()) {
            boolean article = p.isAny(mention.at - 1, "a", "an") && p.isAny(mention.at - 2, "in", "at", "from", "with");
            if (article
                    && p.draft.mentions.stream()
                            .anyMatch(other -> other != mention
                                    && other.role == Role.USED
                                    && other.at > mention.at
                                    && other.senses.stream().anyMatch(mention.senses::contains))) {
                mention.role = Role.USED;
            }
        }
    }

    /** "before 1850 or after 1900", "over 5000 or a prominence over 1000": joins the condition before and the one after. */
    private boolean either(Parse p) {
        Draft draft = p.draft;
        if (!p.is("or") || draft.clauses.isEmpty() || p.scope != null) {
            return false;
        }
        int start = p.at;
        int clauses = draft.clauses.size();
        int mentions = draft.mentions.size();
        int unknown = draft.unknown.size();
        p.at++;
        p.skip("a", "an", "the", "is", "are", "was", "were", "has", "have", "that", "with", "who", "whose", "which");
        Draft.Mention column = column(draft.clauses.getLast());
        boolean named = p.match(p.at, s -> s instanceof Sense.OfColumn && s.weight() > 0.6)
                .isPresent();
        p.pending = named ? null : column;
        for (int steps = 0; steps < 3 && !p.ended() && draft.clauses.size() == clauses; steps++) {
            step(p);
        }
        boolean one = draft.clauses.size() == clauses + 1
                && draft.unknown.size() == unknown
                && draft.mentions.stream().skip(mentions).allMatch(m -> m.role == Role.USED);
        if (one) {
            Draft.Clause right = draft.clauses.removeLast();
            draft.clauses.add(new Draft.Either(draft.clauses.removeLast(), right));
        } else {
            draft.unknown.add("or");
        }
        return p.at > start;
    }

    private static Draft.@org.jspecify.annotations.Nullable Mention column(Draft.Clause clause) {
        return switch (clause) {
            case Draft.Compare c -> c.column();
            case Draft.Between c -> c.column();
            case Draft.InTime c -> c.column();
            case Draft.Like c -> c.column();
            case Draft.Described c -> c.hint();
            case Draft.Either c -> column(c.right());
            case Draft.Null c -> null;
            case Draft.Did c -> null;
            case Draft.Key c -> null;
            case Draft.Columns c -> null;
            case Draft.Average c -> null;
            case Draft.Overdue c -> null;
            case Draft.Linked c -> null;
            case Draft.Quantified c -> null;
            case Draft.Without c -> null;
            case Draft.Both c -> null;
            case Draft.Than c -> null;
            case Draft.Mentioning c -> null;
        };
    }

    /** In "what share of the orders of 2025 was cancelled", all that comes before the verb says what the whole is. */
    private static void share(Parse p) {
        Draft draft = p.draft;
        if (draft.share
                && draft.shareOf < 0
                && !draft.mentions.isEmpty()
                && p.isAny(
                        p.at, "are", "is", "was", "were", "have", "has", "had", "that", "who", "got", "did", "came",
                        "made")) {
            draft.shareOf = draft.clauses.size();
        }
        if (draft.share && !p.eat("in", "percent")) {
            p.eat("in", "%");
        }
    }

    /** Reads a question that goes on where another one ended. */
    Draft follow(Draft before, List<Token> question) {
        Spelling.Corrected corrected = spelling.correct(question);
        List<Token> tokens = coordinated(Rephrase.of(corrected.tokens()));
        Parse p = new Parse(tokens, lexicon, dates, before);
        p.draft.notes.addAll(corrected.notes());
        if (commands(tokens)) {
            p.draft.refusal = "It asks for a change, and only questions are understood so far.";
            return p.draft;
        }
        FollowUp.read(p, this);
        return p.draft;
    }

    private static boolean commands(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (COMMANDS.contains(tokens.get(i).word())
                    && OBJECTS.contains(tokens.get(i + 1).word())) {
                return true;
            }
        }
        return false;
    }

    private static boolean dated(Draft draft) {
        return draft.clauses.stream().anyMatch(c -> c instanceof Draft.InTime)
                || draft.groups.stream().anyMatch(g -> g instanceof Draft.Group.ByStep);
    }

    /** "new members this quarter": those that came to be in that time, unless their table knows "new" as a value. */
    private static boolean fresh(Parse p) {
        if (!p.is("new") || p.draft.subject() != null) {
            return false;
        }
        Optional<Phrases.Match> table = p.table(p.at + 1);
        boolean value = table.isEmpty()
                || p.value(p.at)
                        .filter(v -> v.length() > 1
                                || v.senses().stream()
                                        .anyMatch(s ->
                                                table.get().senses().stream().anyMatch(t -> t.table() == s.table())))
                        .isPresent();
        if (value) {
            return false;
        }
        p.at++;
        p.draft.fresh = true;
        return true;
    }

    /** "2 branches with the most staff", "the 5 members who joined most recently". */
    private static boolean number(Parse p) {
        Optional<Numbers.Found> number = p.number(p.at);
        if (p.draft.subject() != null
                || p.draft.limit != null
                || p.draft.count
                || number.isEmpty()
                || !number.get().isWhole()
                || number.get().unit() != Numbers.Unit.NONE
                || number.get().value().signum() == 0) {
            return false;
        }
        int after = p.at + number.get().length();
        Optional<Phrases.Match> next = p.match(after, s -> true);
        Optional<Phrases.Match> column = p.match(after, MeasureRules::measurable);
        if (column.isPresent()
                && column.get().senses().stream().anyMatch(s -> s.weight() > 0.6)
                && p.table(after)
                        .filter(t -> t.length() >= column.get().length())
                        .isEmpty()
                && p.table(after + column.get().length()).isPresent()) {
            // "two bedroom units"
            boolean leads = p.described == p.at;
            p.at = after + column.get().length();
            p.described = leads ? p.at : p.described;
            p.clause(new Draft.Compare(
                    p.mention(column.get(), Role.USED),
                    Draft.Operator.EQ,
                    number.get().value(),
                    Numbers.Unit.NONE,
                    p.said(after - 1, p.at)));
            return true;
        }
        boolean named = next.isPresent() && p.dates.at(p.tokens, p.at).isEmpty();
        if (!named) {
            return false;
        }
        p.draft.limit = number.get().value().intValue();
        p.at = after;
        return true;
    }

    /** "the different staff roles". */
    private static boolean different(Parse p) {
        if (!p.isAny(p.at, "different", "distinct", "unique")
                || p.match(p.at + 1, s -> s instanceof Sense.OfColumn || s instanceof Sense.OfTable)
                        .isEmpty()) {
            return false;
        }
        p.at++;
        p.draft.distinct = true;
        return true;
    }

    /** "in our catalogue", "in the database": everything is. */
    private static boolean here(Parse p) {
        int start = p.at;
        if (p.eatAny("in", "on", "from")
                && p.eatAny("our", "the", "your", "this")
                && p.table(p.at).isEmpty()
                && p.column(p.at).isEmpty()
                && p.eatAny("catalogue", "catalog", "database", "system", "records", "collection", "db", "list")) {
            return true;
        }
        p.at = start;
        return p.eat("in", "total") || p.eat("right", "now") || p.eat("at", "the", "moment") || p.eat("at", "present");
    }

    /** "upcoming events", "future bookings". */
    private static boolean upcoming(Parse p) {
        if (!p.eatAny("upcoming", "future") && !p.eat("coming", "up")) {
            return false;
        }
        p.clause(new Draft.InTime(new DateRange(p.dates.now(), null, true, "from now on"), null, "upcoming"));
        return true;
    }

    private static void opening(Parse p) {
        while (!p.ended()
                && Vocabulary.OPENING.contains(p.word(p.at))
                && !p.is("how", "many")
                && !p.is("how", "much")
                && p.matches(p.at).stream().noneMatch(m -> m.length() > 1)) {
            p.draft.which |= p.isAny(p.at, "which", "who", "what");
            p.draft.identity |= p.isAny(p.at, "which", "who");
            p.draft.when |= p.is("when");
            p.at++;
            if (p.is("for") && p.isAny(p.at - 1, "looking", "look", "searching", "search", "asking")) {
                p.at++;
            }
        }
    }

    /** Takes the next words: the first rule that applies does. */
    void step(Parse p) {
        int before = p.at;
        // A name of several words wins over a rule that would take its first one: "last name", "order date"
        boolean named = p.matches(p.at).stream()
                        .anyMatch(m -> m.length() > 1
                                && m.senses().stream()
                                        .anyMatch(s -> s.weight() > 0.85
                                                && (s instanceof Sense.OfTable || s instanceof Sense.OfColumn)))
                && (Vocabulary.FUNCTION.contains(p.word(p.at)) || RESERVED.contains(p.word(p.at)));
        if (named && mention(p)) {
            return;
        }
        for (Rule rule : RULES) {
            if (rule.apply(p)) {
                if (p.at <= before) {
                    throw new IllegalStateException("A rule took no word at " + before);
                }
                return;
            }
        }
        Token token = p.tokens.get(p.at);
        if (token.isWord() && lexicon.isRole(Lemmas.verb(token.word())) && !p.draft.mentions.isEmpty()) {
            p.draft.roles.add(token.text());
            p.at++;
            p.eat("by");
            return;
        }
        if (p.isAny(p.at - 1, "we", "you")
                && p.matches(p.at).isEmpty()
                && p.isAny(
                        p.at, "manage", "own", "run", "operate", "offer", "sell", "carry", "employ", "stock", "keep")) {
            p.at++;
            return;
        }
        Optional<Phrases.Match> kin = p.draft.mentions.isEmpty() ? Optional.empty() : p.kin(p.at);
        if (kin.isPresent() && !Vocabulary.FILLER.contains(token.word()) && !linking(token)) {
            // "parts supplied by Acme": the supplier's parts
            p.mention(kin.get(), Role.LINK).verb = true;
            p.at++;
            p.eat("by");
            return;
        }
        if (p.isAny(p.at - 1, ",")
                && LISTING.contains(token.word())
                && p.matches(p.at).isEmpty()) {
            // "for each department, show its name"
            p.at++;
            return;
        }
        if (token.is("most") || token.is("least")) {
            p.draft.unknown.add(token.text());
        } else if (token.kind() == Token.Kind.QUOTED
                || (!Vocabulary.FILLER.contains(token.word()) && !(linking(token) && !p.draft.mentions.isEmpty()))) {
            p.draft.unknown.add(token.text());
        }
        if (token.is("and") || token.is(",")) {
            p.pending = p.pending == null || p.pending.role == Role.USED ? null : p.pending;
        }
        p.at++;
    }

    private static final Set<String> RESERVED = Set.of(
            "last", "first", "total", "average", "top", "number", "count", "date", "time", "day", "month", "year",
            "order", "highest", "lowest", "max", "min", "monthly", "weekly", "daily");

    private static boolean linking(Token token) {
        if (!token.isWord()) {
            return false;
        }
        String stem = Lemmas.verb(token.word());
        return Vocabulary.LINKING.contains(token.lemma()) || LINKING_STEMS.contains(stem);
    }

    private static final Set<String> LINKING_STEMS =
            Vocabulary.LINKING.stream().map(Lemmas::verb).collect(java.util.stream.Collectors.toUnmodifiableSet());

    /** The name of a table or column. */
    private static boolean mention(Parse p) {
        Optional<Phrases.Match> found =
                p.match(p.at, s -> s instanceof Sense.OfTable || (s instanceof Sense.OfColumn && s.weight() >= 0.6));
        if (found.isEmpty()) {
            return false;
        }
        Phrases.Match match = found.get();
        Draft.Mention previous = p.draft.last();
        boolean adjacent = previous != null && previous.at + previous.length == p.at;
        boolean their = p.isAny(p.at - 1, "their", "its", "his", "her")
                || (p.isAny(p.at - 1, "the") && p.isAny(p.at - 2, "with", "and", ","));
        boolean listed = p.isAny(p.at - 1, "and", ",", "with");
        if (adjacent && previous != null && previous.canBeTable() && weight(match, false) >= weight(match, true)) {
            // "branch names": the column of the table just named
            Phrases.Match own = match.only(s -> s instanceof Sense.OfColumn
                    && previous.senses.stream().anyMatch(t -> t instanceof Sense.OfTable && t.table() == s.table()));
            if (!own.senses().isEmpty()) {
                match = own;
            } else if (weight(match, true) == 0 && !previous.canBeColumn()) {
                // "department numbers", and a department has none: another table's are not meant
                return false;
            }
        }
        boolean whose = previous != null
                && p.isAny(p.at - 1, "whose")
                && match.words().equals("name")
                && !previous.canBeTable()
                && previous.at + previous.length == p.at - 1
                && previous.canBeColumn();
        if (whose && previous != null) {
            // "the state whose name contains …" is about the state
            p.at += match.length();
            previous.role = Role.OUTPUT;
            p.pending = previous;
            return true;
        }
        match = ofLastTable(p, match, previous);
        p.at += match.length();
        Draft.Mention mention = p.mention(match, Role.OUTPUT);
        double table = weight(match, true);
        double column = weight(match, false);
        Draft.Mention subject = p.draft.subject();
        if (table > 0 && (table >= column || (column < 0.75 && table > 0.6 && subject == null))) {
            if (subject != null) {
                bindPrevious(p, mention);
            }
            if (p.draft.listing >= 0 && column >= 0.6) {
                mention.role = Role.OUTPUT;
            } else if (subject == null) {
                mention.role = p.described >= 0 && p.described != match.at() ? Role.LINK : Role.SUBJECT;
            } else if (adjacent && previous == subject && subject.singular && !their) {
                subject.role = Role.LINK;
                mention.role = Role.SUBJECT;
            } else if (their || listed) {
                mention.role = Role.OUTPUT;
            } else if (p.scope != null && !inScope(subject, mention)) {
                mention.role = Role.USED;
                p.clause(new Draft.Linked(mention));
            } else {
                mention.role = Role.LINK;
            }
        }
        p.pending = mention.role == Role.OUTPUT && column >= 0.6 ? mention : null;
        return true;
    }

    /** "players from the club with name X": the column is the club's. */
    private static Phrases.Match ofLastTable(
            Parse p, Phrases.Match match, Draft.@org.jspecify.annotations.Nullable Mention previous) {
        if (previous == null || !previous.canBeTable()) {
            return match;
        }
        boolean linked = false;
        for (int i = previous.at + previous.length; i < match.at(); i++) {
            if (!p.isAny(i, "with", "whose", "has", "have", "having", "the", "a", "an", "that", "who", "which")) {
                return match;
            }
            linked |= p.isAny(i, "with", "whose", "has", "have", "having");
        }
        Phrases.Match own = match.only(s -> s instanceof Sense.OfColumn
                && previous.senses.stream().anyMatch(t -> t instanceof Sense.OfTable && t.table() == s.table()));
        return linked && !own.senses().isEmpty() && weight(match, true) < 0.9 ? own : match;
    }

    /** "the dates of races and the names of the tracks": the names are the tracks'. */
    private static void bindPrevious(Parse p, Draft.Mention table) {
        int i = table.at - 1;
        while (p.isAny(i, "the", "all", "our", "each")) {
            i--;
        }
        if (!p.isAny(i, "of")) {
            return;
        }
        int end = i;
        for (int m = p.draft.mentions.size() - 2; m >= 0; m--) {
            Draft.Mention column = p.draft.mentions.get(m);
            if (column.role != Role.OUTPUT || column.at + column.length != end) {
                return;
            }
            List<Sense> own = column.senses.stream()
                    .filter(s -> s instanceof Sense.OfColumn
                            && table.senses.stream()
                                    .anyMatch(t -> t instanceof Sense.OfTable && t.table() == s.table()))
                    .toList();
            if (own.isEmpty()) {
                return;
            }
            column.senses = own;
            end = column.at - 1;
            while (p.isAny(end, "the", "and", ",")) {
                end--;
            }
            end++;
        }
    }

    private static boolean inScope(Draft.Mention subject, Draft.Mention mention) {
        return subject.senses.stream()
                .anyMatch(s -> s instanceof Sense.OfTable
                        && mention.senses.stream().anyMatch(m -> m instanceof Sense.OfTable && m.table() == s.table()));
    }

    private static double weight(Phrases.Match match, boolean table) {
        return match.senses().stream()
                .filter(s -> s instanceof Sense.OfTable == table)
                .mapToDouble(Sense::weight)
                .max()
                .orElse(0);
    }
}
