package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityCopies;
import de.stadtkern.sensorthings.EntityModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Copies a whole SensorThings service into the bound town: all entities with new ids, then the Observations of each
/// Datastream. What was copied is known, so that a copy that was stopped goes on where it stopped, and another one
/// brings what has come since. What cannot be here is named and left out.
final class ServiceCopy {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TOGETHER = 100;

    private final EntityCopies copies;
    private final RemoteService remote;
    private final Consumer<String> progress;
    private final Map<String, Map<String, Long>> known = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    /// @param progress hears of each step, as a line for people
    ServiceCopy(EntityCopies copies, RemoteService remote, Consumer<String> progress) {
        this.copies = copies;
        this.remote = remote;
        this.progress = progress;
    }

    /// @param refused Observations that do not fit here
    /// @param leftOut  entities that cannot be here, each with the reason
    record Report(Map<String, Integer> entities, long observations, long refused, List<String> leftOut) {}

    Report run() {
        copy("Things", "");
        copy("Locations", "");
        place();
        copy("HistoricalLocations", "Thing,Locations");
        copy("Sensors", "");
        copy("ObservedProperties", "");
        copy("Datastreams", "Thing,Sensor,ObservedProperty");
        if (remote.has("MultiDatastreams")) {
            copy("MultiDatastreams", "Thing,Sensor,ObservedProperties");
        }
        copy("FeaturesOfInterest", "");
        ObservationCopy values = new ObservationCopy(copies, remote, known("FeaturesOfInterest"), progress, this::leaveOut);
        for (String set : List.of("Datastreams", "MultiDatastreams")) {
            known(set)
                    .forEach((remoteId, datastream) ->
                            values.copy(set + "(" + RemoteService.literal(remoteId) + ")", datastream));
        }
        return new Report(made, values.copied(), values.refused(), leftOut);
    }

    private Map<String, Long> known(String set) {
        return known.computeIfAbsent(set, one -> copies.known(remote.root(), one));
    }

    private void copy(String set, String expand) {
        EntityModel model = model(set);
        List<EntityCopies.Copy> waiting = new ArrayList<>();
        remote.each(set + "?$top=200" + (expand.isEmpty() ? "" : "&$expand=" + expand), entity -> {
            String id = RemoteService.id(entity);
            if (!known(set).containsKey(id)) {
                try {
                    waiting.add(new EntityCopies.Copy(id, body(model, entity)));
                } catch (NotHere missing) {
                    leaveOut("%s(%s) left out: %s".formatted(set, id, missing.getMessage()));
                }
            }
            if (waiting.size() == TOGETHER) {
                make(set, waiting);
            }
        });
        make(set, waiting);
        progress.accept("%s: %d".formatted(set, known(set).size()));
    }

    /// Together, or one by one if one of them cannot be made.
    private void make(String set, List<EntityCopies.Copy> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            copies.create(remote.root(), set, waiting, known(set));
            made.merge(set, waiting.size(), Integer::sum);
        } catch (Problem refused) {
            requireAboutTheData(refused);
            if (waiting.size() == 1) {
                leaveOut("%s(%s) left out: %s"
                        .formatted(set, waiting.getFirst().remoteId(), refused.getMessage()));
            } else {
                waiting.forEach(copy -> make(set, new ArrayList<>(List.of(copy))));
            }
        }
        waiting.clear();
    }

    /// A full disk, or a database or service that is away, is no fault of what is copied.
    static void requireAboutTheData(Problem refused) {
        switch (refused.kind()) {
            case INVALID, MISSING, CONFLICTING, TOO_LARGE -> {}
            case UNAUTHENTICATED,
                    FORBIDDEN,
                    METHOD,
                    PRECONDITION,
                    MEDIA_TYPE,
                    NOT_OFFERED,
                    UNAVAILABLE,
                    TOO_MANY,
                    FULL -> throw refused;
        }
    }

    private void leaveOut(String said) {
        leftOut.add(said);
        progress.accept(said);
    }

    /// What an entity is linked to was not copied, or is not there either.
    private static final class NotHere extends RuntimeException {
        NotHere(String what) {
            super(what);
        }
    }

    private static EntityModel model(String set) {
        return EntityModel.all().stream()
                .filter(one -> one.set().equals(set))
                .findFirst()
                .orElseThrow();
    }

    /// Its own properties, with something in the place of what is needed here and missing there, and its links.
    private ObjectNode body(EntityModel model, JsonNode entity) {
        ObjectNode body = JSON.createObjectNode();
        for (EntityModel.Part part : model.parts()) {
            JsonNode value = entity.path(part.name());
            boolean isThere = !value.isMissingNode() && !value.isNull();
            boolean isOurs = part.isComputed() || part.name().equals("observedArea");
            if (isThere && !isOurs) {
                body.set(part.name(), part.sort() == EntityModel.Sort.UNIT ? unit(value) : value);
            } else if (part.isMandatory()) {
                body.set(part.name(), part.sort() == EntityModel.Sort.UNIT ? unit(value) : JSON.valueToTree(""));
            }
        }
        for (EntityModel.Way way : model.ways()) {
            JsonNode there = entity.path(way.name());
            if (way.isToMany() && way.isMandatory()) {
                ArrayNode links = body.putArray(way.name());
                there.forEach(one -> links.add(link(way, one)));
            } else if (!way.isToMany() && there.isObject()) {
                body.set(way.name(), link(way, there));
            }
        }
        return body;
    }

    private static ObjectNode unit(JsonNode value) {
        ObjectNode unit = JSON.createObjectNode();
        for (String part : new String[] {"name", "symbol", "definition"}) {
            JsonNode text = value.path(part);
            unit.set(part, text.isString() ? text : JSON.nullNode());
        }
        return unit;
    }

    private ObjectNode link(EntityModel.Way way, JsonNode there) {
        String set = EntityModel.all().stream()
                .filter(one -> one.name().equals(way.target()))
                .findFirst()
                .orElseThrow()
                .set();
        String remoteId = RemoteService.id(there);
        Long id = known(set).get(remoteId);
        if (id == null) {
            throw new NotHere("its %s, %s(%s), is not among what was copied.".formatted(way.name(), set, remoteId));
        }
        return JSON.createObjectNode().put("@iot.id", id);
    }

    /// Things at their Locations, without a note in their history, which is copied as it is.
    private void place() {
        remote.each("Things?$top=200&$expand=Locations", thing -> {
            Long here = known("Things").get(RemoteService.id(thing));
            thing.path("Locations").forEach(location -> {
                Long there = known("Locations").get(RemoteService.id(location));
                if (here != null && there != null) {
                    copies.place(here, there);
                }
            });
        });
    }
}
