package dev.howdah.postgres.catalog;

import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@link WriteCode}: a handful of look-ups by index, for the relations of one statement. */
final class WriteCodeReader {
    private WriteCodeReader() {}

    static WriteCode read(ConstantQueries source, Set<Long> relations) {
        String oids = Quoted.oids(relations);
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        Map<Long, TreeUses> when =
                trees(source, "t.oid", "t.tgqual", "pg_trigger t WHERE t.tgrelid = ANY (" + oids + ")");
        List<WriteCode.Trigger> triggers = new ArrayList<>();
        source.copy(
                "SELECT t.tgrelid, t.tgname, t.tgfoid, t.tgtype, t.tgattr, t.tgenabled IN ('O', 'A'), t.oid, t.tgoldtable,"
                        + " t.tgnewtable FROM pg_trigger t"
                        + " WHERE NOT t.tgisinternal AND t.tgrelid = ANY (" + oids + ") ORDER BY t.tgrelid, t.tgname",
                row -> triggers.add(new WriteCode.Trigger(
                        Values.number(row, 0),
                        Values.string(row, 1),
                        Values.number(row, 2),
                        Values.integer(row, 3),
                        Arrays.stream(Values.string(row, 4).split(" ", -1))
                                .filter(number -> !number.isEmpty())
                                .map(Integer::parseInt)
                                .toList(),
                        Values.flag(row, 5),
                        when.getOrDefault(Values.number(row, 6), TreeUses.NONE),
                        Stream.of(Values.optional(row, 7), Values.optional(row, 8))
                                .flatMap(Optional::stream)
                                .collect(Collectors.toUnmodifiableSet()))));
        String rewrites = "pg_rewrite r WHERE r.ev_type <> '1' AND r.ev_class = ANY (" + oids + ")";
        Map<Long, TreeUses> actions = trees(source, "r.oid", "(r.ev_action::text || r.ev_qual::text)", rewrites);
        List<WriteCode.Rule> rules = new ArrayList<>();
        source.copy(
                "SELECT r.ev_class, r.rulename, r.ev_type, r.is_instead, r.ev_enabled IN ('O', 'A'), pg_get_ruledef(r.oid),"
                        + " r.oid FROM " + rewrites + " ORDER BY r.ev_class, r.rulename",
                row -> rules.add(new WriteCode.Rule(
                        Values.number(row, 0),
                        Values.string(row, 1),
                        event(Values.letter(row, 2)),
                        Values.flag(row, 3),
                        Values.flag(row, 4),
                        Values.string(row, 5),
                        actions.getOrDefault(Values.number(row, 6), TreeUses.NONE))));
        return new WriteCode(relations, triggers, rules, expressions(source, oids));
    }

    private static Map<Long, TreeUses> expressions(ConstantQueries source, String oids) {
        Map<Long, TreeUses.Draft> drafts = new HashMap<>();
        String among = " = ANY (" + oids + ")";
        collect(source, drafts, "c.conrelid", "c.conbin", "pg_constraint c WHERE c.conrelid" + among);
        collect(source, drafts, "d.adrelid", "d.adbin", "pg_attrdef d WHERE d.adrelid" + among);
        collect(source, drafts, "i.indrelid", "i.indexprs", "pg_index i WHERE i.indrelid" + among);
        collect(source, drafts, "i.indrelid", "i.indpred", "pg_index i WHERE i.indrelid" + among);
        collect(source, drafts, "p.partrelid", "p.partexprs", "pg_partitioned_table p WHERE p.partrelid" + among);
        String policies = "pg_policy p WHERE p.polrelid" + among + " AND row_security_active(p.polrelid)"
                + " AND EXISTS (SELECT FROM unnest(p.polroles) role WHERE role = 0 OR pg_has_role(role, 'USAGE'))";
        collect(source, drafts, "p.polrelid", "p.polqual", policies);
        collect(source, drafts, "p.polrelid", "p.polwithcheck", policies);
        return finish(drafts);
    }

    private static Map<Long, TreeUses> trees(ConstantQueries source, String owner, String expression, String from) {
        Map<Long, TreeUses.Draft> drafts = new HashMap<>();
        collect(source, drafts, owner, expression, from);
        return finish(drafts);
    }

    private static void collect(
            ConstantQueries source, Map<Long, TreeUses.Draft> drafts, String owner, String expression, String from) {
        source.copy(
                "SELECT owner, m.found[1], trim(m.found[2], '(io)') FROM (SELECT " + owner + " AS owner, " + expression
                        + "::text AS tree FROM " + from + ") trees CROSS JOIN LATERAL regexp_matches(tree, '"
                        + TreeUses.FIELDS + "', 'g') AS m(found)",
                row -> drafts.computeIfAbsent(Values.number(row, 0), key -> new TreeUses.Draft())
                        .add(Values.string(row, 1), Values.string(row, 2)));
    }

    private static Map<Long, TreeUses> finish(Map<Long, TreeUses.Draft> drafts) {
        Map<Long, TreeUses> uses = new HashMap<>();
        drafts.forEach((owner, draft) -> uses.put(owner, draft.finish()));
        return uses;
    }

    private static WriteCode.Operation event(char letter) {
        return switch (letter) {
            case '2' -> WriteCode.Operation.UPDATE;
            case '3' -> WriteCode.Operation.INSERT;
            case '4' -> WriteCode.Operation.DELETE;
            default -> throw new IllegalStateException("ev_type " + letter);
        };
    }
}
