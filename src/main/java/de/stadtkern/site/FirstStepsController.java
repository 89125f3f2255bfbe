package de.stadtkern.site;

import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// From nothing to the first value.
@Controller
class FirstStepsController {

    private final FirstSteps steps;
    private final Pages pages;

    FirstStepsController(FirstSteps steps, Pages pages) {
        this.steps = steps;
        this.pages = pages;
    }

    @GetMapping("/begin")
    View begin(Frame frame) {
        return pages.page("site/begin.jte", frame, steps.view(frame, ""));
    }

    /// The page with the key is the answer itself, not one after a redirect: it is shown this once.
    @PostMapping("/begin/access")
    View access(Frame frame) {
        String base =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return pages.page("site/begin.jte", frame, steps.view(frame, steps.access(frame, base)));
    }

    @GetMapping("/begin/example.csv")
    void example(HttpServletResponse response) throws IOException {
        String csv = steps.example();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"beispiel.csv\"");
        response.getWriter().write(csv);
    }
}
