package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewEntity.Link;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Property.Need;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.TimePeriod;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the body of a POST or PATCH. What it does not know it refuses by name; ids and what the store computes are
/// ignored, as the standard wants.
final class EntityBody {

    static final JsonMapper MAPPER = JsonMapper.builder(RequestBody.JSON)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// Links inside of links: a Thing with Datastreams with Observations with features is four.
    private static final int MAX_DEPTH = 8;

    private final boolean isPatch;

    private EntityBody(boolean isPatch) {
        this.isPatch = isPatch;
    }

    /// A whole new entity: mandatory properties must be there; mandatory links are asked for when it is written.
    static NewEntity create(EntityType type, byte[] body) {
        return new EntityBody(false).entity(type, parse(body), "", 0);
    }

    /// A part of an entity, with links to existing entities only.
    static NewEntity patch(EntityType type, byte[] body) {
        return new EntityBody(true).entity(type, parse(body), "", 0);
    }

    /// All of an entity that is there already: what the body leaves out goes away, links stay.
    static NewEntity replace(EntityType type, byte[] body) {
        NewEntity given = new EntityBody(true).entity(type, parse(body), "", 0);
        requireMandatory(type, given.values(), "");
        Map<Property, JsonNode> values = new LinkedHashMap<>(given.values());
        for (Property property : type.properties()) {
            boolean isKept =
                    property.name().equals("observedArea") || property.name().equals("phenomenonTime");
            if (property.need() == Need.OPTIONAL && !isKept) {
                values.putIfAbsent(property, MAPPER.nullNode());
            }
        }
        return new NewEntity(type, values, given.links());
    }

