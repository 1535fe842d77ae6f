/**
 * What a model may do while it looks for an answer, and what programs may do through MCP: each tool a class, with the
 * description that a model reads beside it as a resource. None can do more than the guard lets anybody do.
 */
@NullMarked
package dev.howdah.agent.tools;

import org.jspecify.annotations.NullMarked;
