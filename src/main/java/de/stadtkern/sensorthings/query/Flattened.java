package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.Request.Expand;
import de.stadtkern.sensorthings.query.Request.Selected;
import java.util.ArrayList;
import java.util.List;

/// `$expand` for answers that are tables: what a relation to one leads to stands in columns of the same row, named
/// `Thing/name`. Each entity is a lateral join, which finds at most one.
public final class Flattened {

    /// @param name   as the table calls it, `Datastream/Thing/name`
    /// @param what   how its value is read
    /// @param column number of its first column in the result, from 1 on
    public record Field(String name, Selected.Value what, int column) {}

    private final List<Field> fields = new ArrayList<>();
    private final StringBuilder joins = new StringBuilder();
    private int number;

    private Flattened() {}

    /// @param selection what the rows themselves show; the columns of the others are added to it
    static Flattened of(List<Expand> expands, Selection selection) {
        Flattened flattened = new Flattened();
        for (Expand expand : expands) {
            flattened.add(expand, selection);
        }
        return flattened;
    }

    public List<Field> fields() {
        return fields;
    }

    /// To follow the `from` of the rows.
    String joins() {
        return joins.toString();
    }

    private void add(Expand expand, Selection selection) {
        List<Field> found = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        String alias = "f" + ++number;
        joins.append(lateral(expand, alias, expand.relation().name() + "/", columns, found));
        for (Field field : found) {
            int first = 0;
            for (int i = 0; i < width(field.what()); i++) {
                int at = selection.hidden(alias + ".c" + (field.column() + i));
                first = i == 0 ? at : first;
            }
            fields.add(new Field(field.name(), field.what(), first));
        }
    }

    /// The join, and which of its columns `c0`, `c1` … hold what.
    private String lateral(Expand expand, String alias, String prefix, List<String> columns, List<Field> found) {
        Relation relation = expand.relation();
        EntityType type = relation.target();
        for (Selected what : selected(expand)) {
            if (what instanceof Selected.Value value) {
                found.add(new Field(prefix + value.property().name(), value, columns.size()));
                columns.addAll(Selection.columns(value.property()));
            } else if (what instanceof Selected.Part(var property, var inner)) {
                Property part = Selection.part(type, property, inner);
                String name = prefix + property.name() + "/" + String.join("/", inner);
                found.add(new Field(name, new Selected.Value(part), columns.size()));
                columns.addAll(Selection.columns(part));
            }
        }
        StringBuilder inside = new StringBuilder();
        for (Expand further : expand.options().expand()) {
            String below = "f" + ++number;
            List<String> theirs = new ArrayList<>();
            List<Field> deeper = new ArrayList<>();
            inside.append(lateral(further, below, prefix + further.relation().name() + "/", theirs, deeper));
            int before = columns.size();
            deeper.forEach(field -> found.add(new Field(field.name(), field.what(), before + field.column())));
            for (int i = 0; i < theirs.size(); i++) {
                columns.add(below + ".c" + i);
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.set(i, columns.get(i) + " as c" + i);
        }
        return " left join lateral (select %s from %s%s where %s and %s order by %s limit 1) %s on true"
                .formatted(
                        String.join(", ", columns),
                        Statements.from(type),
                        inside,
                        Statements.visible(type, relation.source().isSeries()),
                        joined(relation),
                        type.id().column(),
                        alias);
    }

    private static List<Selected> selected(Expand expand) {
        List<Selected> select = expand.options().select();
        return select.isEmpty()
                ? Selection.everything(
                        expand.relation().target(), expand.options().metadata())
                : select;
    }

    private static String joined(Relation relation) {
        EntityType source = relation.source();
        if (relation.join() instanceof Join.Newest) {
            String totals = source.totals();
            return "o.datastream_id = %s and o.phenomenon_start = %s.last_start and o.id = %s.last_id"
                    .formatted(source.id().column(), totals, totals);
        }
        return FilterSql.joined(
                relation, Alias.outermost(source), Alias.outermost(relation.target()), Scope.of(source, Shapes.NONE));
    }

    private static int width(Selected.Value what) {
        return Selection.columns(what.property()).size();
    }
}