    private static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException malformed) {
            throw RequestBody.malformed(malformed);
        }
    }

    private NewEntity entity(EntityType type, JsonNode node, String at, int depth) {
        if (!node.isObject()) {
            throw wrong(
                    at.isEmpty() ? type.entity() : at,
                    "type-wrong",
                    "%s is a JSON object.".formatted(at.isEmpty() ? type.entity() : at));
        }
        if (depth > MAX_DEPTH) {
            throw wrong(at, "nested-too-deep", "Entities are nested more than %d deep.".formatted(MAX_DEPTH));
        }
        Map<Property, JsonNode> values = new LinkedHashMap<>();
        Map<Relation, List<Link>> links = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            String where = at.isEmpty() ? name : at + "/" + name;
            Relation relation = type.findRelation(name).orElse(null);
            if (relation != null) {
                links.put(relation, links(relation, field.getValue(), where, depth));
            } else if (!name.contains("@iot.") && !name.equals("id")) {
                Property property = type.findProperty(name).orElseThrow(() -> unknown(type, where));
                if (property.need() != Need.COMPUTED) {
                    check(property, field.getValue(), where);
                    if (type.isSeries() && name.equals("properties")) {
                        checkDuplicates(field.getValue().path(Duplicates.PROPERTY), where);
                    }
                    values.put(property, field.getValue());
                }
            }
        }
        if (!isPatch) {
            requireMandatory(type, values, at);
        }
        requireEncoded(type, values, at);
        return new NewEntity(type, values, links);
    }

    private static void requireMandatory(EntityType type, Map<Property, JsonNode> values, String at) {
        for (Property property : type.properties()) {
            if (property.need() == Need.MANDATORY && !values.containsKey(property)) {
                throw wrong(
                        at.isEmpty() ? property.name() : at + "/" + property.name(),
                        "property-missing",
                        "A %s needs '%s'.".formatted(type.entity(), property.name()));
            }
        }
    }

    /// GeoJSON is an object; of other encodings nothing is known here, so whatever comes is kept as it came. Where only
    /// one of the two is given it is [EntityUpdate] who knows the other.
    static void requireEncoded(EntityType type, Map<Property, JsonNode> values, String at) {
        type.findEncoded().ifPresent(encoded -> {
            JsonNode value = values.get(encoded);
            JsonNode encoding = values.get(type.findProperty("encodingType").orElseThrow());
            if (value != null && encoding != null && GeoJson.isNamedBy(encoding.asString(""))) {
                require(
                        value.isObject(),
                        at.isEmpty() ? encoded.name() : at + "/" + encoded.name(),
                        "is a JSON object, as its encodingType '%s' says".formatted(encoding.asString("")));
            }
        });
    }

    private List<Link> links(Relation relation, JsonNode node, String at, int depth) {
        if (!relation.isToMany()) {
            return List.of(link(relation, node, at, depth));
        }
        if (!node.isArray()) {
            throw wrong(at, "type-wrong", "'%s' is a JSON array of entities.".formatted(at));
        }
        List<Link> links = new ArrayList<>();
        for (JsonNode element : node) {
            links.add(link(relation, element, at + "[" + links.size() + "]", depth));
        }
        return links;
    }

    /// An object with an id and nothing else is a link; with more it is a new entity, whose id is not for the caller
    /// to choose.
    private Link link(Relation relation, JsonNode node, String at, int depth) {
        JsonNode id = node.get("@iot.id");
        boolean onlyAnnotations =
                node.isObject() && node.propertyNames().stream().allMatch(name -> name.contains("@iot."));
        if (id != null && onlyAnnotations) {
            if (!id.isIntegralNumber() || !id.canConvertToLong()) {
                throw wrong(at + "/@iot.id", "type-wrong", "'%s/@iot.id' is a whole number.".formatted(at));
            }
            return new Link.Existing(id.asLong());
        }
        if (isPatch) {
            throw wrong(
                    at,
                    "inline-in-patch",
                    "A PATCH links to existing entities only: '%s' is {\"@iot.id\": …}.".formatted(at));
        }
        return new Link.Inline(entity(relation.target(), node, at, depth + 1));
    }

    private static void check(Property property, JsonNode value, String at) {
        if (value.isNull() && property.need() == Need.OPTIONAL) {
            return;
        }
        switch (property) {
            case Property.Text _ -> require(value.isString(), at, "is text");
            case Property.Json json -> checkJson(json, value, at);
            case Property.Unit _ -> checkUnit(value, at);
            case Property.Time _, Property.Period _ -> checkTime(property, value, at);
            case Property.Result _, Property.Id _ -> {}
        }
    }

    private static void checkJson(Property.Json property, JsonNode value, String at) {
        switch (property.shape()) {
            case ANY, ENCODED -> require(!value.isNull(), at, "is any JSON but null");
            case OBJECT -> require(value.isObject(), at, "is a JSON object");
            case TEXTS ->
                require(
                        value.isArray()
                                && !value.isEmpty()
                                && value.valueStream().allMatch(JsonNode::isString),
                        at,
                        "is an array of texts, one for each ObservedProperty");
            case UNITS -> {
                require(value.isArray() && !value.isEmpty(), at, "is an array of units, one for each ObservedProperty");
                for (int i = 0; i < value.size(); i++) {
                    checkUnit(value.get(i), at + "[" + i + "]");
                }
            }
        }
    }

    /// What the writer acts on has to be understood.
    private static void checkDuplicates(JsonNode rule, String at) {
        require(
                rule.isMissingNode() || rule.isString() && Duplicates.isKnown(rule.asString()),
                at + "/" + Duplicates.PROPERTY,
                "is insert, ignore or replace");
    }

    private static void checkUnit(JsonNode value, String at) {
        require(value.isObject(), at, "is a JSON object with name, symbol and definition");
        for (String part : List.of("name", "symbol", "definition")) {
            JsonNode text = value.get(part);
            require(
                    text != null && (text.isString() || text.isNull()),
                    at + "/" + part,
                    "is text, or null where there is no unit");
        }
    }

    private static void checkTime(Property property, JsonNode value, String at) {
        require(value.isString(), at, "is a time as text");
        try {
            TimePeriod period = TimePeriod.parse(value.asString());
            require(property instanceof Property.Period || period.end() == null, at, "is a moment, not an interval");
        } catch (DateTimeException unreadable) {
            throw wrong(at, "time-unreadable", "'%s': %s.".formatted(at, unreadable.getMessage()));
        }
    }

    private static void require(boolean holds, String at, String expected) {
        if (!holds) {
            throw wrong(at, "type-wrong", "'%s' %s.".formatted(at, expected));
        }
    }

    private static Problem unknown(EntityType type, String at) {
        return wrong(
                at,
                "property-unknown",
                "%s has no '%s'; it has: %s."
                        .formatted(type.entity(), at.length() > 80 ? at.substring(0, 80) + "…" : at, known(type)));
    }

    private static String known(EntityType type) {
        List<String> names = new ArrayList<>();
        type.properties().forEach(property -> names.add(property.name()));
        type.relations().forEach(relation -> names.add(relation.name()));
        return String.join(", ", names);
    }

    static Problem wrong(String field, String name, String message) {
        return Problem.field(field.length() > 200 ? field.substring(0, 200) : field, name, message);
    }
}
