package dev.howdah.mcp.operations;

import dev.howdah.mcp.rows.PagedReads;
import dev.howdah.mcp.tool.Tool;
import java.nio.file.Path;
import java.util.List;

/** The tools of postgresql-ops. */
public final class Operations {
    private Operations() {}

    /**
     * All of them, in the order in which they are listed.
     *
     * @param paged the reads that may go on
     * @param exports where files go
     */
    public static List<Tool> tools(PagedReads paged, Path exports) {
        Reads reads = new Reads(paged);
        return List.of(
                new Ask(reads),
                new ExecuteReadQuery(reads),
                new InspectSchema(),
                new GetSampleData(reads),
                new ExplainQuery(),
                new ValidateQuerySyntax(),
                new GenerateQuery(),
                new ListTables(),
                new DescribeTable(),
                new ExportData(exports));
    }
}
