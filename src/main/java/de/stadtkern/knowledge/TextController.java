package de.stadtkern.knowledge;

import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Slug;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;

/// A text that stands nowhere else, to be read.
@Controller
class TextController {

    private final Documents documents;
    private final Pages pages;

    TextController(Documents documents, Pages pages) {
        this.documents = documents;
        this.pages = pages;
    }

    @GetMapping("/texts/{address}")
    View text(Frame frame, @PathVariable String address) {
        Documents.Readable text = documents.read(Slug.parse(address).id());
        return pages.page("knowledge/text.jte", frame, TextView.of(frame, text));
    }
}
