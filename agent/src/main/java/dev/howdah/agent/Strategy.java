package dev.howdah.agent;

import java.util.Locale;

/** Who reads questions. */
public enum Strategy {
    /** Only the built-in engine; nothing leaves the machine. */
    ENGINE,
    /** The engine, and a model for what it declines. */
    ENGINE_THEN_MODEL,
    /** A model, whatever the engine would make of it. */
    MODEL,
    /** Two readers, whose results must agree: the engine and a model, or two models. */
    CROSS_CHECK;

    /** The word in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
