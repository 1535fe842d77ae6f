/** The clients that people use, and how each is told of a server. */
@NullMarked
package dev.howdah.mcp.clients;

import org.jspecify.annotations.NullMarked;
