package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TownMapController {

    private final TownMap map;

    TownMapController(TownMap map) {
        this.map = map;
    }

    @GetMapping(path = "/map/areas.geojson", produces = "application/geo+json")
    String areas() {
        return map.areas()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "no-areas", "This town has given no outline and no districts."));
    }
}
