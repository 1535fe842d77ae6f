package dev.howdah.mcp.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;

/**
 * What the planner expects of a whole query; estimates, both.
 *
 * @param rows how many rows it gives
 * @param cost in the planner's own unit
 */
public record PlanFigures(long rows, double cost) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads what EXPLAIN (FORMAT json) gave. */
    public static PlanFigures of(String plan) {
        try {
            JsonNode root = MAPPER.readTree(plan).path(0).path("Plan");
            return new PlanFigures(
                    root.path("Plan Rows").asLong(), root.path("Total Cost").asDouble());
        } catch (IOException e) {
            throw new HowdahException(ErrorCode.SERVER, "The server's plan cannot be read.", null, e);
        }
    }
}
