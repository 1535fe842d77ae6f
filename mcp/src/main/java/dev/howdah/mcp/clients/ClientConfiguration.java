package dev.howdah.mcp.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a client is told of Howdah: the JSON it reads, and where it reads it. */
public enum ClientConfiguration {
    CLAUDE_DESKTOP("mcpServers"),
    CLAUDE_CODE("mcpServers"),
    CURSOR("mcpServers"),
    WINDSURF("mcpServers"),
    VSCODE("servers");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String member;

    ClientConfiguration(String member) {
        this.member = member;
    }

    /** The name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The client of this name.
     *
     * @throws HowdahException of code USAGE that names the nearest
     */
    public static ClientConfiguration of(String word) {
        List<String> words =
                Arrays.stream(values()).map(ClientConfiguration::word).toList();
        int at = words.indexOf(word);
        if (at < 0) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "There is no client " + word + ".",
                    Nearest.to(word, words)
                                    .map(near -> "Did you mean " + near + "? ")
                                    .orElse("")
                            + "There are " + String.join(", ", words) + ".");
        }
        return values()[at];
    }

    /** Where the client reads it; for Claude Code and VS Code a file in the working directory, for the repository. */
    public Path file(Environment environment) {
        return switch (this) {
            case CLAUDE_DESKTOP ->
                switch (environment.operatingSystem()) {
                    case MACOS ->
                        environment.home().resolve("Library/Application Support/Claude/claude_desktop_config.json");
                    case WINDOWS ->
                        environment
                                .variable("APPDATA")
                                .map(Path::of)
                                .orElse(environment.home().resolve("AppData/Roaming"))
                                .resolve("Claude/claude_desktop_config.json");
                    case LINUX -> environment.home().resolve(".config/Claude/claude_desktop_config.json");
                };
            case CLAUDE_CODE -> environment.workingDirectory().resolve(".mcp.json");
            case CURSOR -> environment.home().resolve(".cursor/mcp.json");
            case WINDSURF -> environment.home().resolve(".codeium/windsurf/mcp_config.json");
            case VSCODE -> environment.workingDirectory().resolve(".vscode/mcp.json");
        };
    }

    /** What stands in that file for this command, and nothing else. */
    public String text(List<String> command) throws JsonProcessingException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(with(MAPPER.createObjectNode(), command));
    }

    private ObjectNode with(ObjectNode root, List<String> command) {
        JsonNode there = root.get(member);
        ObjectNode servers = there instanceof ObjectNode object ? object : root.putObject(member);
        ObjectNode howdah = servers.putObject("howdah");
        if (this == VSCODE) {
            howdah.put("type", "stdio");
        }
        howdah.put("command", command.getFirst());
        var arguments = howdah.putArray("args");
        command.subList(1, command.size()).forEach(arguments::add);
        return root;
    }

    /**
     * Adds it to the client's file, whose other contents stay; what was there before is kept beside it.
     *
     * @return where the old file is, if there was one
     * @throws HowdahException of code FILE if what is there is no JSON object
     */
    public Optional<Path> write(Environment environment, List<String> command, Instant now) throws IOException {
        Path file = file(environment);
        ObjectNode root = MAPPER.createObjectNode();
        Optional<Path> backup = Optional.empty();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            root = text.isBlank() ? root : parsed(file, text);
            Path kept = file.resolveSibling(file.getFileName() + ".before-howdah-" + now.getEpochSecond());
            Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            backup = Optional.of(kept);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(with(root, command)) + "\n";
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return backup;
    }

    private static ObjectNode parsed(Path file, String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw unreadable(file, e);
        }
        throw unreadable(file, null);
    }

    private static HowdahException unreadable(Path file, @org.jspecify.annotations.Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.FILE,
                file + " is no JSON object; it was left as it is.",
                "Without --write it is printed, to be put there by hand.",
                cause);
    }
}
