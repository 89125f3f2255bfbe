package de.stadtkern.people;

import de.stadtkern.page.AreasFile;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TownAreas;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// The town's outline and districts, for admins.
@Controller
@RequestMapping("/town/areas")
class TownAreasController {

    private static final String PAGE = "people/areas.jte";
    private static final String FILE = "areas";

    private final TownAreas areas;
    private final Menu menu;
    private final Pages pages;

    TownAreasController(TownAreas areas, Menu menu, Pages pages) {
        this.areas = areas;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param given whether the town shows any
    record AreasView(List<Menu.Entry> menu, boolean given, List<String> districts, List<Field> fields) {}

    @GetMapping
    View show(Frame frame) {
        return pages.page(PAGE, frame, view(frame, Form.empty(), areas.shown(), false));
    }

    /// Nothing is received from whoever may not change the town.
    @PostMapping
    View set(Frame frame, HttpServletRequest request) {
        TownAreas.Shown shown = areas.shown();
        FileForm sent = FileForm.receive(request, FILE, AreasFile.LARGEST);
        Form form = sent.form();
        AtomicReference<Optional<Long>> change = new AtomicReference<>(Optional.empty());
        boolean accepted = form.accepts(frame, "people", () -> {
            byte[] content = sent.file()
                    .orElseThrow(() -> Problem.field(FILE, "areas-missing", "Please choose a GeoJSON file."));
            change.set(areas.set(AreasFile.of(content), form.value("why")));
        });
        return accepted
                ? pages.next("/town/areas", new Notice("people.areas.saved", change.get()))
                : pages.refused(
                        PAGE, frame, view(frame, form, shown, sent.file().isPresent()));
    }

    @PostMapping("/remove")
    View remove() {
        return pages.next("/town/areas", new Notice("people.areas.removed", areas.remove()));
    }

    /// @param again whether a file was chosen that must be chosen once more
    private AreasView view(Frame frame, Form form, TownAreas.Shown shown, boolean again) {
        String hint = frame.say("people.areas.file.hint", AreasFile.LARGEST / 1_000_000);
        return new AreasView(
                menu.entries(frame, "/town/areas"),
                shown.given(),
                shown.districts(),
                List.of(
                        form.field(FILE, frame.say("people.areas.file"))
                                .type("file")
                                .hint(again ? frame.say("people.town.logo.again") + " " + hint : hint),
                        form.field("why", frame.say("people.why"))
                                .hint(frame.say("people.why.hint"))
                                .optional()));
    }
}
