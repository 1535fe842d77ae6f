package dev.howdah.agent.tools;

import dev.howdah.agent.context.Knowledge;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.redaction.ResultRedaction;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tools work with.
 *
 * @param knowledge what is known of the database
 * @param redaction what becomes of rows on their way
 * @param limits how far a read may go; tools with a number of rows of their own lower it
 * @param resultTokens how long a result may become, in tokens
 * @param exports the directory that exports are written to; empty if there are to be none
 */
public record Workbench(
        Knowledge knowledge, ResultRedaction redaction, Limits limits, int resultTokens, Optional<Path> exports) {}
