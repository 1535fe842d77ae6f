package dev.howdah.question;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** English words with a grammatical task, as opposed to words that mean something in the database. */
final class Vocabulary {
    private Vocabulary() {}

    /** Words that may stand before what is asked for. */
    static final Set<String> OPENING = Set.of(
            "could", "can", "would", "will", "you", "please", "i", "we", "want", "need", "like", "to", "know", "see", "show", "list", "give", "get",
            "find", "display", "tell", "fetch", "me", "us", "am", "looking", "for", "let", "look", "up", "return", "retrieve", "pull", "print", "about",
            "what", "which", "who", "is", "are", "was", "were", "be", "do", "does", "did", "the", "a", "an", "all", "of", "any", "there", "have", "has",
            "our", "my", "out", "how", "whose", "also", "provide", "report", "d", "ok", "so", "hey", "hi", "just", "quick", "overview", "every", "kindly", "whats",
            "enumerate", "view", "select", "query", "check", "interested", "in", "full", "complete", "entire", "each");

    /** Words that carry nothing by themselves wherever they stand. */
    static final Set<String> FILLER = Set.of(
            "the", "a", "an", "of", "our", "my", "their", "his", "her", "its", "all", "any", "please", "there", "do", "does", "did", "is", "are", "was",
            "were", "be", "been", "being", "have", "has", "had", "we", "us", "me", "you", "that", "which", "who", "what", "and", ",", "it", "they", "them", "in", "at",
            "on", "from", "to", "for", "with", "(", "whose", "also", "i", "out", "so", "as", "only", "just", "both", "us", "this", "those", "these", "whom", "where",
            "ones", "one", "company", "here", "exactly", "currently", "now", "already", "ever", "together", "altogether", "overall", "been", "s", "yet", "&",
            "information", "detail", "details", "info", "data", "record", "records", "entries", "rows", "still", "am", "will", "can", "total");

    /** Words never looked up in the lexicon alone. */
    static final Set<String> FUNCTION = Set.of(
            "the", "a", "an", "of", "our", "my", "their", "his", "her", "its", "all", "any", "please", "there", "do", "does", "did", "is", "are", "was",
            "were", "be", "been", "being", "have", "has", "had", "we", "us", "me", "you", "that", "which", "who", "what", "and", "or", "it", "they", "them", "in", "at",
            "on", "from", "to", "for", "with", "without", "whose", "also", "i", "out", "so", "as", "only", "just", "both", "by", "per", "than", "more", "less", "most",
            "least", "not", "no", "never", "how", "many", "much", "show", "give", "tell", "get", "find", "each", "every", "between", "after", "before", "since", "but",
            "except", "top", "bottom", "latest", "newest", "if", "this", "those", "these", "can", "could", "would", "up", "into", "one", "two", "now");

    /** Verbs that only link what stands around them: "members who live in Salem". */
    static final Set<String> LINKING = Set.of(
            "live", "come", "locate", "base", "reside", "work", "belong", "found", "make", "place", "do", "happen", "take", "own", "hold", "keep", "write", "be",
            "situate", "registered", "call", "exist", "use", "contain", "offer", "run", "stay", "assign", "go", "teach", "serve", "host", "relate", "associate", "correspond",
            "occur", "appear", "consist", "include", "involve", "enter", "list", "sell", "made", "get", "give", "store", "living", "add", "publish", "study", "attend", "produce", "perform", "direct", "compose");

    static final Map<String, List<String>> MEASURE_VERBS = Map.of(
            "earn", List.of("salary", "wage", "income", "pay", "hourly rate", "rate"),
            "make", List.of("salary", "wage", "income"),
            "cost", List.of("price", "cost", "unit price", "list price", "fee", "monthly fee", "rate", "amount", "rent", "monthly rent"),
            "charge", List.of("rate", "hourly rate", "fee", "price", "charge"),
            "paid", List.of("salary", "wage", "income"),
            "spend", List.of("total", "amount"),
            "weigh", List.of("weight"));

    /** Superlatives, and whether they ask for the largest; with names of columns that they are about. */
    record Adjective(boolean descending, List<String> columns) {}

    private static final List<String> MONEY = List.of("price", "unit price", "list price", "cost", "fee", "monthly fee", "rate", "hourly rate", "rent", "monthly rent", "amount", "total", "total amount", "salary");
    private static final List<String> LENGTH = List.of("length", "duration", "page", "distance", "number of page");
    private static final List<String> SIZE = List.of(
            "size", "area", "floor area", "square metre", "sq m", "square foot", "capacity", "population", "total", "total amount", "amount", "balance", "number of employee", "value");
    private static final List<String> AGE = List.of("birth date", "date of birth", "birthday", "birth day", "dob", "age");

    static final Map<String, Adjective> SUPERLATIVES = Map.ofEntries(
            Map.entry("cheapest", new Adjective(false, MONEY)),
            Map.entry("priciest", new Adjective(true, MONEY)),
            Map.entry("costliest", new Adjective(true, MONEY)),
            Map.entry("longest", new Adjective(true, LENGTH)),
            Map.entry("shortest", new Adjective(false, LENGTH)),
            Map.entry("largest", new Adjective(true, SIZE)),
            Map.entry("biggest", new Adjective(true, SIZE)),
            Map.entry("smallest", new Adjective(false, SIZE)),
            Map.entry("heaviest", new Adjective(true, List.of("weight"))),
            Map.entry("lightest", new Adjective(false, List.of("weight"))),
            Map.entry("tallest", new Adjective(true, List.of("height"))),
            Map.entry("fastest", new Adjective(true, List.of("speed"))),
            Map.entry("slowest", new Adjective(false, List.of("speed"))),
            Map.entry("youngest", new Adjective(true, AGE)),
            Map.entry("richest", new Adjective(true, List.of("income", "salary", "balance"))));

    static final Map<String, Adjective> AFTER_MOST = Map.of(
            "expensive", new Adjective(true, MONEY),
            "costly", new Adjective(true, MONEY),
            "pricey", new Adjective(true, MONEY));

    /** Comparatives with columns that they are about. */
    static final Map<String, Adjective> COMPARATIVES = Map.ofEntries(
            Map.entry("cheaper", new Adjective(false, MONEY)),
            Map.entry("pricier", new Adjective(true, MONEY)),
            Map.entry("longer", new Adjective(true, LENGTH)),
            Map.entry("shorter", new Adjective(false, LENGTH)),
            Map.entry("bigger", new Adjective(true, SIZE)),
            Map.entry("larger", new Adjective(true, SIZE)),
            Map.entry("smaller", new Adjective(false, SIZE)),
            Map.entry("heavier", new Adjective(true, List.of("weight"))),
            Map.entry("lighter", new Adjective(false, List.of("weight"))),
            Map.entry("older", new Adjective(true, List.of("age"))),
            Map.entry("younger", new Adjective(false, List.of("age"))),
            Map.entry("taller", new Adjective(true, List.of("height"))));

    static final Set<String> REVENUE = Set.of("revenue", "sale", "turnover", "income", "earning", "proceed", "money");
}
