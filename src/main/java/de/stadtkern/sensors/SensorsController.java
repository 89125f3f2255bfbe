package de.stadtkern.sensors;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Slug;
import de.stadtkern.sensorthings.MeasuringPoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;

/// The list of measuring points, the same as files and for the map, and the page of each.
@Controller
class SensorsController {

    private final SensorsPage sensors;
    private final ThingPage things;
    private final Pages pages;

    SensorsController(SensorsPage sensors, ThingPage things, Pages pages) {
        this.sensors = sensors;
        this.things = things;
        this.pages = pages;
    }

    @GetMapping(SensorsPage.PATH)
    View list(
            Frame frame,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        var filters = new SensorsPage.Filters(q, what, area);
        return pages.page(
                "sensors/sensors.jte", frame, sensors.view(frame.wording(), filters, filters.question(sort, page)));
    }

    @GetMapping(SensorsPage.PATH + ".{ending}")
    void file(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        var filters = new SensorsPage.Filters(q, what, area);
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sensors.%s\"".formatted(ending));
        sensors.write(frame.wording(), filters, filters.question(sort, 1), kind, response.getOutputStream());
    }

    @GetMapping(path = SensorsPage.PATH + ".geojson", produces = "application/geo+json")
    @ResponseBody
    Map<String, Object> places(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String area) {
        return collection(sensors.located(new SensorsPage.Filters(q, what, area)));
    }

    @GetMapping(path = SensorsPage.PATH + "/{id}/place.geojson", produces = "application/geo+json")
    @ResponseBody
    Map<String, Object> place(@PathVariable String id) {
        MeasuringPoint point = things.find(Slug.parse(id).id());
        return collection(point.longitude() == null ? List.of() : List.of(point));
    }

    private static Map<String, Object> collection(List<MeasuringPoint> points) {
        return Map.of(
                "type",
                "FeatureCollection",
                "features",
                points.stream().map(SensorsController::feature).toList());
    }

    private static Map<String, Object> feature(MeasuringPoint point) {
        return Map.of(
                "type", "Feature",
                "geometry",
                        Map.of(
                                "type",
                                "Point",
                                "coordinates",
                                List.of(
                                        Objects.requireNonNull(point.longitude()),
                                        Objects.requireNonNull(point.latitude()))),
                "properties",
                        Map.of(
                                "name",
                                point.name(),
                                "text",
                                point.description(),
                                "address",
                                SeriesText.address(point)));
    }

    @GetMapping(SensorsPage.PATH + "/{address}")
    View thing(Frame frame, HttpServletRequest request, @PathVariable String address) {
        long id = Slug.parse(address).id();
        MeasuringPoint point = things.find(id);
        String canonical = SeriesText.address(point);
        if (!canonical.equals(SensorsPage.PATH + "/" + address)) {
            return Pages.moved(canonical, request.getQueryString());
        }
        return pages.page("sensors/thing.jte", frame, things.view(frame.wording(), point));
    }
}
