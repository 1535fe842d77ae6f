package dev.howdah.agent.context;

import java.util.Optional;

/**
 * One question of a conversation and what came of it, without rows.
 *
 * @param question what the person asked
 * @param sql what was run for it; empty if nothing was
 * @param said what was answered in words: how it was read, what was asked back, or a model's prose
 */
public record Turn(String question, Optional<String> sql, String said) {}
