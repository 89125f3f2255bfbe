package de.stadtkern.page;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TownMapController {

    /// Nothing is not an error: most towns draw their map without.
    private static final String NONE = "{\"type\":\"FeatureCollection\",\"features\":[]}";

    private final TownMap map;

    TownMapController(TownMap map) {
        this.map = map;
    }

    @GetMapping(path = "/map/areas.geojson", produces = "application/geo+json")
    String areas() {
        return map.areas().orElse(NONE);
    }
}
