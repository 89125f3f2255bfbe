package de.stadtkern.page;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The town's colours as a style sheet of their own, because the pages allow no styles inside them; and what browsers
/// and telephones show of the town outside its pages.
@RestController
class TownColoursController {

    /// @param v the colour a page asks for, without its `#`: kept for long only if that is the one given out, so that
    ///     nobody who asks early keeps the old one under the new address
    @GetMapping(path = "/town.css", produces = "text/css")
    ResponseEntity<String> colours(@RequestParam(defaultValue = "") String v) {
        String colour = CityContext.isBound() ? CityContext.current().colour() : "";
        return ResponseEntity.ok()
                .cacheControl(
                        colour.equals("#" + v)
                                ? CacheControl.maxAge(Duration.ofDays(365)).cachePublic()
                                : CacheControl.noCache())
                .body(TownColours.of(colour).css());
    }

    /// In the town's colours, so that its tab is told from that of another town.
    @GetMapping(path = "/favicon.svg", produces = "image/svg+xml")
    ResponseEntity<String> icon() {
        TownColours colours = TownColours.of(CityContext.current().colour());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic())
                .body("""
                    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="%s"/>\
                    <path fill="%s" d="M7 25V15h4v10zm7 0V7h4v18zm7 0V11h4v14z"/></svg>
                    """.formatted(colours.background(), colours.text()));
    }

    /// With it a telephone can put the site beside its other programs.
    @GetMapping(path = "/manifest.webmanifest", produces = "application/manifest+json")
    Map<String, Object> manifest() {
        City town = CityContext.current();
        return Map.of(
                "name", town.name(),
                "short_name", town.name(),
                "start_url", "/",
                "display", "browser",
                "background_color", "#ffffff",
                "theme_color", TownColours.of(town.colour()).background(),
                "icons", List.of(Map.of("src", "/favicon.svg", "type", "image/svg+xml", "sizes", "any")));
    }
}
