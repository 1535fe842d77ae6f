/** The server: profiles and connections. SQL text enters in {@link dev.howdah.postgres.wire} only. */
@NullMarked
package dev.howdah.postgres;

import org.jspecify.annotations.NullMarked;
