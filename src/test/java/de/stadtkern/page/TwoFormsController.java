package de.stadtkern.page;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// A page for everybody with more than one form, as modules may have.
@RestController
class TwoFormsController {

    @GetMapping(path = "/test/forms", produces = "text/html")
    String forms(Frame frame) {
        String field = "<input type=\"hidden\" name=\"_form\" value=\"%s\">";
        return field.formatted(frame.formToken()) + field.formatted(frame.formToken());
    }
}
