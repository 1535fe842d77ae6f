package dev.howdah.question;

import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import java.util.Optional;

/**
 * Words of a question that name something of the database, whether or not the question as a whole was understood.
 *
 * @param words as typed
 * @param relation what they name, or where it is
 * @param column the column they name, or that holds the value
 * @param value the stored value or label that they are, spelled as stored
 * @param weight how well they fit: 1 is the name itself
 */
public record Link(String words, Relation relation, Optional<Column> column, Optional<String> value, double weight) {}
