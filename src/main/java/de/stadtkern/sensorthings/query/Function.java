package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Value.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The built-in functions of OGC 18-088, tables 20 to 22, and OData's `contains`.
public enum Function {
    SUBSTRINGOF(Kind.BOOL, Kind.TEXT, Kind.TEXT),
    CONTAINS(Kind.BOOL, Kind.TEXT, Kind.TEXT),
    STARTSWITH(Kind.BOOL, Kind.TEXT, Kind.TEXT),
    ENDSWITH(Kind.BOOL, Kind.TEXT, Kind.TEXT),
    LENGTH(Kind.NUMBER, Kind.TEXT),
    INDEXOF(Kind.NUMBER, Kind.TEXT, Kind.TEXT),
    SUBSTRING(Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.NUMBER),
    TOLOWER(Kind.TEXT, Kind.TEXT),
    TOUPPER(Kind.TEXT, Kind.TEXT),
    TRIM(Kind.TEXT, Kind.TEXT),
    CONCAT(Kind.TEXT, Kind.TEXT, Kind.TEXT),
    YEAR(Kind.NUMBER, Kind.MOMENT),
    MONTH(Kind.NUMBER, Kind.MOMENT),
    DAY(Kind.NUMBER, Kind.MOMENT),
    HOUR(Kind.NUMBER, Kind.MOMENT),
    MINUTE(Kind.NUMBER, Kind.MOMENT),
    SECOND(Kind.NUMBER, Kind.MOMENT),
    FRACTIONALSECONDS(Kind.NUMBER, Kind.MOMENT),
    DATE(Kind.DAY, Kind.MOMENT),
    TIME(Kind.CLOCK, Kind.MOMENT),
    TOTALOFFSETMINUTES(Kind.NUMBER, Kind.MOMENT),
    NOW(Kind.MOMENT),
    MINDATETIME(Kind.MOMENT),
    MAXDATETIME(Kind.MOMENT),
    ROUND(Kind.NUMBER, Kind.NUMBER),
    FLOOR(Kind.NUMBER, Kind.NUMBER),
    CEILING(Kind.NUMBER, Kind.NUMBER),
    BEFORE(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    AFTER(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    MEETS(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    DURING(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    OVERLAPS(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    STARTS(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    FINISHES(Kind.BOOL, Kind.PERIOD, Kind.PERIOD),
    GEO_DISTANCE(Kind.NUMBER, Kind.SHAPE, Kind.SHAPE),
    GEO_LENGTH(Kind.NUMBER, Kind.SHAPE),
    GEO_INTERSECTS(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_EQUALS(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_DISJOINT(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_TOUCHES(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_WITHIN(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_OVERLAPS(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_CROSSES(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_INTERSECTS(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_CONTAINS(Kind.BOOL, Kind.SHAPE, Kind.SHAPE),
    ST_RELATE(Kind.BOOL, Kind.SHAPE, Kind.SHAPE, Kind.TEXT);

    private final Kind result;
    private final List<Kind> parameters;

    Function(Kind result, Kind... parameters) {
        this.result = result;
        this.parameters = List.of(parameters);
    }

    /// As a filter calls it: `startswith`, `geo.distance`, `st_within`.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace("geo_", "geo.");
    }

    public Kind result() {
        return result;
    }

    List<Kind> parameters() {
        return parameters;
    }

    /// The length of a substring may be left out.
    int fewestArguments() {
        return this == SUBSTRING ? 2 : parameters.size();
    }

    boolean isSpatial() {
        return parameters.contains(Kind.SHAPE);
    }

    static Optional<Function> find(String word) {
        for (Function function : values()) {
            if (function.word().equals(word)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }
}
