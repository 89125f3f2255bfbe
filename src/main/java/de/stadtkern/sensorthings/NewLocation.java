package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A Location in the words with which it could be made again elsewhere.
///
/// @param json an object with `name`, `description`, `encodingType`, `location` and, if there are any, `properties`, as
/// a body of SensorThings has it (OGC 18-088 table 7); anything else is refused with a
/// [de.stadtkern.problem.Problem]
public record NewLocation(String json) {

    private static final JsonMapper JSON = new JsonMapper();

    public NewLocation {
        if (!entity(json).links().isEmpty()) {
            throw EntityBody.wrong("Things", "link-not-possible", "A location in a description links to nothing.");
        }
    }

    /// A point of which no more is known.
    ///
    /// @param longitude degrees WGS 84
    public static NewLocation point(String name, double longitude, double latitude) {
        return new NewLocation(JSON.writeValueAsString(Map.of(
                "name",
                name,
                "description",
                name,
                "encodingType",
                "application/geo+json",
                "location",
                Map.of("type", "Point", "coordinates", List.of(longitude, latitude)))));
    }

    NewEntity entity() {
        return entity(json);
    }

    private static NewEntity entity(String json) {
        return EntityBody.create(EntityType.LOCATION, json.getBytes(StandardCharsets.UTF_8));
    }
}
