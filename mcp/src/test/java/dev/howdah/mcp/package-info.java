@NullMarked
package dev.howdah.mcp;

import org.jspecify.annotations.NullMarked;
