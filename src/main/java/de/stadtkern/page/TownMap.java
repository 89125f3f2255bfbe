package de.stadtkern.page;

import de.stadtkern.city.CityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The town's outline and districts, as its admins gave them ([TownAreas]): what maps show where nobody has set a map
/// style with
/// tiles, and by which places can be chosen.
@Service
public class TownMap {

    private static final JsonMapper JSON = new JsonMapper();

    private final TownMapStore store;
    /// By the town's schema.
    private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

    TownMap(TownMapStore store) {
        this.store = store;
    }

    private record Parsed(String name, List<District> districts) {}

    /// A named part of the town.
    ///
    /// @param rings polygons as pairs of longitude and latitude; holes are rings too
    public record District(String name, List<List<List<Double>>> rings) {

        public District {
            rings = List.copyOf(rings);
        }

        /// By counting the borders on the way out to the east: an odd number means inside.
        public boolean contains(double longitude, double latitude) {
            boolean inside = false;
            for (List<List<Double>> ring : rings) {
                for (int at = 0; at < ring.size(); at++) {
                    List<Double> one = ring.get(at);
                    List<Double> next = ring.get((at + 1) % ring.size());
                    boolean crosses = (one.get(1) > latitude) != (next.get(1) > latitude);
                    if (crosses
                            && longitude
                                    < (next.get(0) - one.get(0)) * (latitude - one.get(1)) / (next.get(1) - one.get(1))
                                            + one.get(0)) {
                        inside = !inside;
                    }
                }
            }
            return inside;
        }
    }

    /// A GeoJSON FeatureCollection, if the town has one.
    public Optional<String> areas() {
        return store.name().flatMap(store::find);
    }

    /// The features that have a name, in their order.
    public List<District> districts() {
        return store.name().map(this::parsed).orElse(List.of());
    }

    public List<String> districtNames() {
        return districts().stream().map(District::name).toList();
    }

    /// Read once and not for each page: a name stands for one content.
    private List<District> parsed(String name) {
        String town = CityContext.current().schema();
        Parsed known = parsed.get(town);
        if (known == null || !known.name().equals(name)) {
            known = new Parsed(name, store.find(name).map(TownMap::parse).orElse(List.of()));
            parsed.put(town, known);
        }
        return known.districts();
    }

    private static List<District> parse(String geoJson) {
        List<District> districts = new ArrayList<>();
        for (JsonNode feature : JSON.readTree(geoJson).path("features")) {
            @Nullable String name = feature.path("properties").path("name").asString(null);
            JsonNode geometry = feature.path("geometry");
            List<List<List<Double>>> rings = new ArrayList<>();
            switch (geometry.path("type").asString("")) {
                case "Polygon" -> rings(geometry.path("coordinates"), rings);
                case "MultiPolygon" -> geometry.path("coordinates").forEach(polygon -> rings(polygon, rings));
                default -> {}
            }
            if (name != null && !rings.isEmpty()) {
                districts.add(new District(name, rings));
            }
        }
        return List.copyOf(districts);
    }

    private static void rings(JsonNode polygon, List<List<List<Double>>> rings) {
        for (JsonNode ring : polygon) {
            List<List<Double>> points = new ArrayList<>();
            ring.forEach(point ->
                    points.add(List.of(point.path(0).asDouble(), point.path(1).asDouble())));
            rings.add(points);
        }
    }
}
