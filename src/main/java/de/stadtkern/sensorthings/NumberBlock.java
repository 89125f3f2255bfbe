package de.stadtkern.sensorthings;

/// Numbers of a town's Observations that nobody else hands out.
///
/// @param next the first of them
/// @param end  not one of them
record NumberBlock(long next, long end) {

    static final NumberBlock EMPTY = new NumberBlock(0, 0);

    boolean isEmpty() {
        return next == end;
    }

    boolean has(int count) {
        return next + count <= end;
    }

    NumberBlock without(int count) {
        return new NumberBlock(next + count, end);
    }
}
