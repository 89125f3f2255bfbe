package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import java.util.Arrays;
import java.util.List;

/// An entity of SensorThings as it is described to people and programs.
///
/// @param name `Thing`
/// @param set  `Things`, as addresses have it
public record EntityModel(String name, String set, List<Part> parts, List<Way> ways) {

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
    public record Part(String name, Sort sort, boolean isMandatory, boolean isComputed) {}

    /// A relation to another entity, or to many.
    public record Way(String name, String target, boolean isToMany, boolean isMandatory) {}

    public EntityModel {
        parts = List.copyOf(parts);
        ways = List.copyOf(ways);
    }

    /// All there are, in the order in which the root of the service names them.
    public static List<EntityModel> all() {
        return Arrays.stream(EntityType.values()).map(EntityModel::of).toList();
    }

    private static EntityModel of(EntityType type) {
        return new EntityModel(
                type.entity(),
                type.set(),
                type.properties().stream()
                        .map(property -> new Part(
                                property.name(),
                                sort(property),
                                property.need() == Property.Need.MANDATORY,
                                property.need() == Property.Need.COMPUTED))
                        .toList(),
                type.relations().stream()
                        .map(relation -> new Way(
                                relation.name(),
                                relation.target().entity(),
                                relation.isToMany(),
                                relation.isMandatory()))
                        .toList());
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
                    case ANY -> Sort.ANY;
                    case OBJECT -> Sort.OBJECT;
                    case TEXTS -> Sort.TEXTS;
                    case UNITS -> Sort.UNITS;
                };
        };
    }
}
