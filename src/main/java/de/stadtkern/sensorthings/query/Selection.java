package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Request.Expand;
import de.stadtkern.sensorthings.query.Request.Metadata;
import de.stadtkern.sensorthings.query.Request.Selected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer shows of an entity, and in which columns of the result it comes. The first column is always the id.
public final class Selection {

    /// MultiDatastreams are few and found by an index of their own, so this costs little; where there are none, that is
    /// asked once for all rows.
    static final String OF_MULTI_DATASTREAM =
            "(exists (select from datastream md where md.multi_types is not null) and o.datastream_id in (select md.id"
                    + " from datastream md where md.multi_types is not null))";

    /// @param column number of its first column in the result, from 1 on; 0 for links, which have none
    public record Field(Selected what, int column) {}

    private final EntityType type;
    private final List<String> columns = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private int multiColumn;

    private Selection(EntityType type) {
        this.type = type;
        columns.add(type.id().column());
    }

    /// @param select   empty: everything
    /// @param expanded what stands in the answer itself needs no link
    /// @param from     how the entities were reached; null for all of a set. Observations of a Datastream are of no
    ///                 MultiDatastream, and nothing has to be asked for it
    static Selection of(
            EntityType type, List<Selected> select, List<Expand> expanded, Metadata metadata, @Nullable Relation from) {
        EntityType owner = from != null && from.source().isSeries() ? from.source() : null;
        Selection selection = new Selection(type);
        for (Selected what : select.isEmpty() ? everything(type, metadata) : select) {
            boolean isExpanded = what instanceof Selected.Link(var relation)
                    && expanded.stream().anyMatch(expand -> expand.relation().equals(relation));
            boolean isOfOther = owner != null
                    && isOwner(what)
                    && what instanceof Selected.Link(var relation)
                    && relation.target() != owner;
            if (!isExpanded && !isOfOther) {
                selection.add(what);
            }
        }
        if (owner == null && selection.fields.stream().anyMatch(field -> isOwner(field.what()))) {
            selection.multiColumn = selection.hidden(OF_MULTI_DATASTREAM);
        }
        return selection;
    }

    /// An Observation belongs to a Datastream or to a MultiDatastream, and shows the link there is.
    public static boolean isOwner(Selected what) {
        return what instanceof Selected.Link(var relation)
                && relation.source() == EntityType.OBSERVATION
                && relation.target().isSeries();
    }

    /// Where a row says whether it belongs to a MultiDatastream; 0 if no link depends on it, because there is none or
    /// because it is known for all rows.
    public int multiColumn() {
        return multiColumn;
    }

    /// The number of a column the answer does not show.
    int hidden(String column) {
        columns.add(column);
        return columns.size();
    }

    /// One property or a part of it.
    static Selection ofProperty(EntityType type, Property property, List<String> inner) {
        Selection selection = new Selection(type);
        selection.add(new Selected.Value(inner.isEmpty() ? property : part(type, property, inner)));
        return selection;
    }

    static Property part(EntityType type, Property property, List<String> inner) {
        return new Property.Json(
                inner.getLast(), json(type, property, inner), Property.Need.OPTIONAL, Property.Json.Shape.ANY);
    }

    static List<Selected> everything(EntityType type, Metadata metadata) {
        List<Selected> all = new ArrayList<>();
        if (metadata != Metadata.NONE) {
            all.add(new Selected.Value(type.id()));
        }
        if (metadata == Metadata.FULL) {
            all.add(new Selected.SelfLink());
        }
        type.properties().forEach(property -> all.add(new Selected.Value(property)));
        if (metadata == Metadata.FULL) {
            type.relations().forEach(relation -> all.add(new Selected.Link(relation)));
        }
        return all;
    }

    private void add(Selected what) {
        switch (what) {
            case Selected.SelfLink _, Selected.Link _ -> fields.add(new Field(what, 0));
            case Selected.Part(var property, var inner) -> {
                columns.add(json(type, property, inner));
                fields.add(new Field(what, columns.size()));
            }
            case Selected.Value(var property) -> {
                List<String> needed = columns(property);
                fields.add(new Field(what, property instanceof Property.Id ? 1 : columns.size() + 1));
                if (!(property instanceof Property.Id)) {
                    columns.addAll(needed);
                }
            }
        }
    }

    private static String json(EntityType type, Property property, List<String> inner) {
        return ValueSql.json(Value.Path.of(type, property, inner), Alias.outermost(type));
    }

    static List<String> columns(Property property) {
        return switch (property) {
            case Property.Id(var column) -> List.of(column);
            case Property.Text text -> List.of(text.column());
            case Property.Json json -> List.of(json.column());
            case Property.Unit unit -> List.of(unit.column() + " -> 0");
            case Property.Time time -> List.of(time.column());
            case Property.Period period -> List.of(period.start(), period.end());
            case Property.Result result -> List.of(result.number(), result.json());
        };
    }

    public EntityType type() {
        return type;
    }

    public List<Field> fields() {
        return fields;
    }

    List<String> columns() {
        return columns;
    }
}
