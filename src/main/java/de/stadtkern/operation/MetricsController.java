package de.stadtkern.operation;

import de.stadtkern.city.City;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// All figures as Prometheus reads them. A town's operator gets those of the machine and of that town.
@RestController
class MetricsController {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Watchers watchers;
    private final ProcessMeters process;
    private final TownMeters towns;

    MetricsController(PrometheusMeterRegistry registry, Watchers watchers, ProcessMeters process, TownMeters towns) {
        this.registry = registry;
        this.watchers = watchers;
        this.process = process;
        this.towns = towns;
    }

    @GetMapping("/actuator/prometheus")
    void figures(HttpServletResponse response) throws IOException {
        watchers.require();
        process.bindOnce();
        towns.look();
        byte[] body = of(watchers.onlyTown(), registry.scrape(TEXT)).getBytes(StandardCharsets.UTF_8);
        response.setContentType(TEXT);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /// Without the lines that carry the name of another town.
    private static String of(Optional<City> only, String text) {
        if (only.isEmpty()) {
            return text;
        }
        String own = "town=\"" + only.get().slug() + "\"";
        StringBuilder kept = new StringBuilder(text.length());
        text.lines()
                .filter(line -> !line.contains("town=\"") || line.contains(own))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString();
    }
}
