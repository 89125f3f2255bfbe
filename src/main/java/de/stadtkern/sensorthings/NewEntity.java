package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An entity as a body describes it, or the part of it a PATCH changes. Types are checked; whether linked entities
/// exist is found out when it is written.
///
/// @param values null nodes take an optional property away
record NewEntity(EntityType type, Map<Property, JsonNode> values, Map<Relation, List<Link>> links) {

    NewEntity {
        values = new LinkedHashMap<>(values);
        links = new LinkedHashMap<>(links);
    }

    /// The other end of a relation.
    sealed interface Link {
        /// `{"@iot.id": 1}`
        record Existing(long id) implements Link {}

        /// A deep insert.
        record Inline(NewEntity entity) implements Link {}
    }

    List<Link> links(Relation relation) {
        return links.getOrDefault(relation, List.of());
    }
}
