package dev.howdah.render;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import java.util.Set;

/** Names as SQL has to write them. */
public final class SqlName {
    /** Words that {@code quote_ident} of PostgreSQL 17 quotes: every keyword that is not unreserved. */
    private static final Set<String> KEYWORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
            case cast char character check coalesce collate collation column concurrently constraint create cross
            current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
            decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
            freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
            interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
            json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
            localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
            only or order out outer overlaps overlay placing position precision primary real references returning right
            row select session_user setof similar smallint some substring symmetric system_user table tablesample then
            time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when
            where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
            xmlroot xmlserialize xmltable""".split("\\s+"));

    private SqlName() {}

    /** The name, in double quotes where SQL needs them, and harmless to show. */
    public static String of(String name) {
        return needsQuotes(name) ? '"' + PlainText.oneLine(name).replace("\"", "\"\"") + '"' : name;
    }

    /** The relation's name, with its schema where the name alone would not mean it. */
    public static String of(Catalog catalog, Relation relation) {
        return catalog.isVisible(relation) ? of(relation.name()) : qualified(relation);
    }

    /** The relation's name with its schema. */
    public static String qualified(Relation relation) {
        return of(relation.schema()) + "." + of(relation.name());
    }

    private static boolean needsQuotes(String name) {
        if (name.isEmpty() || (name.charAt(0) >= '0' && name.charAt(0) <= '9') || KEYWORDS.contains(name)) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
            if (!plain) {
                return true;
            }
        }
        return false;
    }
}
