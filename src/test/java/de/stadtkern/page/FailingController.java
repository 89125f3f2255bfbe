package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Goes wrong on demand, in the ways a page can go wrong.
@RestController
class FailingController {

    @GetMapping("/test/fails")
    String fails() {
        throw new IllegalStateException("secret of the house");
    }

    @GetMapping("/test/problem/{kind}")
    String problem(@PathVariable Problem.Kind kind) {
        throw new Problem(kind, "made-for-a-test", "Thing 7 is <not> as it should be.");
    }
}
