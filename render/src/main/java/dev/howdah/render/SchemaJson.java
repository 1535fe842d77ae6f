package dev.howdah.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One relation as JSON. Apart from SchemaText, so that tables on a screen do not load Jackson. */
final class SchemaJson {
    private final Catalog catalog;
    private final JsonGenerator json;

    private SchemaJson(Catalog catalog, JsonGenerator json) {
        this.catalog = catalog;
        this.json = json;
    }

    static void write(Catalog catalog, Relation relation, OutputStream stream) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(stream)) {
            new SchemaJson(catalog, json).relation(relation);
            json.writeRaw('\n');
        }
    }

    private void relation(Relation relation) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", relation.schema());
        json.writeStringField("name", relation.name());
        json.writeStringField("kind", relation.kind().words());
        if (relation.rowEstimate() >= 0) {
            json.writeNumberField("rows_estimate", Math.round(relation.rowEstimate()));
        }
        optional("comment", relation.comment());
        json.writeBooleanField("partition", relation.partition());
        json.writeBooleanField("row_security", relation.rowSecurity());
        json.writeArrayFieldStart("columns");
        for (Column column : relation.columns()) {
            column(column);
        }
        json.writeEndArray();
        names("primary_key", SchemaText.columnNames(relation, relation.primaryKey()));
        json.writeArrayFieldStart("unique_keys");
        for (List<Integer> key : relation.uniqueKeys()) {
            names(SchemaText.columnNames(relation, key));
        }
        json.writeEndArray();
        foreignKeys(relation);
        referencedBy(relation);
        checks(relation);
        indexes(relation);
        json.writeObjectFieldStart("privileges");
        json.writeBooleanField("select", relation.privileges().select());
        json.writeBooleanField("insert", relation.privileges().insert());
        json.writeBooleanField("update", relation.privileges().update());
        json.writeBooleanField("delete", relation.privileges().delete());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void column(Column column) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.type().name());
        json.writeBooleanField("not_null", column.notNull());
        json.writeStringField("origin", column.origin().name().toLowerCase(Locale.ROOT));
        optional("default", column.defaultExpression());
        optional("comment", column.comment());
        ColumnType type = column.type().underlying();
        if (type.form() == ColumnType.Form.ENUM) {
            names("values", type.labels());
        }
        json.writeEndObject();
    }

    private void foreignKeys(Relation relation) throws IOException {
        json.writeArrayFieldStart("foreign_keys");
        for (ForeignKey key : relation.foreignKeys()) {
            json.writeStartObject();
            json.writeStringField("name", key.name());
            names("columns", SchemaText.columnNames(relation, key.columns()));
            Optional<Relation> target = catalog.relation(key.referenced());
            if (target.isPresent()) {
                json.writeStringField("schema", target.get().schema());
                json.writeStringField("table", target.get().name());
                names("referenced_columns", SchemaText.columnNames(target.get(), key.referencedColumns()));
            }
            actions(key);
            json.writeBooleanField("validated", key.validated());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void referencedBy(Relation relation) throws IOException {
        json.writeArrayFieldStart("referenced_by");
        for (Relation other : catalog.relations()) {
            for (ForeignKey key : other.foreignKeys()) {
                if (key.referenced() == relation.oid()) {
                    json.writeStartObject();
                    json.writeStringField("name", key.name());
                    json.writeStringField("schema", other.schema());
                    json.writeStringField("table", other.name());
                    names("columns", SchemaText.columnNames(other, key.columns()));
                    names("referenced_columns", SchemaText.columnNames(relation, key.referencedColumns()));
                    actions(key);
                    json.writeEndObject();
                }
            }
        }
        json.writeEndArray();
    }

    private void actions(ForeignKey key) throws IOException {
        json.writeStringField("on_update", SchemaText.action(key.onUpdate()));
        json.writeStringField("on_delete", SchemaText.action(key.onDelete()));
    }

    private void checks(Relation relation) throws IOException {
        json.writeArrayFieldStart("checks");
        for (Relation.Check check : relation.checks()) {
            json.writeStartObject();
            json.writeStringField("name", check.name());
            json.writeStringField("expression", check.expression());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void indexes(Relation relation) throws IOException {
        json.writeArrayFieldStart("indexes");
        for (Relation.Index index : relation.indexes()) {
            json.writeStartObject();
            json.writeStringField("name", index.name());
            json.writeStringField("method", index.method());
            json.writeBooleanField("unique", index.unique());
            json.writeBooleanField("valid", index.valid());
            Optional<String> definition = index.definition();
            if (definition.isPresent()) {
                json.writeStringField("definition", definition.get());
            } else {
                names("columns", SchemaText.columnNames(relation, index.columns()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void optional(String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get());
        }
    }

    private void names(String field, List<String> names) throws IOException {
        json.writeFieldName(field);
        names(names);
    }

    private void names(List<String> names) throws IOException {
        json.writeStartArray();
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
