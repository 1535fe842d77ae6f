package dev.howdah.question;

/**
 * One piece of the question.
 *
 * @param text as typed
 * @param word lower case
 * @param lemma the word's dictionary form, as the lexicon has it
 * @param kind what it is
 * @param start offset of its first character in the question
 */
record Token(String text, String word, String lemma, Kind kind, int start) {
    enum Kind {
        WORD,
        NUMBER,
        /** Text in quotation marks, without them. */
        QUOTED,
        /** Comparison signs, per cent, currencies, comma. */
        SYMBOL
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean is(String other) {
        return kind != Kind.QUOTED && word.equals(other);
    }
}
