package dev.howdah.mcp;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The servers by their ids; each is a set of tools, and several can be served at once. */
public enum Toolset {
    /** The schema, reads, plans, questions. */
    POSTGRESQL_OPS("postgresql-ops"),
    /** What a write would do. */
    IMPACT_ANALYSIS("impact-analysis"),
    /** Who has to approve a write, and whether they did. */
    APPROVAL_WORKFLOW("approval-workflow"),
    /** Running what was approved. */
    EXECUTION_MONITOR("execution-monitor");

    private static final String ALL = "all";

    private final String id;

    Toolset(String id) {
        this.id = id;
    }

    /** The id on the command line. */
    public String id() {
        return id;
    }

    /**
     * The sets that an id means; {@code all} means all.
     *
     * @throws HowdahException of code USAGE that names the nearest
     */
    public static Set<Toolset> of(String id) {
        if (id.equals(ALL)) {
            return EnumSet.allOf(Toolset.class);
        }
        List<String> ids = Arrays.stream(values()).map(Toolset::id).toList();
        int at = ids.indexOf(id);
        if (at < 0) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "There is no server " + id + ".",
                    Nearest.to(id, ids)
                                    .map(near -> "Did you mean " + near + "? ")
                                    .orElse("")
                            + "There are " + String.join(", ", ids) + ", and " + ALL + ".");
        }
        return EnumSet.of(values()[at]);
    }
}
