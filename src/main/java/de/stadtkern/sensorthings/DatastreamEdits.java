package de.stadtkern.sensorthings;

import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.sensorthings.query.EntityType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The front door for editors who change a Datastream by page: what it is called, its unit, how long single values are
/// kept, and what happens to one that comes twice. All else of it stays as it is.
@Service
public class DatastreamEdits implements Versioned {

    private static final String KIND = "datastream";
    private static final String RETENTION = "retentionDays";
    private static final String UNIT = "unitOfMeasurement";

    private final PageEdits edits;

    DatastreamEdits(PageEdits edits) {
        this.edits = edits;
    }

    /// What an editor sees of a Datastream.
    ///
    /// @param observationType as the standard names it, which never changes
    public record Seen(EditedDatastream datastream, String observationType) {}

    public boolean allow(long datastreamId) {
        return edits.allow(EntityType.DATASTREAM, datastreamId);
    }

    public Seen get(long datastreamId) {
        return edits.reading(EntityType.DATASTREAM, datastreamId, () -> {
            JsonNode datastream = edits.entity(EntityType.DATASTREAM, datastreamId);
            return new Seen(read(datastream), datastream.path("observationType").asString(""));
        });
    }

    /// @param version that the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(long datastreamId, String version, EditedDatastream.Wish wish) {
        return edits.changing(EntityType.DATASTREAM, datastreamId, () -> {
            JsonNode stored = edits.entity(EntityType.DATASTREAM, datastreamId);
            Version.require(version, read(stored).version());
            return write(datastreamId, stored, read(stored).with(wish));
        });
    }

    private static EditedDatastream read(JsonNode datastream) {
        JsonNode unit = datastream.path(UNIT);
        return new EditedDatastream(
                datastream.path("name").asString(),
                datastream.path("description").asString(),
                PageEdits.text(unit.path("name")),
                PageEdits.text(unit.path("symbol")),
                PageEdits.text(unit.path("definition")),
                PageEdits.text(datastream.path("properties").path(RETENTION)),
                Duplicates.ofDatastream(
                                PageEdits.text(datastream.path("properties").path(Duplicates.PROPERTY)))
                        .key());
    }

    private long write(long datastreamId, JsonNode stored, EditedDatastream after) {
        EditedDatastream before = read(stored);
        ObjectNode body = EntityBody.MAPPER.createObjectNode();
        if (!before.name().equals(after.name())) {
            body.put("name", after.name());
        }
        if (!before.description().equals(after.description())) {
            body.put("description", after.description());
        }
        ObjectNode unit = EntityBody.MAPPER.createObjectNode();
        putUnit(unit, "name", stored, after.unitName());
        putUnit(unit, "symbol", stored, after.unitSymbol());
        putUnit(unit, "definition", stored, after.unitDefinition());
        if (!unit.equals(stored.path(UNIT))) {
            body.set(UNIT, unit);
        }
        if (!before.retentionDays().equals(after.retentionDays())
                || !before.duplicates().equals(after.duplicates())) {
            body.set("properties", properties(stored, before, after));
        }
        edits.patch(EntityType.DATASTREAM, datastreamId, body);
        return record(datastreamId, before);
    }

    /// Where there is no unit the standard wants null; a text that stays the same stays as it is.
    private static void putUnit(ObjectNode unit, String part, JsonNode stored, String text) {
        JsonNode there = stored.path(UNIT).path(part);
        if (PageEdits.text(there).equals(text) && (there.isString() || there.isNull())) {
            unit.set(part, there);
        } else if (text.isEmpty()) {
            unit.putNull(part);
        } else {
            unit.put(part, text);
        }
    }

    private static ObjectNode properties(JsonNode stored, EditedDatastream before, EditedDatastream after) {
        ObjectNode properties = stored.path("properties") instanceof ObjectNode there
                ? there.deepCopy()
                : EntityBody.MAPPER.createObjectNode();
        String days = after.retentionDays();
        if (!days.equals(before.retentionDays())) {
            if (days.isEmpty()) {
                properties.remove(RETENTION);
            } else {
                properties.set(RETENTION, number(days));
            }
        }
        if (!after.duplicates().equals(before.duplicates())) {
            if (after.duplicates().equals(EditedDatastream.USUAL)) {
                properties.remove(Duplicates.PROPERTY);
            } else {
                properties.put(Duplicates.PROPERTY, after.duplicates());
            }
        }
        return properties;
    }

    /// What was no number before a change is none after it is taken back.
    private static JsonNode number(String days) {
        return days.matches("\\d{1,6}")
                ? EntityBody.MAPPER.valueToTree(Integer.valueOf(days))
                : EntityBody.MAPPER.valueToTree(days);
    }

    private long record(long datastreamId, EditedDatastream before) {
        EditedDatastream after = read(edits.entity(EntityType.DATASTREAM, datastreamId));
        return edits.record(KIND, datastreamId, after.name(), before.tree(), after.tree());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        long id = Long.parseLong(subject);
        Optional<EditedDatastream> there =
                edits.find(EntityType.DATASTREAM, id, () -> read(edits.entity(EntityType.DATASTREAM, id)));
        return there.<JsonNode>map(datastream -> EntityBody.MAPPER.valueToTree(datastream.tree()))
                .orElse(null);
    }

    /// Observations that went because of it do not come back.
    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        long id = Long.parseLong(subject);
        if (state == null) {
            throw new IllegalArgumentException("A Datastream is not made by page");
        }
        edits.changing(
                EntityType.DATASTREAM,
                id,
                () -> write(id, edits.entity(EntityType.DATASTREAM, id), EditedDatastream.of(state)));
    }
}
