package de.stadtkern.site;

import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/// Offers the source code of the program that runs, as its licence asks of whoever lets others use it. The build puts
/// the archive beside the classes, so that both are always of one state. Whoever publishes it elsewhere says so with
/// the setting `stadtkern.page.source-code`: then the footer leads there.
@Controller
class SourceCodeController {

    private static final String ARCHIVE = "/source.tar.gz";
    private static final double MEGABYTE = 1 << 20;

    private final Pages pages;
    private final Resource archive = new ClassPathResource("source/stadtkern-source.tar.gz");

    SourceCodeController(Pages pages) {
        this.pages = pages;
    }

    /// @param archive its address
    /// @param size    in megabytes; empty where this build has none
    record SourceView(String archive, String size) {}

    @GetMapping("/source")
    View source(Frame frame) throws IOException {
        String size = archive.exists() ? frame.wording().number(archive.contentLength() / MEGABYTE) : "";
        return pages.page("site/source.jte", frame, new SourceView(ARCHIVE, size));
    }

    @GetMapping(ARCHIVE)
    ResponseEntity<Resource> archive(Frame frame) {
        if (!archive.exists()) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/gzip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("stadtkern-%s-source.tar.gz".formatted(frame.version()))
                                .build()
                                .toString())
                .body(archive);
    }
}
