package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.And;
import de.stadtkern.sensorthings.query.Filter.Comparison;
import de.stadtkern.sensorthings.query.Filter.Holds;
import de.stadtkern.sensorthings.query.Filter.In;
import de.stadtkern.sensorthings.query.Filter.Not;
import de.stadtkern.sensorthings.query.Filter.Or;
import de.stadtkern.sensorthings.query.Filter.Quantified;
import de.stadtkern.sensorthings.query.Filter.Quantifier;
import de.stadtkern.sensorthings.query.Filter.Test;
import org.jspecify.annotations.Nullable;

/// A filter of Observations taken apart into what it says of their Datastream and what it says of each of them. The
/// former is answered once, and then each fitting Datastream is looked at by its own index.
///
/// @param datastreams gives the ids of those that fit and may be seen
/// @param rest        null if nothing is left to ask of the Observations
/// @param ofEach      the same as it was asked
record SeriesFilter(
        Sql datastreams, @Nullable Sql rest, @Nullable Filter ofEach) {

    /// Null if the filter says nothing that only Datastreams can fulfil.
    static @Nullable SeriesFilter of(Filter filter, Shapes shapes) {
        Filter series = part(filter, true);
        if (series == null) {
            return null;
        }
        Filter rest = part(filter, false);
        Sql datastreams = new Sql()
                .add("select d.id from " + Statements.from(EntityType.DATASTREAM) + " where ")
                .add(Statements.visible(EntityType.DATASTREAM, false) + " and ")
                .add(FilterSql.of(EntityType.DATASTREAM, series, shapes));
        return new SeriesFilter(
                datastreams, rest == null ? null : FilterSql.of(EntityType.OBSERVATION, rest, shapes), rest);
    }

    /// The conditions that have to hold together, of one of the two sorts.
    private static @Nullable Filter part(Filter filter, boolean ofDatastream) {
        if (filter instanceof And(var left, var right)) {
            Filter one = part(left, ofDatastream);
            Filter other = part(right, ofDatastream);
            return one == null ? other : other == null ? one : new And(one, other);
        }
        Filter there = needsDatastream(filter) ? Ways.of(filter, "Datastream") : null;
        return ofDatastream ? there : there == null ? filter : null;
    }

    /// Whether it cannot hold for what has no Datastream: Observations of MultiDatastreams are there too.
    private static boolean needsDatastream(Filter filter) {
        return switch (filter) {
            case And(var left, var right) -> needsDatastream(left) && needsDatastream(right);
            case Or(var left, var right) -> needsDatastream(left) && needsDatastream(right);
            case Not _ -> false;
            case Quantified some -> some.quantifier() == Quantifier.ANY;
            case Comparison _, In _, Test _, Holds _ -> Ways.hasPath(filter);
        };
    }
}
