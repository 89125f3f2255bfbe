package de.stadtkern.sensors;

import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.EntityModel;
import java.util.List;
import java.util.stream.Stream;

/// The entities of SensorThings as people read about them.
record ModelView(List<Entity> entities) {

    record Entity(String name, String set, Table parts, Table ways) {}

    /// @param need key of the text about what a new entity needs
    private record Way(EntityModel.Way way, String need) {}

    ModelView {
        entities = List.copyOf(entities);
    }

    static ModelView of(Wording wording) {
        return new ModelView(EntityModel.all().stream()
                .map(entity -> new Entity(entity.name(), entity.set(), parts(wording, entity), ways(wording, entity)))
                .toList());
    }

    private static Table parts(Wording wording, EntityModel entity) {
        return Table.whole(
                wording.say("sensors.model.parts.of", entity.name()),
                List.of(
                        TableColumn.of(wording.say("sensors.model.part"), part -> TableCell.text(part.name())),
                        TableColumn.of(
                                wording.say("sensors.model.sort"),
                                part -> TableCell.text(wording.say("sensors.model.sort." + part.sort()))),
                        TableColumn.of(
                                wording.say("sensors.model.need"),
                                part -> TableCell.text(wording.say("sensors.model.need." + need(part))))),
                entity.parts());
    }

    private static Table ways(Wording wording, EntityModel entity) {
        return Table.whole(
                wording.say("sensors.model.ways.of", entity.name()),
                List.of(
                        TableColumn.of(
                                wording.say("sensors.model.way"),
                                way -> TableCell.text(way.way().name())),
                        TableColumn.of(
                                wording.say("sensors.model.target"),
                                way -> TableCell.link(
                                        way.way().target(), "#" + way.way().target())),
                        TableColumn.of(
                                wording.say("sensors.model.many"),
                                way -> TableCell.text(wording.say(
                                        way.way().isToMany() ? "sensors.model.many.many" : "sensors.model.many.one"))),
                        TableColumn.of(
                                wording.say("sensors.model.need"),
                                way -> TableCell.text(wording.say("sensors.model.need." + way.need())))),
                Stream.concat(
                                entity.ways().stream()
                                        .map(way -> new Way(way, way.isMandatory() ? "mandatory" : "optional")),
                                entity.shortcuts().stream().map(way -> new Way(way, "shortcut")))
                        .toList());
    }

    private static String need(EntityModel.Part part) {
        return part.isMandatory() ? "mandatory" : part.isComputed() ? "computed" : "optional";
    }
}
