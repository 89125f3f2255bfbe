package de.stadtkern.sensors;

import de.stadtkern.sensorthings.EntityModel;
import java.util.List;

/// The entities of SensorThings as people read about them.
record ModelView(List<EntityModel> entities) {

    ModelView {
        entities = List.copyOf(entities);
    }

    /// The text about what a new entity needs.
    static String need(EntityModel.Part part) {
        return "sensors.model.need." + (part.isMandatory() ? "mandatory" : part.isComputed() ? "computed" : "optional");
    }

    static String need(EntityModel.Way way) {
        return "sensors.model.need." + (way.isMandatory() ? "mandatory" : "optional");
    }
}
