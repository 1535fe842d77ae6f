@NullMarked
package dev.howdah.render;

import org.jspecify.annotations.NullMarked;
