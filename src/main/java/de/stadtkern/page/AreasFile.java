package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A file that can be a town's outline and districts: a GeoJSON FeatureCollection (RFC 7946) of areas in WGS 84. Of
/// each feature its area and its name are kept and nothing else, because everybody may fetch them: what an office
/// noted beside them is not meant for everybody. What cannot be shown is refused at the field `areas`.
public final class AreasFile {

    public static final int LARGEST = 5_000_000;

    private static final int LONGEST_NAME = 100;
    private static final int FEWEST_POSITIONS = 4;
    private static final int HASH = 10;
    private static final JsonMapper JSON = new JsonMapper();

    private final String geoJson;
    private final List<String> districts;

    private AreasFile(String geoJson, List<String> districts) {
        this.geoJson = geoJson;
        this.districts = List.copyOf(districts);
    }

    public static AreasFile of(byte[] content) {
        if (content.length > LARGEST) {
            throw Problem.field(
                    "areas",
                    "areas-too-large",
                    "The file has more than %d MB; simplify its borders.".formatted(LARGEST / 1_000_000),
                    Map.of("megabytes", LARGEST / 1_000_000));
        }
        JsonNode features = features(content);
        ArrayNode kept = JSON.createArrayNode();
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < features.size(); at++) {
            JsonNode feature = features.get(at);
            String name = name(feature, at + 1);
            if (!name.isEmpty()) {
                if (!seen.add(name)) {
                    throw refused(
                            "areas-name-twice",
                            "Two features are called '%s'; make them one with a MultiPolygon.".formatted(name),
                            name);
                }
                names.add(name);
            }
            kept.add(feature(name, geometry(feature.path("geometry"), at + 1)));
        }
        if (names.isEmpty() && features.size() > 1) {
            throw refused("areas-nameless", "None of the features has a name in 'properties.name'.", features.size());
        }
        ObjectNode collection = JSON.createObjectNode().put("type", "FeatureCollection");
        collection.set("features", kept);
        return new AreasFile(collection.toString(), names);
    }

    private static JsonNode features(byte[] content) {
        JsonNode root;
        try {
            root = JSON.readTree(content);
        } catch (JacksonException unreadable) {
            throw Problem.field("areas", "areas-json", "The file is no JSON, or it is damaged.");
        }
        if (!root.path("type").asString("").equals("FeatureCollection")
                || !root.path("features").isArray()) {
            throw Problem.field(
                    "areas",
                    "areas-collection",
                    "The file is no GeoJSON FeatureCollection; each district is one feature.");
        }
        if (root.path("features").isEmpty()) {
            throw Problem.field("areas", "areas-empty", "There is no feature in the file.");
        }
        return root.path("features");
    }

    /// Empty for an area without one, as an outline is. What the database could not keep, nobody could choose either.
    private static String name(JsonNode feature, int number) {
        JsonNode given = feature.path("properties").path("name");
        if (given.isMissingNode() || given.isNull()) {
            return "";
        }
        String name = given.isString() ? given.asString().strip() : "\n";
        boolean readable = name.codePoints()
                .noneMatch(character ->
                        Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE);
        if (!readable || name.length() > LONGEST_NAME) {
            throw refused(
                    "areas-name",
                    "The name of feature %d is no text of at most %d characters.".formatted(number, LONGEST_NAME),
                    number);
        }
        return name;
    }

    private static ObjectNode feature(String name, ObjectNode geometry) {
        ObjectNode feature = JSON.createObjectNode().put("type", "Feature");
        feature.set("properties", name.isEmpty() ? JSON.createObjectNode() : named(name));
        feature.set("geometry", geometry);
        return feature;
    }

    private static ObjectNode named(String name) {
        return JSON.createObjectNode().put("name", name);
    }

    private static ObjectNode geometry(JsonNode geometry, int number) {
        String type = geometry.path("type").asString("");
        JsonNode coordinates = geometry.path("coordinates");
        ArrayNode kept = switch (type) {
            case "Polygon" -> polygon(coordinates, number);
            case "MultiPolygon" -> {
                ArrayNode polygons = JSON.createArrayNode();
                requireSome(coordinates, number).forEach(each -> polygons.add(polygon(each, number)));
                yield polygons;
            }
            default ->
                throw refused(
                        "areas-geometry",
                        "Feature %d is no area: it is a %.30s and not a Polygon or MultiPolygon."
                                .formatted(number, type.isEmpty() ? "feature without geometry" : type),
                        number);
        };
        ObjectNode answer = JSON.createObjectNode().put("type", type);
        answer.set("coordinates", kept);
        return answer;
    }

    private static ArrayNode polygon(JsonNode rings, int number) {
        ArrayNode kept = JSON.createArrayNode();
        for (JsonNode ring : requireSome(rings, number)) {
            ArrayNode positions = JSON.createArrayNode();
            requireSome(ring, number).forEach(position -> positions.add(position(position, number)));
            if (positions.size() < FEWEST_POSITIONS || !positions.get(0).equals(positions.get(positions.size() - 1))) {
                throw ringWrong(number);
            }
            kept.add(positions);
        }
        return kept;
    }

    private static JsonNode requireSome(JsonNode array, int number) {
        if (!array.isArray() || array.isEmpty()) {
            throw ringWrong(number);
        }
        return array;
    }

    /// Longitude and latitude; a height is left away.
    private static ArrayNode position(JsonNode position, int number) {
        @Nullable JsonNode longitude = position.get(0);
        @Nullable JsonNode latitude = position.get(1);
        if (longitude == null || latitude == null || !longitude.isNumber() || !latitude.isNumber()) {
            throw ringWrong(number);
        }
        double east = longitude.asDouble();
        double north = latitude.asDouble();
        if (!(Math.abs(east) <= 180 && Math.abs(north) <= 90)) {
            throw refused(
                    "areas-range",
                    "Feature %d is not in degrees of longitude and latitude (WGS 84).".formatted(number),
                    number);
        }
        return JSON.createArrayNode().add(east).add(north);
    }

    private static Problem ringWrong(int number) {
        return refused(
                "areas-ring",
                "The border of feature %d is no closed ring of at least four positions.".formatted(number),
                number);
    }

    private static Problem refused(String name, String message, Object which) {
        return Problem.field("areas", name, message, Map.of("which", which));
    }

    /// Made of the content: the same areas have the same name.
    String name() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(geoJson.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String geoJson() {
        return geoJson;
    }

    List<String> districts() {
        return districts;
    }
}
