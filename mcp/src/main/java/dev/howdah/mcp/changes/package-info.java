/**
 * The tools of the servers impact-analysis, approval-workflow and execution-monitor: what a write would do, who has to approve
 * it, and running it once it is. None of them can consent to anything.
 */
@NullMarked
package dev.howdah.mcp.changes;

import org.jspecify.annotations.NullMarked;
