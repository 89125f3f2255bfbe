package de.stadtkern.site;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Pdf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;

/// Every building block of pages in every state, for whoever builds a page. Its forms are checked and answered like any
/// other, but nothing of them is kept: what was removed is said by the address alone.
@Controller
class BlocksController {

    private static final String TEMPLATE = "site/blocks.jte";

    private final Pages pages;
    private final Pdf pdf;

    BlocksController(Pages pages, Pdf pdf) {
        this.pages = pages;
        this.pdf = pdf;
    }

    @GetMapping(BlocksPage.PATH)
    View blocks(Frame frame, Form form) {
        return pages.page(TEMPLATE, frame, BlocksPage.view(frame, form, BlocksForm.fields(frame, Form.empty())));
    }

    @PostMapping(BlocksPage.PATH)
    View send(Frame frame, Form form) {
        return BlocksForm.accepts(frame, form)
                ? pages.next(BlocksPage.PATH, Notice.of("site.blocks.form.done"))
                : pages.refused(TEMPLATE, frame, BlocksPage.view(frame, Form.empty(), BlocksForm.fields(frame, form)));
    }

    @PostMapping(BlocksPage.PATH + "/confirm")
    View confirm() {
        return pages.next(BlocksPage.PATH + "?removed=1");
    }

    @PostMapping(BlocksPage.PATH + "/undo")
    View undo() {
        return pages.next(BlocksPage.PATH, Notice.of("site.blocks.undone"));
    }

    @GetMapping(BlocksPage.PATH + ".pdf")
    View paper(Frame frame) {
        Form none = Form.empty();
        return pdf.file(
                "site/blocks-pdf.jte", frame, BlocksPage.view(frame, none, BlocksForm.fields(frame, none)), "blocks");
    }

    @GetMapping(BlocksPage.PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        BlocksPage.writeTrees(frame.wording(), asked, kind, response.getOutputStream());
    }

    @GetMapping(path = BlocksPage.PATH + ".geojson", produces = "application/geo+json")
    @ResponseBody
    Map<String, Object> places(Frame frame) {
        return BlocksExamples.geoJson(frame.wording());
    }

    @GetMapping(BlocksPage.PATH + "/charts/{chart}.{ending}")
    void chart(Frame frame, HttpServletResponse response, @PathVariable String chart, @PathVariable String ending)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        BlocksPage.writeChart(frame.wording(), chart, kind, response.getOutputStream());
    }
}
