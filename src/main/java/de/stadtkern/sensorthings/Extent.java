package de.stadtkern.sensorthings;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The bounding box of a GeoJSON geometry or feature, in degrees; found without judging the geometry.
final class Extent {

    private double west = Double.POSITIVE_INFINITY;
    private double south = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;

    private Extent() {}

    /// Null for what has no coordinates.
    static @Nullable Extent of(JsonNode geoJson) {
        Extent extent = new Extent();
        extent.include(geoJson);
        return extent.west <= extent.east && extent.south <= extent.north ? extent : null;
    }

    private void include(JsonNode node) {
        for (String member : new String[] {"geometry", "geometries", "features"}) {
            JsonNode inner = node.get(member);
            if (inner != null && inner.isArray()) {
                inner.forEach(this::include);
            } else if (inner != null && inner.isObject()) {
                include(inner);
            }
        }
        JsonNode coordinates = node.get("coordinates");
        if (coordinates != null) {
            includePositions(coordinates);
        }
    }

    private void includePositions(JsonNode node) {
        if (node.size() >= 2 && node.get(0).isNumber() && node.get(1).isNumber()) {
            double x = node.get(0).doubleValue();
            double y = node.get(1).doubleValue();
            if (Double.isFinite(x) && Double.isFinite(y)) {
                west = Math.min(west, x);
                east = Math.max(east, x);
                south = Math.min(south, y);
                north = Math.max(north, y);
            }
        } else {
            node.forEach(this::includePositions);
        }
    }

    boolean isPoint() {
        return west == east && south == north;
    }

    String point() {
        return "(%s,%s)".formatted(west, south);
    }

    String box() {
        return "((%s,%s),(%s,%s))".formatted(east, north, west, south);
    }
}
