package dev.howdah.library.settings;

/**
 * Where a setting's value came from.
 *
 * @param source which kind of source
 * @param place where in it, for people: {@code ~/.config/howdah/config.yaml:12}, {@code READ_ONLY in .env:3},
 *     {@code --limit}
 */
public record Origin(Source source, String place) {
    /** Kinds of sources, from the weakest to the strongest. */
    public enum Source {
        DEFAULT,
        FILE,
        DOTENV,
        /** One of document 004's names in the environment. */
        COMMON_VARIABLE,
        /** A {@code HOWDAH_*} variable in the environment. */
        VARIABLE,
        FLAG
    }

    static final Origin DEFAULT = new Origin(Source.DEFAULT, "default");

    @Override
    public String toString() {
        return place;
    }
}
