package dev.howdah.agent.writing;

import dev.howdah.agent.context.SchemaContext;
import dev.howdah.agent.model.Completion;
import dev.howdah.agent.model.Completion.Finish;
import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.model.Message;
import dev.howdah.agent.model.Model;
import dev.howdah.agent.model.ModelException;
import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.agent.model.Prompt;
import dev.howdah.agent.model.ToolCall;
import dev.howdah.agent.model.ToolDescription;
import dev.howdah.agent.spending.Prices;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.tools.Failures;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.redaction.PromptWriter;
import dev.howdah.guard.redaction.RedactionPolicy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The conversation with a model about one question: reasoning and tools for a number of rounds, its answer, and repairs. A
 * plain question takes one call. For one thread.
 */
public final class Draft {
    private static final int SHORTENINGS = 3;

    private final Model model;
    private final RedactionPolicy redaction;
    private final LoopLimits limits;
    private final Optional<Tools> tools;
    private final Shortening shortening;
    private final Spending.Account account;
    private final Optional<Prices> prices;
    private final Hearing hearing;
    private final ToolSupport support;
    private final List<ToolDescription> descriptions;
    private List<Message> messages;
    private int rounds;
    private int unread;
    private int repairs;
    private boolean emptyChecked;
    private boolean finalRound;

    /** Gives shorter beginnings of a conversation, for models that read less than was thought. */
    @FunctionalInterface
    interface Shortening {
        /** The messages with at most this many tokens of the database's description, and no conversation before. */
        List<Message> to(int schemaTokens);
    }

    Draft(
            Model model,
            RedactionPolicy redaction,
            LoopLimits limits,
            Optional<Tools> tools,
            List<ToolDescription> descriptions,
            ToolSupport support,
            List<Message> messages,
            Shortening shortening,
            Spending.Account account,
            Optional<Prices> prices,
            Hearing hearing) {
        this.model = model;
        this.redaction = redaction;
        this.limits = limits;
        this.tools = tools;
        this.descriptions = descriptions;
        this.support = support;
        this.messages = new ArrayList<>(messages);
        this.shortening = shortening;
        this.account = account;
        this.prices = prices;
        this.hearing = hearing;
    }

    /** How often a model was asked so far, by whoever shares the account. */
    public int calls() {
        return account.calls();
    }

    /** The tokens used so far. */
    public Usage usage() {
        return account.usage();
    }

    /** What they cost, if a price is known. */
    public Optional<BigDecimal> cost() {
        return account.cost();
    }

    /** The statements that the model's tools ran. */
    public List<String> statements() {
        return tools.map(Tools::statements).orElse(List.of());
    }

    /**
     * Asks the model until it gives an answer that can be read.
     *
     * @throws dev.howdah.agent.model.ModelException if it gives no answer
     * @throws HowdahException of code DECLINED if its answers stay unreadable, of code LIMIT if a budget ends, of code
     *     REFUSED if it insists on a change that it may not make
     */
    public Written next(Cancellation cancellation) {
        while (true) {
            Completion completion = ask(cancellation);
            List<ToolCall> calls = tools.isPresent() ? completion.calls() : List.of();
            messages.add(new Message.FromModel(completion.text(), calls));
            if (completion.finish() == Finish.FILTERED) {
                throw new HowdahException(
                        ErrorCode.DECLINED, "The model's provider withholds the answer.", "Ask in other words.");
            }
            if (!calls.isEmpty()) {
                Optional<Written> asked = work(calls, cancellation);
                if (asked.isPresent()) {
                    return asked.get();
                }
                continue;
            }
            Optional<Written> written = read(completion);
            if (written.isPresent()) {
                return written.get();
            }
        }
    }

    /** Asks for several statements at once. */
    List<SqlWriter.Way> several(int most, Cancellation cancellation) {
        while (true) {
            Completion completion = ask(cancellation);
            messages.add(new Message.FromModel(completion.text(), List.of()));
            List<SqlWriter.Way> ways = Written.Reading.several(completion.text());
            if (!ways.isEmpty() && completion.finish() == Finish.DONE) {
                return ways.subList(0, Math.min(most, ways.size()));
            }
            if (read(completion).orElse(null) instanceof Written.Sql sql) {
                return List.of(new SqlWriter.Way(sql.reading(), sql.sql()));
            }
        }
    }

    /** What the answer is; empty if the model has to give another one. */
    private Optional<Written> read(Completion completion) {
        boolean cut = completion.finish() == Finish.TOKEN_LIMIT;
        Written written = Written.of(completion.text());
        boolean looked = tools.filter(Tools::haveTold).isPresent();
        switch (written) {
            case Written.Sql _, Written.Question _, Written.Cannot _ -> {
                if (!cut) {
                    return Optional.of(written);
                }
            }
            case Written.Prose(String text) -> {
                if (looked && !cut) {
                    return Optional.of(written);
                }
            }
            case Written.Unreadable(String text) -> {
                // After its tools, plain words are what a model means to say.
                if (looked && !cut && !text.isBlank()) {
                    return Optional.of(new Written.Prose(dev.howdah.base.PlainText.lines(text)));
                }
            }
        }
        if (++unread > limits.repairs()) {
            throw new HowdahException(
                    ErrorCode.DECLINED,
                    cut
                            ? "The model's answer does not fit into the longest allowed one."
                            : "The model does not answer in a form that can be checked.",
                    cut ? "Allow more with models.max_tokens." : "Try another model, or ask in other words.");
        }
        say((cut ? Template.SHORTER : Template.AGAIN).text());
        return Optional.empty();
    }

