package dev.howdah.terminal.app;

import dev.howdah.agent.context.Background;
import dev.howdah.agent.context.Turn;
import dev.howdah.base.HowdahException;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Keys;
import dev.howdah.postgres.Server;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.terminal.chat.Block;
import dev.howdah.terminal.chat.Block.Choice;
import dev.howdah.terminal.chat.BlockView;
import dev.howdah.terminal.chat.Conversation;
import dev.howdah.terminal.editor.Editor;
import dev.howdah.terminal.editor.History;
import dev.howdah.terminal.editor.Language;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.result.Chart;
import dev.howdah.terminal.result.Grid;
import dev.howdah.terminal.result.Result;
import dev.howdah.terminal.schema.SchemaView;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Frames.CursorAt;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Theme;
import dev.tamboui.style.Style;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole screen: which view is shown, what each key means there, and what is waiting. For the drawing thread only; work
 * is done at the {@link Desk}.
 */
public final class App implements Loop.Screen, AutoCloseable {
    /** A query that took this long rings the bell when it ends. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** The clipboard of a terminal takes no more. */
    private static final int MOST_COPIED = 74_000;

    private static final int TURNS = 6;

    /** What fills the screen. */
    enum View {
        CHAT,
        RESULT,
        SCHEMA,
        HISTORY,
        SETTINGS,
        HELP
    }

    private final Databases databases;
    private final Consumer<Runnable> post;
    private final LongSupplier nanos;
    private final Runnable redraw;
    private final Conversation conversation = new Conversation();
    private final Editor editor = new Editor();
    private final History history = new History();
    private final Deque<Block> queue = new ArrayDeque<>();
    private final StringBuilder output = new StringBuilder();
    private final Commands commands = new Commands(this);
    private Desk desk;
    private Theme theme;
    private View view = View.CHAT;
    private boolean sqlMode;
    private boolean timing = true;
    private boolean expanded;
    private boolean quit;
    private boolean asksToQuit;
    private String said = "";
    private Optional<Server> server = Optional.empty();
    private Optional<Catalog> catalog = Optional.empty();
    private @Nullable Grid grid;
    private @Nullable Block gridBlock;
    private @Nullable SchemaView schema;
    private @Nullable Palette palette;
    private Consumer<Palette.Picked> picked = _ -> {};
    private @Nullable Prompt prompt;
    private @Nullable ReviewDialog decision;
    private Completion.@Nullable Proposal completion;
    private int completionAt;
    private int helpScroll;
    private @Nullable Search searching;

    /** Asks for one line of text at the bottom. */
    private record Prompt(String label, Editor editor, Consumer<String> done) {}

    private static final class Search {
        private String text = "";
        private int nth;
    }

    /**
     * @param howdah the database to begin with
     * @param databases those that can be switched to
     * @param theme how it looks at first
     * @param post brings closures to the drawing thread
     * @param nanos a clock of nanoseconds
     * @param redraw has the next frame sent whole
     */
    public App(
            Howdah howdah,
            Databases databases,
            Theme theme,
            Consumer<Runnable> post,
            LongSupplier nanos,
            Runnable redraw) {
        this.databases = databases;
        this.theme = theme;
        this.post = post;
        this.nanos = nanos;
        this.redraw = redraw;
        this.desk = new Desk(howdah, post, nanos, this::decide);
        arrive();
    }

    private void arrive() {
        server = Optional.empty();
        catalog = Optional.empty();
        schema = null;
        conversation.welcome(List.of(
                Line.of("Howdah", theme.strong()),
                Line.of(
                        "Ask " + desk.howdah().database().profile().database() + " something: show latest 20 orders",
                        theme.dim()),
                Line.of(
                        "SQL works, too, and so do \\d and its kin.  ? shows the keys, Ctrl-K everything there is.",
                        theme.dim()),
                Line.EMPTY));
        Desk here = desk;
        desk.look(
                found -> {
                    if (desk == here) {
                        server = Optional.of(found);
                    }
                },
                read -> {
                    if (desk == here) {
                        catalog = Optional.of(read);
                    }
                },
                failure -> {
                    if (desk == here) {
                        Block block = new Block(Block.Kind.COMMAND, "connect");
                        block.fail(Block.Failure.of(failure), Duration.ZERO);
                        conversation.add(block);
                    }
                });
    }

