package de.stadtkern.page;

import de.stadtkern.city.CityContext;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The town's colours as a style sheet of their own, because the pages allow no styles inside them.
@RestController
class TownColoursController {

    @GetMapping(path = "/town.css", produces = "text/css")
    ResponseEntity<String> colours() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic())
                .body(TownColours.of(CityContext.current().colour()).css());
    }
}
