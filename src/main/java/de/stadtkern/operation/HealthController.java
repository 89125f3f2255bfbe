package de.stadtkern.operation;

import de.stadtkern.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Health in the words and at the addresses of Spring Boot's Actuator, which monitoring systems know. Everybody learns
/// whether it is up; the parts are for operators.
@RestController
@RequestMapping("/actuator/health")
class HealthController {

    private final Health health;
    private final Watchers watchers;

    HealthController(Health health, Watchers watchers) {
        this.health = health;
        this.watchers = watchers;
    }

    @GetMapping
    ResponseEntity<Map<String, Object>> health() {
        Health.Report report = health.report();
        Map<String, Object> body = body(report, report.up());
        body.put("groups", List.of("liveness", "readiness"));
        return answer(body);
    }

    /// Liveness: this process answers; to restart it would not bring the database back. Readiness: send requests here.
    @GetMapping("/{group}")
    ResponseEntity<Map<String, Object>> group(@PathVariable String group) {
        return switch (group) {
            case "liveness" -> answer(new LinkedHashMap<>(Map.of("status", "UP")));
            case "readiness" -> {
                Health.Report report = health.report();
                yield answer(body(report, report.ready()));
            }
            default ->
                throw new Problem(
                        Problem.Kind.MISSING,
                        "health-group-unknown",
                        "There are two groups of health: liveness and readiness.");
        };
    }

    private Map<String, Object> body(Health.Report report, boolean isWell) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", word(isWell));
        if (watchers.seesThis()) {
            Map<String, Object> parts = new LinkedHashMap<>();
            report.parts()
                    .forEach((name, part) ->
                            parts.put(name, Map.of("status", word(part.up()), "details", part.facts())));
            body.put("components", parts);
        }
        return body;
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private static ResponseEntity<Map<String, Object>> answer(Map<String, Object> body) {
        return ResponseEntity.status("UP".equals(body.get("status")) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
