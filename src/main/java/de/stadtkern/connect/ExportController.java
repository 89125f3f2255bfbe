package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DescribedPoint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class ExportController {

    private final Exports exports;

    ExportController(Exports exports) {
        this.exports = exports;
    }

    @GetMapping("/datastreams/{id}/observations.{format:csv|json}")
    void datastream(
            @PathVariable String id,
            @PathVariable String format,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletResponse response)
            throws IOException {
        write(exports.datastream(number(id)), "datastream-" + id, format, from, to, response);
    }

    @GetMapping("/things/{id}/observations.{format:csv|json}")
    void thing(
            @PathVariable String id,
            @PathVariable String format,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletResponse response)
            throws IOException {
        write(exports.thing(number(id)), "thing-" + id, format, from, to, response);
    }

    /// The mapping with which the CSV of the same address is imported again.
    @GetMapping(path = "/datastreams/{id}/mapping.yaml", produces = "application/yaml;charset=UTF-8")
    String datastreamMapping(@PathVariable String id) {
        return exports.mapping(exports.datastream(number(id)));
    }

    @GetMapping(path = "/things/{id}/mapping.yaml", produces = "application/yaml;charset=UTF-8")
    String thingMapping(@PathVariable String id) {
        return exports.mapping(exports.thing(number(id)));
    }

    private void write(
            DescribedPoint what,
            String name,
            String format,
            @Nullable String from,
            @Nullable String to,
            HttpServletResponse response)
            throws IOException {
        var period = new Exports.Period(TimeParameter.read("from", from), TimeParameter.read("to", to));
        boolean csv = format.equals("csv");
        response.setContentType(csv ? "text/csv;charset=UTF-8" : "application/json");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.%s\"".formatted(name, format));
        exports.write(what, period, csv ? Exports.Format.CSV : Exports.Format.JSON, response.getOutputStream());
    }

    private static long number(String id) {
        if (!id.matches("\\d{1,16}")) {
            throw new Problem(
                    Problem.Kind.MISSING, "id-unknown", "Nothing has the id '%.50s'.".formatted(id), Map.of());
        }
        return Long.parseLong(id);
    }
}
