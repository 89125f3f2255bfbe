package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Flaws;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.InternalResourceView;

/// Counting by hand on a phone, beside the counter and without a network: the page, the script that keeps it in the
/// phone, and where the counts arrive.
@Controller
class CountController {

    private static final String WORKER = CountersPage.PATH + "/count-worker.js";
    private static final String COUNT = CountersPage.PATH + "/{id}/count";

    private final Counters counters;
    private final ReferenceCounts references;
    private final Rights rights;
    private final Pages pages;

    CountController(Counters counters, ReferenceCounts references, Rights rights, Pages pages) {
        this.counters = counters;
        this.references = references;
        this.rights = rights;
        this.pages = pages;
    }

    /// @param taps a button for each of them
    record CountView(long id, String name, String path, String worker, Field by, List<Tap> taps) {}

    /// @param key  of the keyboard, and the letter by which it is kept
    /// @param role as which it is sent
    record Tap(String key, String role, String label) {}

    @GetMapping(COUNT)
    View page(Frame frame, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        List<Tap> taps = new ArrayList<>();
        for (Role role : CalibrationForm.counted(counter)) {
            taps.add(new Tap(String.valueOf(taps.size() + 1), role.key(), CalibrationForm.label(frame, counter, role)));
        }
        Form form = Form.empty()
                .fill("counted-by", rights.person().map(Caller.Person::name).orElse(""));
        return pages.page(
                "footfall/count.jte",
                frame,
                new CountView(
                        counter.id(),
                        counter.wish().name(),
                        CountersPage.PATH + "/" + counter.id(),
                        WORKER,
                        form.field("counted-by", frame.say("footfall.reference.by")),
                        taps));
    }

    /// Where a script lies says which pages it may look after, so it is handed out from here.
    @GetMapping(WORKER)
    View worker(Frame frame) {
        counters.require();
        return new InternalResourceView(frame.script("count-worker"));
    }

    /// Sent twice is stored once.
    @PostMapping(COUNT)
    ResponseEntity<Void> receive(Form form, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        Flaws flaws = new Flaws();
        boolean isNew = references.add(CalibrationForm.readSent(form, counter, flaws), flaws) != 0;
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).build();
    }
}
