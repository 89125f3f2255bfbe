package de.stadtkern.site;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Pdf;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Qr;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Every building block of pages in every state, for whoever builds a page. All numbers here are examples.
@Controller
class BlocksController {

    private static final String PATH = "/blocks";
    private static final List<String> TREES = List.of("Ahorn", "Birke", "Erle");

    private final Pages pages;
    private final Pdf pdf;

    BlocksController(Pages pages, Pdf pdf) {
        this.pages = pages;
        this.pdf = pdf;
    }

    @GetMapping(PATH)
    View blocks(Frame frame, @RequestParam(defaultValue = "") String sort) {
        return pages.page("site/blocks.jte", frame, view(frame.wording(), sort));
    }

    @GetMapping(PATH + ".pdf")
    View paper(Frame frame) {
        return pdf.file("site/blocks-pdf.jte", frame, view(frame.wording(), ""), "blocks");
    }

    @GetMapping(PATH + ".{ending}")
    void file(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        Table.write(
                frame.wording(),
                columns(frame.wording()),
                TREES,
                new TableQuestion(PATH, Map.of(), sort, 1),
                kind,
                response.getOutputStream());
    }

    private static BlocksView view(Wording wording, String sort) {
        Days days = Days.endingOn(LocalDate.of(2026, 3, 31), 31);
        List<Chart.Value> values = IntStream.range(0, 31)
                .filter(day -> day < 12 || day > 14)
                .mapToObj(day -> new Chart.Value(
                        days.first().plusDays(day).atStartOfDay(wording.zone()).toInstant(), 40 + day * 7 % 23))
                .toList();
        Chart bars =
                Chart.of(wording, days, Step.DAY, List.of(new Chart.Line("Beispiel", "Stück", Chart.Kind.SUM, values)));
        Chart lines = Chart.of(
                wording,
                days,
                Step.DAY,
                List.of(
                        new Chart.Line("Beispiel A", "°C", Chart.Kind.MEAN, values),
                        new Chart.Line("Beispiel B", "°C", Chart.Kind.MEAN, values.subList(5, 20)),
                        new Chart.Line(
                                "Beispiel C",
                                "m",
                                Chart.Kind.MEAN,
                                values.reversed().subList(0, 9).reversed())));
        String address =
                ServletUriComponentsBuilder.fromCurrentContextPath().path(PATH).toUriString();
        return new BlocksView(
                bars,
                lines,
                table(wording, TREES, sort),
                table(wording, List.of(), ""),
                chooser(wording, days, ""),
                chooser(wording, days, wording.say("site.blocks.wrong")),
                Qr.of(address),
                address);
    }

    private static Table table(Wording wording, List<String> names, String sort) {
        return Table.of(
                wording,
                wording.say("site.blocks.table"),
                columns(wording),
                names,
                new TableQuestion(PATH, Map.of(), sort, 1));
    }

    private static List<TableColumn<String>> columns(Wording wording) {
        return List.of(
                new TableColumn<>("name", wording.say("site.blocks.name"), false, TableCell::text),
                new TableColumn<>(
                        "letters",
                        wording.say("site.blocks.letters"),
                        true,
                        name -> TableCell.number((double) name.length(), wording.number(name.length()))));
    }

    private static PeriodChooser chooser(Wording wording, Days days, String problem) {
        return new PeriodChooser(
                days.first().toString(),
                problem.isEmpty()
                        ? days.last().toString()
                        : days.first().minusDays(1).toString(),
                List.of(new PeriodChooser.Choice("auto", wording.say("page.step.auto"), true)),
                PeriodChooser.usual(wording, days.last(), days.first()).stream()
                        .map(usual -> new PeriodChooser.Link(
                                usual.name(), PATH, usual.days().equals(days)))
                        .toList(),
                PATH,
                PATH,
                List.of(),
                problem,
                "to");
    }
}
