package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Pdf;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// How many pass, for everybody: all counters, each of them, its figures as files, and its sign.
@Controller
class FootfallController {

    static final String PATH = "/footfall";
    private static final String OFF = "off";

    private final FootfallPage all;
    private final PlacePage place;
    private final PlaceFile file;
    private final SignPage sign;
    private final Counters counters;
    private final Pages pages;
    private final Pdf pdf;

    FootfallController(
            FootfallPage all, PlacePage place, PlaceFile file, SignPage sign, Counters counters, Pages pages, Pdf pdf) {
        this.all = all;
        this.place = place;
        this.file = file;
        this.sign = sign;
        this.counters = counters;
        this.pages = pages;
        this.pdf = pdf;
    }

    @GetMapping(PATH)
    View list(
            Frame frame,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String calibration,
            @RequestParam(defaultValue = "1") int page) {
        boolean isCalibrated = !calibration.equals(OFF);
        return pages.page(
                "footfall/footfall.jte", frame, all.view(frame, question(sort, isCalibrated, page), isCalibrated));
    }

    @GetMapping(PATH + ".{ending}")
    void ranking(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String calibration)
            throws IOException {
        boolean isCalibrated = !calibration.equals(OFF);
        FileKind kind = FileKind.getByEnding(ending);
        begin(response, kind, "footfall");
        all.write(frame, question(sort, isCalibrated, 1), isCalibrated, kind, response.getOutputStream());
    }

    private static TableQuestion question(String sort, boolean isCalibrated, int page) {
        return new TableQuestion(PATH, isCalibrated ? Map.of() : Map.of("calibration", OFF), sort, page);
    }

    @GetMapping(PATH + "/{slug}")
    View place(
            Frame frame,
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String estimates,
            @RequestParam(defaultValue = "") String calibration) {
        return place("footfall/place.jte", frame, slug, day, reading(estimates, calibration));
    }

    /// Its day alone, for other pages: any site may show it in a frame.
    @GetMapping("/embed" + PATH + "/{slug}")
    View embedded(
            Frame frame,
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String estimates,
            @RequestParam(defaultValue = "") String calibration) {
        return place("footfall/place-embed.jte", frame, slug, day, reading(estimates, calibration));
    }

    private View place(String template, Frame frame, String slug, String day, PlacePage.Reading reading) {
        Counter counter = counters.get(slug);
        LocalDate wanted = day.isEmpty() ? null : date("day", day);
        return pages.page(template, frame, place.view(frame, counter, wanted, reading, CompareController.base()));
    }

    private static PlacePage.Reading reading(String estimates, String calibration) {
        return new PlacePage.Reading(!estimates.equals(OFF), !calibration.equals(OFF));
    }

    /// Days are the town's, both included; `as-of` is a moment, and the figures are those published then.
    @GetMapping(PATH + "/{slug}/hours.{ending}")
    void hours(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String slug,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String estimates,
            @RequestParam(defaultValue = "") String calibration,
            @RequestParam(name = "as-of", defaultValue = "") String asOf)
            throws IOException {
        Counter counter = counters.get(slug);
        FileKind kind = FileKind.getByEnding(ending);
        LocalDate last = to.isEmpty() ? frame.wording().day(frame.wording().now()) : date("to", to);
        LocalDate first = from.isEmpty() ? last.minusDays(30) : date("from", from);
        var wanted = new PlaceFile.Wanted(
                first, last, reading(estimates, calibration), asOf.isEmpty() ? null : moment(asOf));
        begin(response, kind, counter.wish().slug());
        file.write(frame.wording(), counter, wanted, kind, response.getOutputStream());
    }

    @GetMapping(PATH + "/{slug}/sign")
    View sign(Frame frame, @PathVariable String slug) {
        return pages.page("footfall/sign.jte", frame, sign.view(frame, counters.get(slug)));
    }

    @GetMapping(PATH + "/{slug}/sign.pdf")
    View signFile(Frame frame, @PathVariable String slug) {
        Counter counter = counters.get(slug);
        return pdf.file(
                "footfall/sign-pdf.jte",
                frame,
                sign.print(frame, counter),
                "sign-" + counter.wish().slug());
    }

    static void begin(HttpServletResponse response, FileKind kind, String name) {
        response.setContentType(kind.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.%s\"".formatted(name, kind.ending()));
    }

    static LocalDate date(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1990 && day.getYear() <= 2200) {
                return day;
            }
        } catch (DateTimeException unreadable) {
            // answered below
        }
        throw Problem.field(field, "day-invalid", "A day is written like 2026-11-30.");
    }

    static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw Problem.field("as-of", "moment-invalid", "A moment is written like 2026-11-30T10:00:00Z.");
        }
    }
}
