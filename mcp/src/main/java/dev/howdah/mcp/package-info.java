/** MCP servers for other agents: the same gate, and no tool that could consent to anything. */
@NullMarked
package dev.howdah.mcp;

import org.jspecify.annotations.NullMarked;