    Conversation conversation() {
        return conversation;
    }

    Editor editor() {
        return editor;
    }

    Desk desk() {
        return desk;
    }

    Optional<Catalog> catalog() {
        return catalog;
    }

    Databases databases() {
        return databases;
    }

    View view() {
        return view;
    }

    void say(String words) {
        said = words;
    }

    void show(View other) {
        view = other;
        helpScroll = 0;
    }

    void theme(Theme other) {
        theme = other;
        redraw.run();
    }

    boolean timing() {
        return timing;
    }

    void timing(boolean on) {
        timing = on;
    }

    boolean expanded() {
        return expanded;
    }

    void expanded(boolean on) {
        expanded = on;
        conversation.current().filter(block -> block.result().isPresent()).ifPresent(block -> block.expand(on));
    }

    @Override
    public boolean isAnimated() {
        return desk.running().isPresent();
    }

    @Override
    public boolean wantsToQuit() {
        return quit;
    }

    @Override
    public void terminalGone() {
        quit = true;
    }

    @Override
    public String takeOutput() {
        String text = output.toString();
        output.setLength(0);
        return text;
    }

    /** Quits, after a warning if something runs. */
    void quit() {
        if (desk.running().isPresent() && !asksToQuit) {
            asksToQuit = true;
            said = "A statement is running. Quit again to stop it and leave, Esc to stay.";
            return;
        }
        quit = true;
    }

