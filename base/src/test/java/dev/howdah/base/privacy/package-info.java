/** Tests of what names say. */
@NullMarked
package dev.howdah.base.privacy;

import org.jspecify.annotations.NullMarked;
