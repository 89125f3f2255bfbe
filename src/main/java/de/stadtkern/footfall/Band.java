package de.stadtkern.footfall;

/// Between these two the count lies with the probability that was asked for.
record Band(double low, double high) {

    Band {
        if (low > high) {
            throw new IllegalArgumentException("a band from %s to %s".formatted(low, high));
        }
    }

    boolean holds(double count) {
        return count >= low && count <= high;
    }
}