    /** Puts a text on the clipboard, by way of the terminal (OSC 52). */
    void copy(String text, String what) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_COPIED) {
            said = "That is too much for a terminal's clipboard (" + bytes.length / 1024 + " kB); export it instead.";
            return;
        }
        output.append("\u001b]52;c;")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append('\u0007');
        said = what + " copied, if your terminal lets programs do that.";
    }

    // --- submitting ---

    /** Does what was typed, now or when its turn comes. */
    void submit(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return;
        }
        history.add(trimmed);
        Language.Mode mode = mode(trimmed);
        if (mode == Language.Mode.COMMAND) {
            commands.typed(trimmed);
            return;
        }
        enqueue(new Block(mode == Language.Mode.SQL ? Block.Kind.SQL : Block.Kind.QUESTION, trimmed));
    }

    /** Puts a block at the end of what is to be done. */
    void enqueue(Block block) {
        block.expand(expanded);
        conversation.add(block);
        queue.add(block);
        show(View.CHAT);
        next();
    }

    /** The same, with its rows on the whole screen as soon as there are some. */
    void enqueueAndShow(Block block) {
        enqueue(block);
        awaited = block;
    }

    private @Nullable Block awaited;

    private void next() {
        if (desk.running().isPresent() || queue.isEmpty()) {
            return;
        }
        Block block = queue.poll();
        if (block.kind() == Block.Kind.SQL) {
            desk.sql(block, texts -> several(block, texts), () -> done(block));
        } else {
            desk.ask(block, background(), () -> done(block));
        }
    }

    private void several(Block whole, List<String> texts) {
        conversation.blocks().remove(whole);
        List<Block> after = new ArrayList<>(queue);
        queue.clear();
        for (String text : texts) {
            Block block = new Block(Block.Kind.SQL, text);
            block.expand(expanded);
            conversation.add(block);
            queue.add(block);
        }
        queue.addAll(after);
        script = List.copyOf(queue).subList(0, texts.size());
    }

    private List<Block> script = List.of();

    void done(Block block) {
        boolean failed = block.state() == Block.State.FAILED || block.state() == Block.State.STOPPED;
        if (failed && script.contains(block)) {
            // The rest of a script does not run after an error.
            for (Block rest : script) {
                if (queue.remove(rest)) {
                    rest.end(Block.State.STOPPED, Duration.ZERO);
                    rest.doing("not run, because one before it did not");
                }
            }
        }
        if (block.took().filter(took -> took.compareTo(LONG) >= 0).isPresent()) {
            output.append('\u0007');
        }
        asksToQuit = false;
        desk.tidy(conversation.blocks());
        if (awaited == block && block.state() == Block.State.DONE) {
            conversation.unselect();
            openGrid();
        }
        awaited = null;
        propose(block);
        next();
    }

    private void propose(Block block) {
        block.result()
                .filter(result -> result.rows() > 1 && result.rows() <= 200)
                .filter(result -> result.reading() == Result.Reading.COMPLETE)
                .flatMap(result -> Chart.fitting(result.columns()))
                .ifPresent(kind -> said = "Ctrl-O looks at all rows; there, c draws a "
                        + kind.name().toLowerCase(java.util.Locale.ROOT) + " chart.");
    }

    private Background background() {
        List<Turn> turns = new ArrayList<>();
        for (Block block : conversation.blocks()) {
            if (block.kind() == Block.Kind.QUESTION
                    && block.state() == Block.State.DONE
                    && !block.sql().isEmpty()) {
                turns.add(new Turn(block.text(), Optional.of(block.sql()), block.reading()));
            }
        }
        return Background.of(turns.size() > TURNS ? turns.subList(turns.size() - TURNS, turns.size()) : turns);
    }

    private Language.Mode mode(String text) {
        Language.Mode found = Language.of(text);
        return sqlMode && found == Language.Mode.QUESTION ? Language.Mode.SQL : found;
    }

    private void decide(ReviewDialog dialog) {
        palette = null;
        prompt = null;
        decision = dialog;
        // Somebody may be looking elsewhere: a write waits for them.
        output.append('\u0007');
    }

    // --- switching ---

    /** Goes to another database; what runs here must have ended. */
    void switchTo(String name) {
        if (desk.running().isPresent()) {
            said = "A statement is running here. Stop it first with Esc.";
            return;
        }
        said = "connecting to " + name + " …";
        Thread.ofVirtual().name("howdah-switch").start(() -> {
            try {
                Howdah other = databases.open(name);
                post.accept(() -> {
                    desk.close();
                    desk = new Desk(other, post, nanos, this::decide);
                    said = "now at " + other.database().profile().address();
                    grid = null;
                    show(View.CHAT);
                    arrive();
                });
            } catch (HowdahException e) {
                post.accept(() -> {
                    said = "";
                    failed("/switch " + name, e);
                });
            }
        });
    }

    void failed(String typed, HowdahException failure) {
        Block block = new Block(Block.Kind.COMMAND, typed);
        block.fail(Block.Failure.of(failure), Duration.ZERO);
        conversation.add(block);
        show(View.CHAT);
    }

    /** Shows an answer that is only text. */
    void told(String typed, List<String> lines) {
        Block block = new Block(Block.Kind.COMMAND, typed);
        block.say(lines.stream().map(line -> Line.of("  " + line, Style.EMPTY)).toList());
        block.end(Block.State.DONE, Duration.ZERO);
        conversation.add(block);
        show(View.CHAT);
    }

    // --- pickers and prompts ---

    void openPalette() {
        pick("Commands", commands.entries(), true, choice -> commands.run(choice.name(), choice.argument()));
    }

    void pick(String title, List<Palette.Entry> entries, boolean arguments, Consumer<Palette.Picked> then) {
        palette = new Palette(title, entries, arguments);
        picked = then;
    }

    void prompt(String label, String initial, Consumer<String> done) {
        Editor line = new Editor();
        line.set(initial);
        prompt = new Prompt(label, line, done);
    }

    void openSchema() {
        if (catalog.isEmpty()) {
            said = "The catalog is still being read.";
            return;
        }
        if (schema == null) {
            schema = new SchemaView(catalog.get());
        }
        show(View.SCHEMA);
    }

    Optional<SchemaView> schemaView() {
        return Optional.ofNullable(schema);
    }

    void openGrid() {
        Optional<Block> with =
                conversation.current().filter(block -> block.result().isPresent());
        if (with.isEmpty()) {
            List<Block> blocks = conversation.blocks();
            for (int i = blocks.size() - 1; i >= 0 && with.isEmpty(); i--) {
                with = Optional.of(blocks.get(i)).filter(block -> block.result().isPresent());
            }
        }
        if (with.isEmpty()) {
            said = "There are no rows yet: ask something.";
            return;
        }
        if (gridBlock != with.get()
                || grid == null
                || grid.result() != with.get().result().orElseThrow()) {
            gridBlock = with.get();
            grid = new Grid(gridBlock.result().orElseThrow(), gridBlock.text());
        }
        show(View.RESULT);
    }

    Optional<Grid> grid() {
        return Optional.ofNullable(grid);
    }

    /** The statement of the block that commands are about; empty if it has none. */
    String currentSql() {
        Optional<Block> block = view == View.RESULT ? Optional.ofNullable(gridBlock) : conversation.current();
        return block.map(one -> one.kind() == Block.Kind.SQL ? one.text() : one.sql())
                .orElse("");
    }

    History history() {
        return history;
    }

    // --- keys ---

    @Override
    public void press(Key key) {
        if (!key.isCtrl('c')) {
            said = "";
        }
        if (decision != null && !decision.isClosed()) {
            decision.press(key);
            return;
        }
        if (palette != null) {
            Palette shown = palette;
            Optional<Palette.Picked> choice = shown.press(key);
            if (shown.isClosed() && palette == shown) {
                palette = null;
            }
            choice.ifPresent(picked);
            return;
        }
        if (prompt != null) {
            pressPrompt(key, prompt);
            return;
        }
        if (everywhere(key)) {
            return;
        }
        switch (view) {
            case CHAT -> chat(key);
            case RESULT -> result(key);
            case SCHEMA -> schema(key);
            case HISTORY, SETTINGS, HELP -> reading(key);
        }
    }

    private void pressPrompt(Key key, Prompt asked) {
        if (key.is(Key.Code.ESCAPE) || key.isCtrl('c')) {
            prompt = null;
        } else if (key.is(Key.Code.ENTER)) {
            prompt = null;
            asked.done().accept(asked.editor().text().strip());
        } else {
            asked.editor().press(key);
        }
    }

    private boolean everywhere(Key key) {
        if (key.isCtrl('c')) {
            interrupt();
        } else if (key.isCtrl('l')) {
            redraw.run();
        } else if (key.isCtrl('p')
                || (key.isCtrl('k') && editor.cursor() == editor.clusters().size())) {
            openPalette();
        } else if (key.is(Key.Code.F1)) {
            show(view == View.HELP ? View.CHAT : View.HELP);
        } else if (key.is(Key.Code.F2) || key.isCtrl('o')) {
            if (view == View.RESULT) {
                show(View.CHAT);
            } else {
                openGrid();
            }
        } else if (key.is(Key.Code.F3)) {
            if (view == View.SCHEMA) {
                show(View.CHAT);
            } else {
                openSchema();
            }
        } else if (key.is(Key.Code.F5)) {
            commands.run("history", "");
        } else if (key.is(Key.Code.F6)) {
            show(view == View.SETTINGS ? View.CHAT : View.SETTINGS);
        } else if (key.isCtrl('q')) {
            quit();
        } else {
            return false;
        }
        return true;
    }

    private void interrupt() {
        if (desk.cancel()) {
            said = "Stopping; the server is told.";
        } else if (view != View.CHAT) {
            show(View.CHAT);
        } else if (!editor.isEmpty()) {
            editor.set("");
            completion = null;
        } else if (said.startsWith("Ctrl-C")) {
            quit();
        } else {
            said = "Ctrl-C again leaves Howdah; so does Ctrl-D.";
        }
    }

    private void chat(Key key) {
        if (searching != null && search(key, searching)) {
            return;
        }
        if (completion != null && complete(key, completion)) {
            return;
        }
        if (whileEmpty(key)) {
            return;
        }
        switch (key.code()) {
            case ENTER -> enter(key);
            case ESCAPE -> escape();
            case TAB -> completion(key.shift());
            case PAGE_UP -> conversation.scroll(Math.max(1, conversation.pageRows() - 2));
            case PAGE_DOWN -> conversation.scroll(-Math.max(1, conversation.pageRows() - 2));
            case WHEEL_UP -> conversation.scroll(3);
            case WHEEL_DOWN -> conversation.scroll(-3);
            case F4 -> sqlMode = !sqlMode;
            case UP -> up(key);
            case DOWN -> down(key);
            default -> letters(key);
        }
    }

    private void letters(Key key) {
        if (key.isCtrl('d') && editor.isEmpty()) {
            quit();
        } else if (key.isCtrl('r')) {
            searching = new Search();
        } else if (key.isAlt('o')) {
            conversation.current().ifPresent(Block::fold);
        } else if (key.isAlt('e')) {
            commands.run("edit", "");
        } else if (key.isAlt('y')) {
            commands.run("copy", "");
        } else if (key.isCtrl('x')) {
            commands.run("editor", "");
        } else {
            editor.press(key);
        }
    }

    private boolean whileEmpty(Key key) {
        if (!editor.isEmpty()) {
            return false;
        }
        if (key.isChar('?')) {
            show(View.HELP);
        } else if (key.isChar('/')) {
            openPalette();
        } else if (key.isPrintable() && key.text().length() == 1 && "123456789".contains(key.text())) {
            return choose(key.text().charAt(0) - '1');
        } else if (conversation.hasSelection() && key.is(Key.Code.ENTER)) {
            openGrid();
        } else {
            return false;
        }
        return true;
    }

    /** Takes one of the ways to go on that the newest block offers. */
    private boolean choose(int index) {
        Optional<Block> block = conversation.current();
        if (block.isEmpty()
                || index >= block.get().choices().size()
                || desk.running().isPresent()) {
            return false;
        }
        Choice choice = block.get().choices().get(index);
        Block next = choice.sql().isPresent()
                ? new Block(Block.Kind.SQL, choice.sql().get())
                : new Block(Block.Kind.QUESTION, choice.words());
        enqueue(next);
        return true;
    }

    private void enter(Key key) {
        String text = editor.text();
        if (key.alt() || key.shift() || key.ctrl()) {
            editor.insert("\n");
            return;
        }
        boolean unfinished =
                mode(text) == Language.Mode.SQL && !text.isBlank() && !text.endsWith("\n") && Language.breaksOff(text);
        if (unfinished) {
            editor.insert("\n");
            said = "The statement breaks off here. Enter on the empty line runs it all the same.";
            return;
        }
        editor.reset();
        submit(text);
    }

    private void escape() {
        if (desk.cancel()) {
            said = "Stopping; the server is told.";
        } else if (asksToQuit) {
            asksToQuit = false;
        } else if (conversation.hasSelection()) {
            conversation.unselect();
        } else {
            conversation.scroll(-1_000_000);
        }
    }

    private void up(Key key) {
        if (key.ctrl() || key.alt()) {
            conversation.select(-1);
        } else if (!editor.press(key)) {
            history.older(editor.text()).ifPresent(editor::set);
        }
    }

    private void down(Key key) {
        if (key.ctrl() || key.alt()) {
            conversation.select(1);
        } else if (!editor.press(key)) {
            history.newer().ifPresent(editor::set);
        }
    }

    private boolean search(Key key, Search search) {
        if (key.is(Key.Code.ESCAPE) || key.isCtrl('c') || key.isCtrl('g')) {
            searching = null;
            return true;
        }
        if (key.isCtrl('r')) {
            if (history.search(search.text, search.nth + 1).isPresent()) {
                search.nth++;
            }
            return true;
        }
        if (key.isPrintable()) {
            search.text += key.text();
            search.nth = 0;
            return true;
        }
        if (key.is(Key.Code.BACKSPACE)) {
            search.text = search.text.isEmpty() ? "" : search.text.substring(0, search.text.length() - 1);
            return true;
        }
        // Any other key takes what was found and goes on from there.
        history.search(search.text, search.nth).ifPresent(editor::set);
        searching = null;
        return key.is(Key.Code.ENTER) || key.is(Key.Code.TAB);
    }

    private void completion(boolean back) {
        String text = editor.text();
        Completion.Proposal found = Completion.at(text, editor.offset(), mode(text), catalog);
        if (found.candidates().size() == 1) {
            take(found, 0);
        } else if (!found.candidates().isEmpty()) {
            completion = found;
            completionAt = back ? found.candidates().size() - 1 : 0;
        }
    }

    private void take(Completion.Proposal proposal, int index) {
        editor.replace(
                proposal.start(),
                proposal.end(),
                proposal.candidates().get(index).text());
        completion = null;
    }

    private boolean complete(Key key, Completion.Proposal proposal) {
        int size = proposal.candidates().size();
        if (key.is(Key.Code.ESCAPE)) {
            completion = null;
            return true;
        }
        if (key.is(Key.Code.TAB) || key.is(Key.Code.DOWN) || key.is(Key.Code.UP)) {
            boolean back = key.is(Key.Code.UP) || key.shift();
            completionAt = Math.floorMod(completionAt + (back ? -1 : 1), size);
            return true;
        }
        if (key.is(Key.Code.ENTER)) {
            take(proposal, completionAt);
            return true;
        }
        completion = null;
        if (key.isPrintable() || key.is(Key.Code.BACKSPACE)) {
            editor.press(key);
            Completion.Proposal again = Completion.at(editor.text(), editor.offset(), mode(editor.text()), catalog);
            if (!again.candidates().isEmpty() && again.end() > again.start()) {
                completion = again;
                completionAt = 0;
            }
            return true;
        }
        return false;
    }

    private void result(Key key) {
        Grid shown = grid;
        if (shown == null) {
            show(View.CHAT);
            return;
        }
        switch (shown.press(key)) {
            case NONE -> {}
            case BACK -> show(View.CHAT);
            case SEARCH -> prompt("find: ", "", shown::search);
            case SORT -> commands.sort(shown, currentSql());
            case FILTER ->
                prompt(
                        "only rows whose "
                                + shown.result().columns().get(shown.column()).name() + " contains: ",
                        "",
                        text -> commands.filter(shown, currentSql(), text));
            case EXPORT -> commands.run("export", "");
            case RERUN -> commands.run("rerun", "");
            case COPY_CELL -> copy(shown.cellText(), "The value was");
            case COPY_ROW -> copy(shown.rowsText(), shown.selectedRows() == 1 ? "The row was" : "The rows were");
            case UNKNOWN -> {
                if (key.isChar('?')) {
                    show(View.HELP);
                } else if (key.is(Key.Code.ESCAPE)) {
                    show(View.CHAT);
                }
            }
        }
    }

    private void schema(Key key) {
        SchemaView shown = schema;
        if (shown == null || (!shown.isFiltering() && (key.is(Key.Code.ESCAPE) || key.isChar('q')))) {
            show(View.CHAT);
            return;
        }
        if (shown.press(key)) {
            return;
        }
        commands.schemaKey(key, shown);
    }

    private void reading(Key key) {
        if (key.is(Key.Code.DOWN) || key.isChar('j') || key.is(Key.Code.WHEEL_DOWN)) {
            helpScroll++;
        } else if (key.is(Key.Code.UP) || key.isChar('k') || key.is(Key.Code.WHEEL_UP)) {
            helpScroll--;
        } else if (key.is(Key.Code.PAGE_DOWN) || key.isChar(' ')) {
            helpScroll += 15;
        } else if (key.is(Key.Code.PAGE_UP)) {
            helpScroll -= 15;
        } else {
            show(View.CHAT);
        }
    }

    // --- drawing ---

    @Override
    public CursorAt draw(Canvas canvas) {
        int columns = canvas.width();
        int rows = canvas.height();
        if (columns < 20 || rows < 6) {
            canvas.put(0, 0, "too small", theme.warning());
            return CursorAt.HIDDEN;
        }
        StatusBar.draw(canvas, desk, server, sqlMode, queue.size(), nanos.getAsLong(), theme);
        CursorAt cursor = body(canvas, columns, rows);
        hints(canvas, rows - 1, columns);
        if (prompt != null) {
            canvas.fill(0, rows - 2, columns, 1, theme.text());
            int at = canvas.put(1, rows - 2, prompt.label(), theme.key());
            int end = canvas.put(at, rows - 2, prompt.editor().text(), theme.text());
            cursor = new CursorAt(Math.min(end, columns - 1), rows - 2);
        }
        if (decision != null && !decision.isClosed()) {
            return decision.draw(canvas, theme);
        }
        return palette != null ? palette.draw(canvas, theme) : cursor;
    }

    private CursorAt body(Canvas canvas, int columns, int rows) {
        switch (view) {
            case CHAT -> {
                return drawChat(canvas, columns, rows);
            }
            case RESULT -> {
                if (grid != null) {
                    grid.draw(canvas, 0, 1, columns, rows - 2, theme);
                }
            }
            case SCHEMA -> {
                if (schema != null) {
                    schema.draw(canvas, 0, 1, columns, rows - 2, theme);
                }
            }
            case HELP -> lines(canvas, columns, rows, HelpText.lines(theme));
            case SETTINGS ->
                lines(canvas, columns, rows, HelpText.settings(desk.howdah().settings(), theme));
            case HISTORY -> lines(canvas, columns, rows, List.of());
        }
        return CursorAt.HIDDEN;
    }

    private void lines(Canvas canvas, int columns, int rows, List<Line> lines) {
        int body = rows - 2;
        helpScroll = Math.clamp(helpScroll, 0, Math.max(0, lines.size() - body));
        for (int i = 0; i < body && helpScroll + i < lines.size(); i++) {
            Text.draw(canvas, 1, 1 + i, lines.get(helpScroll + i), columns - 2);
        }
        if (lines.size() > body + helpScroll) {
            canvas.put(columns - 9, rows - 2, " ↓ more ", theme.key());
        }
    }

    private CursorAt drawChat(Canvas canvas, int columns, int rows) {
        int input = InputBox.rows(editor, columns, rows);
        int bottom = rows - 1 - input;
        conversation.draw(canvas, 0, 1, columns, bottom - 2, theme);
        canvas.rule(0, bottom - 1, columns, theme.dim());
        if (searching != null) {
            String found = history.search(searching.text, searching.nth).orElse("");
            int at = canvas.put(1, bottom, "search back: " + searching.text, theme.key());
            canvas.put(at + 2, bottom, found, theme.text());
            return new CursorAt(Math.min(at, columns - 1), bottom);
        }
        CursorAt cursor = InputBox.draw(canvas, 0, bottom, columns, input, editor, mode(editor.text()), theme);
        if (completion != null) {
            drawCompletion(canvas, completion, cursor);
        }
        return cursor;
    }

    private void drawCompletion(Canvas canvas, Completion.Proposal proposal, CursorAt cursor) {
        int size = proposal.candidates().size();
        int rows = Math.min(8, Math.min(size, cursor.y() - 3));
        int wide = 20;
        for (Completion.Candidate one : proposal.candidates()) {
            wide = Math.max(wide, Math.min(56, canvas.widthOf(one.text()) + canvas.widthOf(one.words()) + 4));
        }
        int x = Math.clamp(
                cursor.x() - (proposal.end() - proposal.start()) - 1L, 0, Math.max(0, canvas.width() - wide - 2));
        int first = Math.clamp(completionAt - rows + 1L, 0, Math.max(0, size - rows));
        int y = cursor.y() - rows - 2;
        canvas.box(x, y, wide + 2, rows + 2, "", theme.dim(), theme.text());
        for (int i = 0; i < rows; i++) {
            Completion.Candidate one = proposal.candidates().get(first + i);
            Style style = first + i == completionAt ? theme.selected() : theme.text();
            canvas.fill(x + 1, y + 1 + i, wide, 1, style);
            int at = canvas.put(x + 2, y + 1 + i, one.text(), style, wide - 2);
            int words = canvas.widthOf(one.words());
            if (at + words + 1 < x + wide) {
                Style dim = first + i == completionAt ? theme.selected() : theme.dim();
                canvas.put(x + wide - words, y + 1 + i, one.words(), dim);
            }
        }
    }

    private void hints(Canvas canvas, int y, int columns) {
        if (!said.isEmpty()) {
            canvas.put(1, y, said, theme.warning(), columns - 2);
            return;
        }
        boolean running = desk.running().isPresent();
        List<String> keys =
                Hints.of(view, running, grid, conversation, completion != null, palette != null || prompt != null);
        int at = 1;
        for (String key : keys) {
            String[] parts = key.split(" ", 2);
            if (at + canvas.widthOf(key) + 1 > columns) {
                return;
            }
            at = canvas.put(at, y, parts[0], theme.key());
            at = canvas.put(at + 1, y, parts.length > 1 ? parts[1] : "", theme.dim()) + 2;
        }
    }

    @Override
    public Optional<String> takeEditorText() {
        Optional<String> wanted = Optional.ofNullable(editorText);
        editorText = null;
        return wanted;
    }

    private @Nullable String editorText;

    void externalEditor(String text) {
        editorText = text;
    }

    @Override
    public void edited(String text) {
        editor.set(text.stripTrailing());
        redraw.run();
    }

    /** Whether production is what is looked at. */
    static boolean isProduction(Howdah howdah) {
        return howdah.database()
                .profile()
                .environment()
                .filter(name -> name.startsWith("prod"))
                .isPresent();
    }

    /** What may happen here, in a word. */
    static String level(Howdah howdah) {
        return howdah.settings().value(Keys.READ_ONLY)
                ? "read-only"
                : howdah.settings().value(Keys.POLICY_LEVEL);
    }

    /** How long that took, if it is wanted. */
    static String duration(Duration duration) {
        return BlockView.duration(duration);
    }

    @Override
    public void close() {
        desk.close();
    }
}
