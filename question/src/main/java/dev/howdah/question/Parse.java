package dev.howdah.question;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question on its way through the rules: what is left to read, and the draft so far. */
final class Parse extends Phrases {
    private static final int BEFORE = 1000;

    final Draft draft;
    /** A column or verb that was just named and may belong to the condition that follows. */
    Draft.@Nullable Mention pending;
    /** Where clauses go that may belong to a quantifier: "without orders in 2025". */
    @Nullable
    List<Draft.Clause> scope;
    /** "top 5" was said and what it is by is still to come. */
    boolean ranking;

    /** Where a description ended that came before anything else was named: "the manager of the branch"; -1 if none did. */
    int described = -1;

    Parse(List<Token> tokens, Lexicon lexicon, Dates dates) {
        super(tokens, lexicon, dates);
        this.draft = new Draft(tokens);
    }

    /** For a question that goes on where another one ended. */
    Parse(List<Token> tokens, Lexicon lexicon, Dates dates, Draft before) {
        super(tokens, lexicon, dates);
        this.draft = before;
        before.follows = true;
        // Nothing said before stands beside what is said now.
        before.mentions.forEach(mention -> mention.at -= BEFORE);
        before.tokens.addAll(tokens);
    }

    Draft.Mention mention(Match match, Draft.Role role) {
        Draft.Mention mention = new Draft.Mention(match.words(), match.at(), match.length(), match.senses(), role);
        Token last = tokens.get(match.at() + match.length() - 1);
        mention.singular = last.word().equals(last.lemma());
        draft.mentions.add(mention);
        return mention;
    }

    void clause(Draft.Clause clause) {
        if (scope != null) {
            scope.add(clause);
        } else {
            draft.clauses.add(clause);
        }
        pending = null;
    }

    /** The column that was just named and shown for lack of anything better; a condition claims it. */
    Draft.@Nullable Mention claim() {
        Draft.Mention mention = pending;
        if (mention != null) {
            mention.role = Draft.Role.USED;
            pending = null;
        }
        return mention;
    }
}
