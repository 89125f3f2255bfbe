package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// What an event did, for everybody: as a page, inside other pages, and as files.
@Controller
class EffectController {

    private final EffectPage effect;
    private final Pages pages;

    EffectController(EffectPage effect, Pages pages) {
        this.effect = effect;
        this.pages = pages;
    }

    @GetMapping(EffectPage.PATH)
    View page(
            Frame frame,
            Form form,
            @RequestParam(name = "place", defaultValue = "") List<String> places,
            @RequestParam(name = "control", defaultValue = "") List<String> controls) {
        return show("footfall/effect.jte", frame, form, places, controls);
    }

    /// The answer alone, for other pages: any site may show it in a frame.
    @GetMapping("/embed" + EffectPage.PATH)
    View embedded(
            Frame frame,
            Form form,
            @RequestParam(name = "place", defaultValue = "") List<String> places,
            @RequestParam(name = "control", defaultValue = "") List<String> controls) {
        return show("footfall/effect-embed.jte", frame, form, places, controls);
    }

    private View show(String template, Frame frame, Form form, List<String> places, List<String> controls) {
        EffectPage.View view = effect.view(frame, form, places, controls, CompareController.base());
        return form.isWrong() ? pages.refused(template, frame, view) : pages.page(template, frame, view);
    }

    @GetMapping(EffectPage.PATH + ".{ending}")
    void file(
            Frame frame,
            Form form,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(name = "place", defaultValue = "") List<String> places,
            @RequestParam(name = "control", defaultValue = "") List<String> controls)
            throws IOException {
        effect.write(frame.wording(), form, places, controls, FileKind.getByEnding(ending), response);
    }
}
