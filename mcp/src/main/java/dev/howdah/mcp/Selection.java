package dev.howdah.mcp;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.mcp.tool.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tools are listed. What is listed costs every conversation of every client, so without a wish it is few.
 *
 * @param servers whole servers; empty for the few that most need
 * @param tools single tools by name, instead
 */
public record Selection(Set<Toolset> servers, List<String> tools) {
    /** What most need, in under 2,500 tokens (characters divided by four). */
    static final List<String> FEW =
            List.of("ask", "execute_read_query", "inspect_schema", "get_sample_data", "explain_query");

    public Selection {
        servers = Set.copyOf(servers);
        tools = List.copyOf(tools);
    }

    /** The few. */
    public static Selection few() {
        return new Selection(Set.of(), List.of());
    }

    /**
     * The chosen among these.
     *
     * @throws HowdahException of code USAGE if a name is no tool's
     */
    List<Tool> of(Map<Toolset, List<Tool>> all) {
        Map<String, Tool> byName = new LinkedHashMap<>();
        all.values().forEach(set -> set.forEach(tool -> byName.put(tool.name(), tool)));
        if (!tools.isEmpty()) {
            return named(tools, byName);
        }
        if (servers.isEmpty()) {
            return named(FEW, byName);
        }
        return all.entrySet().stream()
                .filter(set -> servers.contains(set.getKey()))
                .flatMap(set -> set.getValue().stream())
                .toList();
    }

    private static List<Tool> named(List<String> names, Map<String, Tool> byName) {
        return names.stream()
                .map(name -> Optional.ofNullable(byName.get(name))
                        .orElseThrow(() -> new HowdahException(
                                ErrorCode.USAGE,
                                "There is no tool " + name + ".",
                                Nearest.to(name, byName.keySet())
                                                .map(near -> "Did you mean " + near + "? ")
                                                .orElse("")
                                        + "There are " + String.join(", ", byName.keySet()) + ".")))
                .toList();
    }
}
