package de.stadtkern.sensors;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.EntityModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The entities of SensorThings as people read about them.
///
/// @param files all of it as one table
record ModelView(List<Entity> entities, List<Table.File> files) {

    record Entity(String name, String set, Table parts, Table ways) {}

    /// @param need key of the text about what a new entity needs
    private record Way(EntityModel.Way way, String need) {}

    /// @param sort of a property, or where a relation leads
    private record Line(String entity, String part, String sort, String need) {}

    ModelView {
        entities = List.copyOf(entities);
    }

    static ModelView of(Wording wording) {
        return new ModelView(
                EntityModel.all().stream()
                        .map(entity ->
                                new Entity(entity.name(), entity.set(), parts(wording, entity), ways(wording, entity)))
                        .toList(),
                Table.files(wording, kind -> ExplorerPage.PATH + "/model." + kind.ending()));
    }

    /// Everything on the page as one table.
    static void write(Wording wording, FileKind kind, OutputStream out) throws IOException {
        List<Line> lines = EntityModel.all().stream()
                .flatMap(entity -> Stream.concat(
                        entity.parts().stream()
                                .map(part -> new Line(
                                        entity.name(),
                                        part.name(),
                                        wording.say("sensors.model.sort." + part.sort()),
                                        need(part))),
                        ways(entity).stream()
                                .map(way -> new Line(
                                        entity.name(),
                                        way.way().name(),
                                        way.way().target(),
                                        way.need()))))
                .toList();
        Table.write(
                wording,
                List.of(
                        column(wording, "entity", Line::entity),
                        column(wording, "part", Line::part),
                        column(wording, "sort", Line::sort),
                        column(wording, "need", line -> wording.say("sensors.model.need." + line.need()))),
                lines,
                new TableQuestion(ExplorerPage.PATH + "/model", Map.of(), "", 1),
                kind,
                out);
    }

    private static TableColumn<Line> column(Wording wording, String key, Function<Line, String> text) {
        return TableColumn.unsorted(key, wording.say("sensors.model." + key), line -> TableCell.text(text.apply(line)));
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
                ways(entity));
    }

    private static List<Way> ways(EntityModel entity) {
        return Stream.concat(
                        entity.ways().stream().map(way -> new Way(way, way.isMandatory() ? "mandatory" : "optional")),
                        entity.shortcuts().stream().map(way -> new Way(way, "shortcut")))
                .toList();
    }

    private static String need(EntityModel.Part part) {
        return part.isMandatory() ? "mandatory" : part.isComputed() ? "computed" : "optional";
    }
}
