package de.stadtkern.sensorthings.query;

import static de.stadtkern.sensorthings.query.EntityType.DATASTREAM;
import static de.stadtkern.sensorthings.query.EntityType.FEATURE_OF_INTEREST;
import static de.stadtkern.sensorthings.query.EntityType.HISTORICAL_LOCATION;
import static de.stadtkern.sensorthings.query.EntityType.LOCATION;
import static de.stadtkern.sensorthings.query.EntityType.MULTI_DATASTREAM;
import static de.stadtkern.sensorthings.query.EntityType.OBSERVATION;
import static de.stadtkern.sensorthings.query.EntityType.OBSERVED_PROPERTY;
import static de.stadtkern.sensorthings.query.EntityType.SENSOR;
import static de.stadtkern.sensorthings.query.EntityType.THING;

import java.util.List;

/// A navigation property: from one entity to another, or to many.
///
/// @param name    as addresses and bodies call it: the entity's name for one, the set's for many
/// @param join    how the rows find each other
/// @param isMandatory a new entity has to bring it
public record Relation(EntityType source, String name, EntityType target, Join join, boolean isMandatory) {

    /// How the rows of a relation find each other.
    public sealed interface Join {
        /// The row of the source names the row of the target.
        record Names(String column) implements Join {}

        /// The rows of the target name the row of the source.
        record NamedBy(String column) implements Join {}

        /// Pairs in a table of their own; `many` is false where the standard allows one only.
        record Pairs(String table, String sourceColumn, String targetColumn, boolean many) implements Join {}

        /// The Observations of a feature: found through the Datastreams known to have observed it, because the
        /// Observations have no index of their own for it.
        record Observed() implements Join {}

        /// The newest Observation of each Datastream, as its totals know it.
        record Newest() implements Join {}
    }

    /// Ways beyond the standard; answers show no links for them, and nothing is written over them.
    private static final List<Relation> SHORTCUTS = List.of(
            new Relation(DATASTREAM, "LatestObservation", OBSERVATION, new Join.Newest(), false),
            new Relation(MULTI_DATASTREAM, "LatestObservation", OBSERVATION, new Join.Newest(), false),
            new Relation(THING, "LatestObservations", OBSERVATION, new Join.Newest(), false));

    private static final List<Relation> ALL = List.of(
            toMany(THING, LOCATION, new Join.Pairs("thing_location", "thing_id", "location_id", true)),
            toMany(THING, HISTORICAL_LOCATION, new Join.NamedBy("thing_id")),
            toMany(THING, DATASTREAM, new Join.NamedBy("thing_id")),
            toMany(THING, MULTI_DATASTREAM, new Join.NamedBy("thing_id")),
            toMany(LOCATION, THING, new Join.Pairs("thing_location", "location_id", "thing_id", true)),
            toMany(
                    LOCATION,
                    HISTORICAL_LOCATION,
                    new Join.Pairs("historical_location_location", "location_id", "historical_location_id", true)),
            toOne(HISTORICAL_LOCATION, THING, new Join.Names("thing_id"), true),
            new Relation(
                    HISTORICAL_LOCATION,
                    "Locations",
                    LOCATION,
                    new Join.Pairs("historical_location_location", "historical_location_id", "location_id", true),
                    true),
            toOne(DATASTREAM, THING, new Join.Names("thing_id"), true),
            toOne(DATASTREAM, SENSOR, new Join.Names("sensor_id"), true),
            toOne(
                    DATASTREAM,
                    OBSERVED_PROPERTY,
                    new Join.Pairs("datastream_observed_property", "datastream_id", "observed_property_id", false),
                    true),
            toMany(DATASTREAM, OBSERVATION, new Join.NamedBy("datastream_id")),
            toOne(MULTI_DATASTREAM, THING, new Join.Names("thing_id"), true),
            toOne(MULTI_DATASTREAM, SENSOR, new Join.Names("sensor_id"), true),
            new Relation(
                    MULTI_DATASTREAM,
                    "ObservedProperties",
                    OBSERVED_PROPERTY,
                    new Join.Pairs("datastream_observed_property", "datastream_id", "observed_property_id", true),
                    true),
            toMany(MULTI_DATASTREAM, OBSERVATION, new Join.NamedBy("datastream_id")),
            toMany(SENSOR, DATASTREAM, new Join.NamedBy("sensor_id")),
            toMany(SENSOR, MULTI_DATASTREAM, new Join.NamedBy("sensor_id")),
            toMany(
                    OBSERVED_PROPERTY,
                    DATASTREAM,
                    new Join.Pairs("datastream_observed_property", "observed_property_id", "datastream_id", true)),
            toMany(
                    OBSERVED_PROPERTY,
                    MULTI_DATASTREAM,
                    new Join.Pairs("datastream_observed_property", "observed_property_id", "datastream_id", true)),
            toOne(OBSERVATION, DATASTREAM, new Join.Names("datastream_id"), false),
            toOne(OBSERVATION, MULTI_DATASTREAM, new Join.Names("datastream_id"), false),
            toOne(OBSERVATION, FEATURE_OF_INTEREST, new Join.Names("feature_id"), false),
            toMany(FEATURE_OF_INTEREST, OBSERVATION, new Join.Observed()));

    public boolean isToMany() {
        return switch (join) {
            case Join.Names _ -> false;
            case Join.NamedBy _, Join.Observed _ -> true;
            case Join.Newest _ -> source == THING;
            case Join.Pairs pairs -> pairs.many();
        };
    }

    boolean isShortcut() {
        return join instanceof Join.Newest;
    }

    static List<Relation> shortcutsFrom(EntityType source) {
        return SHORTCUTS.stream().filter(relation -> relation.source == source).toList();
    }

    static List<Relation> from(EntityType source) {
        return ALL.stream().filter(relation -> relation.source == source).toList();
    }

    private static Relation toOne(EntityType source, EntityType target, Join join, boolean mandatory) {
        return new Relation(source, target.entity(), target, join, mandatory);
    }

    private static Relation toMany(EntityType source, EntityType target, Join join) {
        return new Relation(source, target.set(), target, join, false);
    }
}
