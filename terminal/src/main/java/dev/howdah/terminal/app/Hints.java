package dev.howdah.terminal.app;

import dev.howdah.terminal.chat.Conversation;
import dev.howdah.terminal.result.Grid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that work now, each as the key, a space, and what it does; the most useful first. */
final class Hints {
    private Hints() {}

    static List<String> of(
            App.View view,
            boolean running,
            @Nullable Grid grid,
            Conversation conversation,
            boolean completing,
            boolean picking) {
        if (picking) {
            return List.of("Enter takes", "Esc back", "↑↓ moves");
        }
        if (completing) {
            return List.of("Tab next", "Enter takes", "Esc closes");
        }
        return switch (view) {
            case CHAT -> chat(running, conversation);
            case RESULT -> result(grid);
            case SCHEMA ->
                List.of(
                        "Esc back",
                        "↑↓ moves",
                        "/ finds",
                        "Enter samples",
                        "a asks",
                        "i inserts",
                        "d diagram",
                        "m Mermaid");
            case HISTORY, SETTINGS, HELP -> List.of("Esc back", "↑↓ scrolls");
        };
    }

    private static List<String> chat(boolean running, Conversation conversation) {
        if (running) {
            return List.of("Esc stops", "Enter queues the next", "PgUp scrolls", "Ctrl-K commands");
        }
        if (conversation.hasSelection()) {
            return List.of("Enter rows", "Alt-O folds", "Alt-E edits", "Alt-Y copies SQL", "Esc back");
        }
        return conversation.blocks().isEmpty()
                ? List.of("Enter asks", "Tab completes", "Ctrl-K commands", "F3 schema", "? help", "Ctrl-D leaves")
                : List.of(
                        "Enter asks",
                        "Ctrl-O rows",
                        "Alt-E edit SQL",
                        "Ctrl-K commands",
                        "F3 schema",
                        "? help",
                        "Ctrl-D leaves");
    }

    private static List<String> result(@Nullable Grid grid) {
        Grid.Shape shape = grid == null ? Grid.Shape.TABLE : grid.shape();
        return switch (shape) {
            case TABLE ->
                List.of(
                        "Esc back",
                        "Enter record",
                        "v value",
                        "/ finds",
                        "s sorts",
                        "f filters",
                        "y copies",
                        "e exports",
                        "c chart",
                        "z freezes",
                        "G end");
            case RECORD -> List.of("Esc back", "←→ rows", "↑↓ columns", "v value", "y copies");
            case CELL -> List.of("Esc back", "↑↓ scrolls", "y copies");
            case CHART -> List.of("Esc back", "b bars", "l line", "h histogram", "s sparkline", "x scatter");
        };
    }
}
