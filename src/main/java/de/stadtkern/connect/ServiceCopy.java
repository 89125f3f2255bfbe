package de.stadtkern.connect;

import de.stadtkern.sensorthings.EntityCopies;
import de.stadtkern.sensorthings.EntityModel;
import de.stadtkern.sensorthings.NewObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Copies a whole SensorThings service into the bound town: all entities with new ids, then the Observations of each
/// Datastream. What was copied is known, so that a copy that was stopped goes on where it stopped.
final class ServiceCopy {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TOGETHER = 100;
    private static final int PAGE = 1_000;

    private final EntityCopies copies;
    private final RemoteService remote;
    private final Consumer<String> progress;
    private final Map<String, Map<String, Long>> known = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();
    private long observations;
    private long refused;

    /// @param progress hears of each step, as a line for people
    ServiceCopy(EntityCopies copies, RemoteService remote, Consumer<String> progress) {
        this.copies = copies;
        this.remote = remote;
        this.progress = progress;
    }

    /// @param refused  Observations that do not fit here
    record Report(Map<String, Integer> entities, long observations, long refused) {}

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
        observe("Datastreams");
        observe("MultiDatastreams");
        return new Report(made, observations, refused);
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
                waiting.add(new EntityCopies.Copy(id, body(model, entity)));
            }
            if (waiting.size() == TOGETHER) {
                make(set, waiting);
            }
        });
        make(set, waiting);
        progress.accept("%s: %d".formatted(set, known(set).size()));
    }

    private void make(String set, List<EntityCopies.Copy> waiting) {
        if (!waiting.isEmpty()) {
            copies.create(remote.root(), set, waiting, known(set));
            made.merge(set, waiting.size(), Integer::sum);
            waiting.clear();
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
        Long id = known(set).get(RemoteService.id(there));
        return JSON.createObjectNode().put("@iot.id", id == null ? -1 : id);
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

    private void observe(String set) {
        known(set).forEach((remoteId, datastream) -> {
            EntityCopies.Progress before = copies.progress(datastream).orElse(null);
            String page = before != null
                    ? before.nextPage()
                    : remote.root() + set + "(" + RemoteService.literal(remoteId)
                            + ")/Observations?$orderby=phenomenonTime%20asc&$expand=FeatureOfInterest&$top=" + PAGE;
            while (!page.isEmpty()) {
                JsonNode answer = remote.get(page);
                String next = answer.path("@iot.nextLink").asString("");
                List<NewObservation> rows = rows(datastream, answer.path("value"));
                copies.write(datastream, rows, next.isEmpty() ? null : next);
                observations += rows.size();
                progress.accept("Observations: %,d".formatted(observations));
                page = next;
            }
        });
    }

    private List<NewObservation> rows(long datastream, JsonNode values) {
        List<NewObservation> rows = new ArrayList<>();
        for (JsonNode value : values) {
            JsonNode there = value.path("FeatureOfInterest");
            @Nullable
            Long feature = there.isObject() ? known("FeaturesOfInterest").get(RemoteService.id(there)) : null;
            try {
                rows.add(copies.read(datastream, feature, value));
            } catch (de.stadtkern.problem.Problem unfit) {
                refused++;
                progress.accept("refused %s: %s".formatted(RemoteService.id(value), unfit.getMessage()));
            }
        }
        return rows;
    }
}
