package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Property.Id;
import de.stadtkern.sensorthings.query.Property.Json;
import de.stadtkern.sensorthings.query.Property.Json.Shape;
import de.stadtkern.sensorthings.query.Property.Need;
import de.stadtkern.sensorthings.query.Property.Period;
import de.stadtkern.sensorthings.query.Property.Result;
import de.stadtkern.sensorthings.query.Property.Text;
import de.stadtkern.sensorthings.query.Property.Time;
import de.stadtkern.sensorthings.query.Property.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The nine entities of SensorThings 1.1 as they lie in the town's tables.
public enum EntityType {
    THING("Thing", "Things", "thing t", name("t"), description("t"), properties("t")),
    LOCATION(
            "Location",
            "Locations",
            "location l",
            name("l"),
            description("l"),
            encodingType("l"),
            new Json("location", "l.location", Need.MANDATORY, Shape.ENCODED),
            properties("l")),
    HISTORICAL_LOCATION(
            "HistoricalLocation",
            "HistoricalLocations",
            "historical_location h",
            new Time("time", "h.time", Need.MANDATORY)),
    DATASTREAM(
            "Datastream",
            "Datastreams",
            "datastream d",
            name("d"),
            description("d"),
            new Text("observationType", "d.observation_type", Need.MANDATORY),
            new Unit("unitOfMeasurement", "d.units", Need.MANDATORY),
            new Json("observedArea", "d.observed_area", Need.OPTIONAL, Shape.OBJECT),
            new Period("phenomenonTime", "st.phenomenon_min", "st.phenomenon_max", Need.COMPUTED),
            new Period("resultTime", "st.result_min", "st.result_max", Need.COMPUTED),
            properties("d")),
    /// A Datastream whose results are arrays, one value for each of its ObservedProperties.
    MULTI_DATASTREAM(
            "MultiDatastream",
            "MultiDatastreams",
            "datastream md",
            name("md"),
            description("md"),
            new Text("observationType", "md.observation_type", Need.COMPUTED),
            new Json("multiObservationDataTypes", "md.multi_types", Need.MANDATORY, Shape.TEXTS),
            new Json("unitOfMeasurements", "md.units", Need.MANDATORY, Shape.UNITS),
            new Json("observedArea", "md.observed_area", Need.OPTIONAL, Shape.OBJECT),
            new Period("phenomenonTime", "mt.phenomenon_min", "mt.phenomenon_max", Need.COMPUTED),
            new Period("resultTime", "mt.result_min", "mt.result_max", Need.COMPUTED),
            properties("md")),
    SENSOR(
            "Sensor",
            "Sensors",
            "sensor s",
            name("s"),
            description("s"),
            encodingType("s"),
            new Json("metadata", "s.metadata", Need.MANDATORY, Shape.ANY),
            properties("s")),
    OBSERVED_PROPERTY(
            "ObservedProperty",
            "ObservedProperties",
            "observed_property p",
            name("p"),
            new Text("definition", "p.definition", Need.MANDATORY),
            description("p"),
            properties("p")),
    OBSERVATION(
            "Observation",
            "Observations",
            "observation o",
            new Period("phenomenonTime", "o.phenomenon_start", "o.phenomenon_end", Need.OPTIONAL),
            new Time("resultTime", "o.result_time", Need.OPTIONAL),
            new Result("result", "o.result", "o.result_json", Need.MANDATORY),
            new Json("resultQuality", "o.result_quality", Need.OPTIONAL, Shape.ANY),
            new Period("validTime", "o.valid_start", "o.valid_end", Need.OPTIONAL),
            new Json("parameters", "o.parameters", Need.OPTIONAL, Shape.OBJECT)),
    FEATURE_OF_INTEREST(
            "FeatureOfInterest",
            "FeaturesOfInterest",
            "feature_of_interest f",
            name("f"),
            description("f"),
            encodingType("f"),
            new Json("feature", "f.feature", Need.MANDATORY, Shape.ENCODED),
            properties("f"));

    private final String entity;
    private final String set;
    private final String table;
    private final Id id;
    private final List<Property> properties;

    EntityType(String entity, String set, String table, Property... properties) {
        this.entity = entity;
        this.set = set;
        this.table = table;
        this.id = new Id(table.substring(table.indexOf(' ') + 1) + ".id");
        this.properties = List.of(properties);
    }

    /// `Thing`, as an error text and a to-one relation call it.
    public String entity() {
        return entity;
    }

    /// `Things`, as the address calls it.
    public String set() {
        return set;
    }

    /// Table and alias, for a `from`.
    String table() {
        return table;
    }

    public String tableName() {
        return table.substring(0, table.indexOf(' '));
    }

    String alias() {
        return table.substring(table.indexOf(' ') + 1);
    }

    public Id id() {
        return id;
    }

    /// Whether it has Observations, and totals of them.
    public boolean isSeries() {
        return this == DATASTREAM || this == MULTI_DATASTREAM;
    }

    /// Alias of the totals beside its table; only of what [#isSeries].
    String totals() {
        return this == DATASTREAM ? "st" : "mt";
    }

    public List<Property> properties() {
        return properties;
    }

    public List<Relation> relations() {
        return Relation.from(this);
    }

    /// What is written as its `encodingType` says and may be a place: the location of a Location, the feature of a
    /// FeatureOfInterest.
    public Optional<Json> findEncoded() {
        return properties.stream()
                .filter(property -> property instanceof Json json && json.shape() == Shape.ENCODED)
                .map(Json.class::cast)
                .findFirst();
    }

    /// Ways beyond the standard, which can be read only.
    public List<Relation> shortcuts() {
        return Relation.shortcutsFrom(this);
    }

    public static Optional<EntityType> findBySet(String set) {
        for (EntityType type : values()) {
            if (type.set.equals(set)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public Optional<Property> findProperty(String name) {
        if (name.equals("id") || name.equals("@iot.id")) {
            return Optional.of(id);
        }
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    public Optional<Relation> findRelation(String name) {
        return relations().stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst();
    }

    /// Also over the ways beyond the standard, which can be read only.
    Optional<Relation> findWay(String name) {
        return Stream.concat(relations().stream(), shortcuts().stream())
                .filter(relation -> relation.name().equals(name))
                .findFirst();
    }

    /// For error texts: what there is.
    /// The names of all properties and relations, for whoever used another.
    String known() {
        StringBuilder known = new StringBuilder("id");
        properties.forEach(property -> known.append(", ").append(property.name()));
        return known.append(", ").append(knownRelations()).toString();
    }

    String knownRelations() {
        return String.join(", ", relations().stream().map(Relation::name).toList());
    }

    static String knownSets() {
        return String.join(", ", Arrays.stream(values()).map(EntityType::set).toList());
    }

    private static Text name(String alias) {
        return new Text("name", alias + ".name", Need.MANDATORY);
    }

    private static Text description(String alias) {
        return new Text("description", alias + ".description", Need.MANDATORY);
    }

    private static Text encodingType(String alias) {
        return new Text("encodingType", alias + ".encoding_type", Need.MANDATORY);
    }

    private static Json properties(String alias) {
        return new Json("properties", alias + ".properties", Need.OPTIONAL, Shape.OBJECT);
    }
}
