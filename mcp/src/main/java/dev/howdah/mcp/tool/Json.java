package dev.howdah.mcp.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * One JSON object as it is written, field by field: results are written once and not built as trees first, because a
 * thousand rows as a tree cost more than the query did. Not thread-safe.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final SegmentedStringWriter writer = new SegmentedStringWriter(new BufferRecycler());
    private final JsonGenerator generator;

    /** Begins an object. */
    public Json() throws IOException {
        generator = FACTORY.createGenerator(writer);
        generator.writeStartObject();
    }

    /** The generator, inside the object. */
    public JsonGenerator generator() {
        return generator;
    }

    /** Adds a text. */
    public Json field(String name, String value) throws IOException {
        generator.writeStringField(name, value);
        return this;
    }

    /** Adds a text if there is one. */
    public Json field(String name, Optional<String> value) throws IOException {
        return value.isPresent() ? field(name, value.get()) : this;
    }

    /** Adds a whole number. */
    public Json field(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /** Adds a number. */
    public Json field(String name, double value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /** Adds a truth value. */
    public Json field(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
        return this;
    }

    /** Adds a list of texts, also an empty one. */
    public Json field(String name, Collection<String> values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
        return this;
    }

    /** Ends the object; its text. */
    public String text() {
        try {
            generator.writeEndObject();
            generator.close();
            return writer.getAndClear();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
