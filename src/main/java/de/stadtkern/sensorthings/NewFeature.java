package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.nio.charset.StandardCharsets;

/// A FeatureOfInterest in the words with which it could be made again elsewhere.
///
/// @param json an object with `name`, `description`, `encodingType`, `feature` and, if there are any, `properties`, as
/// a body of SensorThings has it (OGC 18-088 table 19); anything else is refused with a
/// [de.stadtkern.problem.Problem]
public record NewFeature(String json) {

    public NewFeature {
        if (!entity(json).links().isEmpty()) {
            throw EntityBody.wrong("Observations", "link-not-possible", "A feature in a file links to nothing.");
        }
    }

    NewEntity entity() {
        return entity(json);
    }

    private static NewEntity entity(String json) {
        return EntityBody.create(EntityType.FEATURE_OF_INTEREST, json.getBytes(StandardCharsets.UTF_8));
    }
}
