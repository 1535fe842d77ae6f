/** The protocol's edge: lines of JSON over standard input and output, and what is in flight. */
@NullMarked
package dev.howdah.mcp.protocol;

import org.jspecify.annotations.NullMarked;
