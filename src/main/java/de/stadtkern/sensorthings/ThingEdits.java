package de.stadtkern.sensorthings;

import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.ResourcePath;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The front door for editors who change a Thing by page: what it is called, where it is, and whose its data are. All
/// else of it stays as it is.
@Service
public class ThingEdits implements Versioned {

    private static final String KIND = "sensor";
    private static final int MOST_LOCATIONS = 100;

    private final PageEdits edits;
    private final EntityReader reader;
    private final EntityWriter writer;

    ThingEdits(PageEdits edits, EntityReader reader, EntityWriter writer) {
        this.edits = edits;
        this.reader = reader;
        this.writer = writer;
    }

    public boolean allow(long thingId) {
        return edits.allow(EntityType.THING, thingId);
    }

    public EditedThing get(long thingId) {
        return edits.reading(EntityType.THING, thingId, () -> read(thingId));
    }

    /// @param version that the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(long thingId, String version, EditedThing.Wish wish) {
        return edits.changing(EntityType.THING, thingId, () -> {
            EditedThing before = lockedWithPlaces(thingId);
            Version.require(version, before.version());
            EditedThing after = before.with(wish);
            if (isElsewhere(before, wish)) {
                long location = createLocation(thingId, after);
                after = at(after, List.of(location));
            }
            write(thingId, read(thingId), after);
            return record(thingId, before);
        });
    }

    /// Whether the wish needs a Location of its own.
    private static boolean isElsewhere(EditedThing before, EditedThing.Wish wish) {
        if (before.isAt(wish)) {
            if (before.locations().isEmpty() && !wish.place().isEmpty()) {
                throw Problem.field("latitude", "place-half", "A place has coordinates.");
            }
            return false;
        }
        if (wish.latitude().isEmpty()) {
            throw Problem.field("latitude", "place-needed", "A place can be another one, but not be left out.");
        }
        if (before.latitude().isEmpty()) {
            return true;
        }
        if (wish.move() == null) {
            throw Problem.field("move", "move-missing", "Say why the coordinates are others.");
        }
        return wish.move() == EditedThing.Move.MOVED;
    }

    private static EditedThing at(EditedThing thing, List<Long> locations) {
        return new EditedThing(
                thing.name(),
                thing.description(),
                locations,
                thing.place(),
                thing.latitude(),
                thing.longitude(),
                thing.attribution(),
                thing.licence(),
                thing.source());
    }

    private EditedThing lockedWithPlaces(long thingId) {
        read(thingId).locations().forEach(location -> edits.lock(EntityType.LOCATION, location));
        return read(thingId);
    }

    private EditedThing read(long thingId) {
        JsonNode thing = edits.entity(EntityType.THING, thingId);
        JsonNode properties = thing.path("properties");
        List<Long> locations = reader
                .ids(new Request.EntitySet(places(thingId), Request.Options.of(Request.Metadata.NONE)), MOST_LOCATIONS)
                .stream()
                .sorted()
                .toList();
        JsonNode location = locations.isEmpty()
                ? EntityBody.MAPPER.createObjectNode()
                : edits.entity(EntityType.LOCATION, locations.getFirst());
        JsonNode position = point(placed(location)).path("coordinates");
        return new EditedThing(
                thing.path("name").asString(),
                thing.path("description").asString(),
                locations,
                location.path("name").asString(""),
                degrees(position.path(1)),
                degrees(position.path(0)),
                PageEdits.text(properties.path("attribution")),
                PageEdits.text(properties.path("licence")),
                PageEdits.text(properties.path("source")));
    }

    private static ResourcePath places(long thingId) {
        Relation relation = EntityType.THING.findRelation("Locations").orElseThrow();
        return new ResourcePath(List.of(
                new ResourcePath.Step(EntityType.THING, null, OptionalLong.of(thingId)),
                new ResourcePath.Step(EntityType.LOCATION, relation, OptionalLong.empty())));
    }

    /// The GeoJSON of a point, or something empty.
    private static JsonNode point(JsonNode geoJson) {
        return switch (geoJson.path("type").asString("")) {
            case "Point" -> geoJson;
            case "Feature" -> point(geoJson.path("geometry"));
            default -> EntityBody.MAPPER.createObjectNode();
        };
    }

    /// Empty for what is no GeoJSON: its coordinates may be no degrees.
    private static JsonNode placed(JsonNode location) {
        return GeoJson.isNamedBy(location.path("encodingType").asString(""))
                ? location.path("location")
                : EntityBody.MAPPER.createObjectNode();
    }

    private static String degrees(JsonNode number) {
        return number.isNumber() ? EditedThing.plain(number.decimalValue()) : "";
    }

    private void write(long thingId, EditedThing before, EditedThing after) {
        ObjectNode body = EntityBody.MAPPER.createObjectNode();
        if (!before.name().equals(after.name())) {
            body.put("name", after.name());
        }
        if (!before.description().equals(after.description())) {
            body.put("description", after.description());
        }
        Map<String, String> was = origin(before);
        Map<String, String> is = origin(after);
        if (!was.equals(is)) {
            body.set("properties", properties(thingId, was, is));
        }
        if (!before.locations().equals(after.locations()) && !after.locations().isEmpty()) {
            ArrayNode locations = body.putArray("Locations");
            after.locations().forEach(id -> locations.addObject().put("@iot.id", id));
        }
        edits.patch(EntityType.THING, thingId, body);
        if (after.locations().isEmpty()) {
            before.locations().forEach(location -> writer.unlink(places(thingId), location));
        } else {
            writePlace(after);
        }
    }

    private static Map<String, String> origin(EditedThing thing) {
        return Map.of("attribution", thing.attribution(), "licence", thing.licence(), "source", thing.source());
    }

    /// All the Thing has, with these texts in it where they are others.
    private ObjectNode properties(long thingId, Map<String, String> was, Map<String, String> is) {
        ObjectNode properties = edits.entity(EntityType.THING, thingId).path("properties") instanceof ObjectNode there
                ? there
                : EntityBody.MAPPER.createObjectNode();
        is.forEach((name, text) -> {
            if (text.isEmpty()) {
                properties.remove(name);
            } else if (!text.equals(was.get(name))) {
                properties.put(name, text);
            }
        });
        return properties;
    }

    /// The shown Location says it as wished.
    private void writePlace(EditedThing after) {
        long id = after.locations().getFirst();
        JsonNode location = edits.entity(EntityType.LOCATION, id);
        ObjectNode body = EntityBody.MAPPER.createObjectNode();
        if (!location.path("name").asString("").equals(after.place())) {
            body.put("name", after.place());
        }
        JsonNode geoJson = placed(location).deepCopy();
        if (point(geoJson).path("coordinates") instanceof ArrayNode position
                && !after.latitude().isEmpty()
                && !(degrees(position.path(1)).equals(after.latitude())
                        && degrees(position.path(0)).equals(after.longitude()))) {
            position.set(0, new BigDecimal(after.longitude()));
            position.set(1, new BigDecimal(after.latitude()));
            body.set("location", geoJson);
        }
        edits.patch(EntityType.LOCATION, id, body);
    }

    private long createLocation(long thingId, EditedThing thing) {
        ObjectNode body = EntityBody.MAPPER
                .createObjectNode()
                .put("name", thing.place())
                .put("description", thing.place())
                .put("encodingType", "application/geo+json");
        body.putObject("location")
                .put("type", "Point")
                .putArray("coordinates")
                .add(new BigDecimal(thing.longitude()))
                .add(new BigDecimal(thing.latitude()));
        return writer.create(places(thingId), EntityBody.MAPPER.writeValueAsBytes(body), Duplicates.BY_DATASTREAM)
                .id();
    }

    private long record(long thingId, EditedThing before) {
        EditedThing after = read(thingId);
        return edits.record(KIND, thingId, after.name(), before.tree(), after.tree());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        long id = Long.parseLong(subject);
        Optional<EditedThing> there = edits.find(EntityType.THING, id, () -> read(id));
        return there.<JsonNode>map(thing -> EntityBody.MAPPER.valueToTree(thing.tree()))
                .orElse(null);
    }

    /// Where it was moved to another place it goes back to the old one, and history says that too.
    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        long id = Long.parseLong(subject);
        if (state == null) {
            throw new IllegalArgumentException("A Thing is not made by page");
        }
        edits.changing(EntityType.THING, id, () -> {
            EditedThing before = lockedWithPlaces(id);
            write(id, before, EditedThing.of(state));
            return record(id, before);
        });
    }
}
