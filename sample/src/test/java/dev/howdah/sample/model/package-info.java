@NullMarked
package dev.howdah.sample.model;

import org.jspecify.annotations.NullMarked;
