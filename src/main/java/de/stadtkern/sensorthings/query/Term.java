package de.stadtkern.sensorthings.query;

import org.jspecify.annotations.Nullable;

/// What the parser has read so far: a condition or a value, and where it began.
record Term(@Nullable Filter filter, @Nullable Value value, int position) {

    static Term of(Filter filter, int position) {
        return new Term(filter, null, position);
    }

    static Term of(Value value, int position) {
        return new Term(null, value, position);
    }
}
