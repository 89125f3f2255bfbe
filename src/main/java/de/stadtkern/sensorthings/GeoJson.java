package de.stadtkern.sensorthings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// GeoJSON (RFC 7946) as JTS knows it. What is no geometry is none: bodies are not judged when they are stored.
final class GeoJson {

    private final GeometryFactory geometries;

    private GeoJson(GeometryFactory geometries) {
        this.geometries = geometries;
    }

    /// Whether an `encodingType` says GeoJSON, by its present name, the one of SensorThings 1.0, or as people write it.
    /// One that says nothing is taken for it.
    static boolean isNamedBy(String encodingType) {
        String said = encodingType.toLowerCase(Locale.ROOT);
        return said.isBlank() || said.contains("geo") && said.contains("json");
    }

    static @Nullable Geometry geometry(String text, GeometryFactory geometries) {
        try {
            return new GeoJson(geometries).of(EntityBody.MAPPER.readTree(text));
        } catch (JacksonException | IllegalArgumentException none) {
            return null;
        }
    }

    private @Nullable Geometry of(JsonNode node) {
        JsonNode coordinates = node.path("coordinates");
        return switch (node.path("type").asString("")) {
            case "Point" -> point(coordinates);
            case "MultiPoint" -> geometries.createMultiPoint(points(coordinates).toArray(Point[]::new));
            case "LineString" -> line(coordinates);
            case "MultiLineString" -> {
                List<LineString> lines = new ArrayList<>();
                coordinates.forEach(line -> lines.add(line(line)));
                yield geometries.createMultiLineString(lines.toArray(LineString[]::new));
            }
            case "Polygon" -> polygon(coordinates);
            case "MultiPolygon" -> {
                List<Polygon> polygons = new ArrayList<>();
                coordinates.forEach(polygon -> polygons.add(polygon(polygon)));
                yield geometries.createMultiPolygon(polygons.toArray(Polygon[]::new));
            }
            case "GeometryCollection" -> collection(node.path("geometries"));
            case "Feature" -> of(node.path("geometry"));
            case "FeatureCollection" -> collection(node.path("features"));
            default -> null;
        };
    }

    private Geometry collection(JsonNode nodes) {
        List<Geometry> parts = new ArrayList<>();
        nodes.forEach(node -> {
            Geometry part = of(node);
            if (part != null) {
                parts.add(part);
            }
        });
        return geometries.createGeometryCollection(parts.toArray(Geometry[]::new));
    }

    private Point point(JsonNode position) {
        return geometries.createPoint(coordinate(position));
    }

    private List<Point> points(JsonNode positions) {
        List<Point> points = new ArrayList<>();
        positions.forEach(position -> points.add(point(position)));
        return points;
    }

    private LineString line(JsonNode positions) {
        return geometries.createLineString(coordinates(positions));
    }

    private Polygon polygon(JsonNode rings) {
        List<LinearRing> all = new ArrayList<>();
        rings.forEach(ring -> all.add(geometries.createLinearRing(coordinates(ring))));
        return all.isEmpty()
                ? geometries.createPolygon()
                : geometries.createPolygon(
                        all.getFirst(), all.subList(1, all.size()).toArray(LinearRing[]::new));
    }

    private static Coordinate[] coordinates(JsonNode positions) {
        List<Coordinate> coordinates = new ArrayList<>();
        positions.forEach(position -> coordinates.add(coordinate(position)));
        return coordinates.toArray(Coordinate[]::new);
    }

    private static Coordinate coordinate(JsonNode position) {
        if (position.size() < 2
                || !position.get(0).isNumber()
                || !position.get(1).isNumber()) {
            throw new IllegalArgumentException("A position is two numbers");
        }
        return new Coordinate(position.get(0).doubleValue(), position.get(1).doubleValue());
    }
}
