package dev.howdah.library.log;

import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.postgres.PostgresException;

/**
 * A throwable and its causes as text without what may be data. A message is written only if its class is known never to
 * quote any: the server's errors quote values ({@code invalid input syntax for type integer: "…"}), and so do the JDK's
 * parsers.
 */
final class SafeStack {
    private static final int CAUSES = 8;
    private static final int FRAMES = 60;

    private SafeStack() {}

    static String of(Throwable thrown, Redaction redaction) {
        StringBuilder text = new StringBuilder();
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < CAUSES; depth++) {
            text.append(depth == 0 ? "" : "Caused by: ").append(at.getClass().getName());
            appendMessage(text, at, redaction);
            StackTraceElement[] frames = at.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
            if (frames.length > FRAMES) {
                text.append("\n\t… ").append(frames.length - FRAMES).append(" more");
            }
            text.append('\n');
            at = at.getCause();
        }
        return text.toString();
    }

    private static void appendMessage(StringBuilder text, Throwable thrown, Redaction redaction) {
        String message = thrown.getMessage();
        if (message == null) {
            return;
        }
        if (quotesNoData(thrown)) {
            text.append(": ").append(redaction.apply(message));
        } else if (thrown instanceof PostgresException server
                && server.serverError().isPresent()) {
            text.append(" (").append(server.serverError().get().redacted()).append(')');
        } else {
            text.append(" (message withheld: it may quote data)");
        }
    }

    private static boolean quotesNoData(Throwable thrown) {
        // Not its subclasses: what the server said travels in one of them.
        if (thrown.getClass() == HowdahException.class || thrown instanceof VirtualMachineError) {
            return true;
        }
        return switch (thrown.getClass().getName()) {
            case "java.lang.NullPointerException",
                    "java.lang.ClassCastException",
                    "java.lang.IndexOutOfBoundsException",
                    "java.lang.ArrayIndexOutOfBoundsException",
                    "java.lang.StringIndexOutOfBoundsException",
                    "java.lang.ClassNotFoundException",
                    "java.lang.NoClassDefFoundError",
                    "java.lang.ExceptionInInitializerError",
                    "java.util.concurrent.TimeoutException",
                    "java.io.IOException",
                    "java.io.EOFException",
                    "java.io.FileNotFoundException" -> true;
            default -> {
                String name = thrown.getClass().getPackageName();
                boolean network = name.equals("java.net")
                        && !thrown.getClass().getSimpleName().startsWith("URI");
                yield network
                        || name.equals("java.nio.file")
                        || name.equals("java.nio.channels")
                        || name.equals("javax.net.ssl");
            }
        };
    }
}
