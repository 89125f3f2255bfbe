package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Relation;
import java.util.Arrays;
import java.util.List;

/// An entity of SensorThings as it is described to people and programs.
///
/// @param name      `Thing`
/// @param set       `Things`, as addresses have it
/// @param shortcuts ways beyond the standard, along which is only read
public record EntityModel(String name, String set, List<Part> parts, List<Way> ways, List<Way> shortcuts) {

    /// What a property is.
    public enum Sort {
        TEXT,
        /// Any JSON.
        ANY,
        OBJECT,
        TEXTS,
        UNIT,
        UNITS,
        MOMENT,
        /// A moment, or a stretch of time with its end after a slash.
        PERIOD
    }

    /// @param isMandatory a new entity has to bring it
    /// @param isComputed  kept by the store, ignored in bodies
    /// @param isNullable  answers say `null` where there is none
    public record Part(String name, Sort sort, boolean isMandatory, boolean isComputed, boolean isNullable) {}

    /// A relation to another entity, or to many.
    ///
    /// @param isPaired to many that have many themselves, so that a link can be made and cut alone
    public record Way(String name, String target, boolean isToMany, boolean isMandatory, boolean isPaired) {}

    public EntityModel {
        parts = List.copyOf(parts);
        ways = List.copyOf(ways);
        shortcuts = List.copyOf(shortcuts);
    }

    /// All there are, in the order in which the root of the service names them.
    public static List<EntityModel> all() {
        return Arrays.stream(EntityType.values()).map(EntityModel::of).toList();
    }

    private static EntityModel of(EntityType type) {
        return new EntityModel(
                type.entity(),
                type.set(),
                type.properties().stream().map(EntityModel::part).toList(),
                type.relations().stream().map(EntityModel::way).toList(),
                type.shortcuts().stream().map(EntityModel::way).toList());
    }

    private static Part part(Property property) {
        return new Part(
                property.name(),
                sort(property),
                property.need() == Property.Need.MANDATORY,
                property.need() == Property.Need.COMPUTED,
                property.isShownAbsent());
    }

    private static Way way(Relation relation) {
        boolean isPaired = relation.join() instanceof Relation.Join.Pairs pairs
                && pairs.many()
                && relation.source() != EntityType.MULTI_DATASTREAM
                && relation.source() != EntityType.OBSERVED_PROPERTY;
        return new Way(
                relation.name(), relation.target().entity(), relation.isToMany(), relation.isMandatory(), isPaired);
    }

    private static Sort sort(Property property) {
        return switch (property) {
            case Property.Id _, Property.Text _ -> Sort.TEXT;
            case Property.Unit _ -> Sort.UNIT;
            case Property.Time _ -> Sort.MOMENT;
            case Property.Period _ -> Sort.PERIOD;
            case Property.Result _ -> Sort.ANY;
            case Property.Json json ->
                switch (json.shape()) {
                    case ANY, ENCODED -> Sort.ANY;
                    case OBJECT -> Sort.OBJECT;
                    case TEXTS -> Sort.TEXTS;
                    case UNITS -> Sort.UNITS;
                };
        };
    }
}
