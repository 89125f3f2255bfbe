package de.stadtkern.operation;

import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// The page of whoever operates a town.
@Controller
@RequestMapping("/operation")
class OperationController {

    private final Operation operation;
    private final OperationPage page;
    private final Pages pages;

    OperationController(Operation operation, OperationPage page, Pages pages) {
        this.operation = operation;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping
    View show(Frame frame) {
        return pages.page("operation/operation.jte", frame, page.view(frame, operation.state(frame.wording())));
    }

    @PostMapping("/backup")
    View backUp() throws IOException {
        operation.backUp();
        return pages.next("/operation", Notice.of("operation.backup.begun"));
    }

    @PostMapping("/jobs/{name}")
    View tryNow(@PathVariable String name) {
        operation.tryNow(name);
        return pages.next("/operation", Notice.of("operation.job.asked"));
    }

    @PostMapping("/imports/{id}")
    View tryImportNow(@PathVariable long id) {
        operation.tryImportNow(id);
        return pages.next("/operation", Notice.of("operation.import.asked"));
    }

    @PostMapping("/hooks/{id}")
    View tryHookNow(@PathVariable long id) {
        operation.tryHookNow(id);
        return pages.next("/operation", Notice.of("operation.hook.asked"));
    }

    @PostMapping("/events/{id}")
    View tryEventNow(@PathVariable String id) {
        operation.tryEventNow(id);
        return pages.next("/operation", Notice.of("operation.event.asked"));
    }
}
