package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.AuditLog;
import dev.howdah.library.Audits;
import dev.howdah.library.settings.Settings;
import dev.howdah.store.chain.ChainException;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which audit log: the one of the settings, or a copy. */
final class AuditOptions {
    @Option(names = "--file", paramLabel = "LOG", description = "Another log, such as a copy; its key is beside it.")
    private @Nullable Path file;

    @Option(names = "--key", paramLabel = "FILE", description = "Read the key from this file.")
    private @Nullable Path key;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** The log. */
    ChainFiles files(Context context) {
        ChainFiles files = file != null
                ? new ChainFiles(context.environment().workingDirectory().resolve(file))
                : Audits.files(settings.load(context.environment()));
        try {
            if (files.all().isEmpty()) {
                throw new HowdahException(
                        ErrorCode.FILE,
                        "There is no audit log " + files + ".",
                        file == null ? "The first statement begins it, unless audit.mode is off." : "Check --file.");
            }
        } catch (IOException e) {
            throw unreadable(files, e);
        }
        return files;
    }

    /** The key that it is sealed with. */
    ChainKey key(Context context, ChainFiles files) {
        Path beside = key != null ? context.environment().workingDirectory().resolve(key) : files.key();
        try {
            if (key == null && file == null) {
                Settings loaded = settings.load(context.environment());
                return AuditLog.key(files, Audits.key(loaded));
            }
            if (!Files.exists(beside)) {
                throw new HowdahException(
                        ErrorCode.FILE, "There is no key " + beside + ".", "Name the log's key with --key FILE.");
            }
            return ChainKey.read(beside);
        } catch (ChainException e) {
            throw new HowdahException(ErrorCode.AUDIT, String.valueOf(e.getMessage()), e.advice(), e);
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "Cannot read the key " + beside + ": " + e.getMessage() + ".", "Check --key.", e);
        }
    }

    static HowdahException unreadable(ChainFiles files, IOException e) {
        return new HowdahException(
                ErrorCode.FILE,
                "Cannot read the audit log " + files + ": " + e.getMessage() + ".",
                "Only its owner may read it.",
                e);
    }
}
