package de.stadtkern.sensors;

import de.stadtkern.page.ChartFile;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Pdf;
import de.stadtkern.page.Slug;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// A Datastream's page, its chart as a picture and inside other pages, and its values as files.
@Controller
class DatastreamController {

    private final DatastreamPage datastreams;
    private final SeriesFile files;
    private final Pages pages;
    private final Pdf pdf;

    DatastreamController(DatastreamPage datastreams, SeriesFile files, Pages pages, Pdf pdf) {
        this.datastreams = datastreams;
        this.files = files;
        this.pages = pages;
        this.pdf = pdf;
    }

    @GetMapping("/datastreams/{address}")
    View page(Frame frame, HttpServletRequest request, @PathVariable String address, Question.Parameters asked) {
        long id = Slug.parse(address).id();
        String canonical = datastreams.address(id);
        if (!canonical.equals("/datastreams/" + address)) {
            return Pages.moved(canonical, request.getQueryString());
        }
        Question question = asked.question();
        DatastreamPage.Subject subject = datastreams.subject(frame.wording(), id, question);
        return pages.page(
                "sensors/datastream.jte", frame, datastreams.view(frame.wording(), subject, question, base()));
    }

    /// The chart alone, for other pages: any site may show it in a frame.
    @GetMapping("/embed/datastreams/{id}")
    View embedded(Frame frame, @PathVariable String id, Question.Parameters asked) {
        Question question = asked.question();
        DatastreamPage.Subject subject =
                datastreams.subject(frame.wording(), Slug.parse(id).id(), question);
        return pages.page("sensors/embed.jte", frame, datastreams.view(frame.wording(), subject, question, base()));
    }

    @GetMapping("/datastreams/{id}/chart.svg")
    View picture(Frame frame, @PathVariable String id, Question.Parameters asked) {
        Question question = asked.question();
        DatastreamPage.Subject subject =
                datastreams.subject(frame.wording(), Slug.parse(id).id(), question);
        ChartFile file = datastreams.picture(frame.wording(), subject, base());
        if (file == null) {
            throw new Problem(
                    Problem.Kind.MISSING, "nothing-to-draw", "Datastream %s has no values then.".formatted(id));
        }
        return pages.picture("page/chart-file.jte", frame, file);
    }

    @GetMapping("/datastreams/{id}/page.pdf")
    View paper(Frame frame, @PathVariable String id, Question.Parameters asked) {
        Question question = asked.question();
        DatastreamPage.Subject subject =
                datastreams.subject(frame.wording(), Slug.parse(id).id(), question);
        return pdf.file(
                "sensors/datastream-pdf.jte",
                frame,
                datastreams.view(frame.wording(), subject, question, base()),
                Slug.of(subject.first().datastreamId(), subject.first().name()).toString());
    }

    @GetMapping("/datastreams/{id}/values.{ending}")
    void values(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String id,
            @PathVariable String ending,
            Question.Parameters asked)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        Question question = asked.question();
        DatastreamPage.Selected selected =
                datastreams.selected(frame.wording(), Slug.parse(id).id(), question);
        response.setContentType(kind.mediaType());
        String name = SeriesFile.name(
                Slug.of(Slug.parse(id).id(), selected.series().getFirst().name())
                        .toString(),
                selected.answer().days(),
                kind);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name));
        files.write(
                selected.series(),
                selected.answer().days(),
                selected.answer().step(),
                kind,
                frame.wording(),
                response.getOutputStream());
    }

    /// Scheme and host as the reader sees them.
    private static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }
}
