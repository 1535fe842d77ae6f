package dev.howdah.agent.writing;

import dev.howdah.agent.model.Completion;
import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.Prompt;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.redaction.PromptWriter;
import dev.howdah.guard.redaction.RedactionPolicy;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import java.util.ArrayList;
import java.util.List;

/** The conversation with a model about one question: its answer, and at most two repairs. For one thread. */
public final class Draft {
    private static final int REPAIRS = 2;
    /** Syntax errors and names that do not exist: their texts quote the statement, never a row. */
    private static final String STATEMENT_IS_WRONG = "42";

    private final Model model;
    private final RedactionPolicy redaction;
    private final List<Message> messages;
    private int calls;
    private Usage usage = Usage.NONE;

    Draft(Model model, RedactionPolicy redaction, List<Message> messages) {
        this.model = model;
        this.redaction = redaction;
        this.messages = new ArrayList<>(messages);
    }

    /** How often the model was asked so far. */
    public int calls() {
        return calls;
    }

    /** The tokens used so far. */
    public Usage usage() {
        return usage;
    }

    /**
     * Asks the model, again if what it said cannot be read.
     *
     * @throws dev.howdah.agent.model.ModelException if it gives no answer
     * @throws HowdahException of code DECLINED if its answers stay unreadable
     */
    public Written next(Cancellation cancellation) {
        while (true) {
            Completion completion =
                    model.complete(new Prompt(messages, List.of()), Model.TextListener.none(), cancellation);
            calls++;
            usage = usage.plus(completion.usage());
            messages.add(new Message.FromModel(completion.text(), List.of()));
            if (completion.finish() == Finish.FILTERED) {
                throw new HowdahException(
                        ErrorCode.DECLINED, "The model's provider withholds the answer.", "Ask in other words.");
            }
            Written written = Written.of(completion.text());
            boolean cut = completion.finish() == Finish.TOKEN_LIMIT;
            if (!cut && !(written instanceof Written.Unreadable)) {
                return written;
            }
            if (calls > REPAIRS) {
                throw new HowdahException(
                        ErrorCode.DECLINED,
                        cut
                                ? "The model's answer does not fit into the longest allowed one."
                                : "The model does not answer in a form that can be checked.",
                        cut ? "Allow more with models.max_tokens." : "Try another model, or ask in other words.");
            }
            messages.add(new Message.FromPerson(
                    cut
                            ? "Your answer was cut off. Give a shorter one: only the JSON object."
                            : "That was not the JSON object asked for. Answer again with only the JSON object."));
        }
    }

    /** Tells the model what is wrong with its statement; false if it has had its chances, or it is not its to repair. */
    public boolean repair(HowdahException failure) {
        if (calls > REPAIRS || !isRepairable(failure)) {
            return false;
        }
        messages.add(new Message.FromPerson(new PromptWriter(redaction)
                .say("That statement does not run.")
                .data("the error", said(failure))
                .say("Answer again with a corrected JSON object.")
                .finish()
                .text()));
        return true;
    }

    /** A refused change is never turned into another change; limits, time and the connection are not the model's doing. */
    private static boolean isRepairable(HowdahException failure) {
        return switch (failure.code()) {
            case SYNTAX, UNRESOLVED, SERVER -> true;
            default -> false;
        };
    }

    /** What failed, without anything that may be a row's value. */
    private static String said(HowdahException failure) {
        if (failure instanceof PostgresException server
                && server.serverError()
                        .filter(error -> !isAboutTheStatement(error))
                        .isPresent()) {
            return "SQLSTATE " + server.serverError().map(ServerError::sqlState).orElse("unknown");
        }
        return failure.getMessage() + failure.hint().map(hint -> " " + hint).orElse("");
    }

    private static boolean isAboutTheStatement(ServerError error) {
        return error.sqlState().startsWith(STATEMENT_IS_WRONG);
    }
}
