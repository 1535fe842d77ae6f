/** Results as pages: what a model is given at once, and what waits until it asks for more. */
@NullMarked
package dev.howdah.mcp.rows;

import org.jspecify.annotations.NullMarked;
