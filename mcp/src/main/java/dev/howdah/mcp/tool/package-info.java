/** What a tool is: its definition, its arguments, what it is given of a call, and its result. */
@NullMarked
package dev.howdah.mcp.tool;

import org.jspecify.annotations.NullMarked;