    private void say(String own) {
        messages.add(new Message.FromPerson(own));
    }

    /** Runs tools and tells what came of them; what the person is to be asked, if that is it. */
    private Optional<Written> work(List<ToolCall> calls, Cancellation cancellation) {
        if (finalRound) {
            throw new HowdahException(
                    ErrorCode.DECLINED,
                    "The model found no answer in " + rounds + " rounds.",
                    "Ask for less at once, or allow more with models.rounds.");
        }
        rounds++;
        Tools working = tools.orElseThrow();
        Tools.Round round = working.run(calls, cancellation);
        if (working.isDefiant()) {
            throw new HowdahException(
                    ErrorCode.REFUSED,
                    "The model insists on changing something, which its tools never do.",
                    "Ask for the change itself, if that is what you want; it is shown to you first.");
        }
        finalRound = rounds >= limits.rounds() - 1
                || working.isStuck()
                || account.isNearlyUsed(estimate(round.results()), prices);
        for (int i = 0; i < calls.size(); i++) {
            String result = round.results().get(i);
            boolean last = finalRound && i == calls.size() - 1;
            messages.add(new Message.FromTool(calls.get(i), last ? result + "\n" + Template.LAST.text() : result));
        }
        return round.ask().map(ask -> new Written.Question(ask.ask(), ask.choices()));
    }

    private Completion ask(Cancellation cancellation) {
        int shortened = 0;
        int whole = estimate(List.of());
        while (true) {
            // What is still too long is asked without tools, whose descriptions are long too.
            List<ToolDescription> offered = support.isUsable() && shortened < 2 ? descriptions : List.of();
            account.require(estimate(List.of()), prices);
            hearing.asks();
            try {
                Completion completion =
                        model.complete(new Prompt(messages, offered), new AnswerStream(hearing), cancellation);
                account.add(completion.usage(), prices);
                return completion;
            } catch (ModelException e) {
                if (!offered.isEmpty() && ToolSupport.isRefused(e)) {
                    // Many local models take no tools; they answer plain questions without.
                    support.refused();
                } else if (e.fault() == Fault.TOO_LONG && rounds == 0 && shortened < SHORTENINGS) {
                    shortened++;
                    messages = new ArrayList<>(shortening.to(whole / (3 * shortened)));
                } else {
                    throw e;
                }
            }
        }
    }

    private int estimate(List<String> more) {
        long characters = more.stream().mapToLong(String::length).sum();
        for (Message message : messages) {
            characters += switch (message) {
                case Message.Instructions(String text) -> text.length();
                case Message.FromPerson(String text) -> text.length();
                case Message.FromModel(String text, List<ToolCall> calls) -> text.length() + 100L * calls.size();
                case Message.FromTool(ToolCall _, String result) -> result.length();
            };
        }
        return (int) Math.min(Integer.MAX_VALUE, characters / SchemaContext.CHARACTERS_A_TOKEN);
    }

    /** Tells the model what is wrong with its statement; false if it has had its chances, or it is not its to repair. */
    public boolean repair(HowdahException failure) {
        if (repairs >= limits.repairs() || !isRepairable(failure)) {
            return false;
        }
        repairs++;
        say(new PromptWriter(redaction)
                .data(
                        "the error",
                        Failures.said(failure)
                                + failure.hint().map(hint -> " " + hint).orElse(""))
                .say(Template.REPAIR.text())
                .finish()
                .text());
        return true;
    }

    /** Whether the model may still be asked to look again at a statement without rows. */
    public boolean mayDoubt() {
        return !emptyChecked && repairs < limits.repairs();
    }

    /** Has the model look again at a statement without rows. */
    public void doubtEmpty() {
        emptyChecked = true;
        repairs++;
        say(Template.EMPTY.text());
    }

    /** A refused change is never turned into another change; limits, time and the connection are not the model's doing. */
    private static boolean isRepairable(HowdahException failure) {
        return switch (failure.code()) {
            case SYNTAX, UNRESOLVED, SERVER -> true;
            default -> false;
        };
    }

    /** Whether a model takes tools, which is found out by offering them. Thread-safe. */
    static final class ToolSupport {
        private volatile boolean usable = true;

        boolean isUsable() {
            return usable;
        }

        void refused() {
            usable = false;
        }

        static boolean isRefused(ModelException e) {
            String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            boolean request =
                    e.fault() == Fault.BAD_REQUEST || e.fault() == Fault.NOT_FOUND || e.fault() == Fault.SERVER;
            return request && (text.contains("tool") || text.contains("function"));
        }
    }
}
