package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A type as a column uses it, modifier included.
 *
 * @param oid {@code pg_type.oid}
 * @param name as PostgreSQL's {@code format_type} writes it: {@code numeric(12,2)}, {@code shop.order_status}
 * @param category {@code pg_type.typcategory}: N numeric, S string, D date/time, B boolean, E enum, A array, …
 * @param form what sort of type it is
 * @param labels the enum's labels in order; empty for other types
 * @param base the domain's base type, or the array's element type
 */
public record ColumnType(
        long oid, String name, char category, Form form, List<String> labels, Optional<ColumnType> base) {

    /** Sorts of types. */
    public enum Form {
        BASE,
        ENUM,
        DOMAIN,
        ARRAY,
        COMPOSITE,
        RANGE,
        MULTIRANGE
    }

    /** The type itself, or what a domain is made from, however deep. */
    public ColumnType underlying() {
        ColumnType type = this;
        while (type.form == Form.DOMAIN && type.base.isPresent()) {
            type = type.base.get();
        }
        return type;
    }
}
