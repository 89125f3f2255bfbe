package de.stadtkern.imports;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Slug;
import de.stadtkern.people.Menu;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// The mappings that were kept.
@Controller
@RequestMapping("/imports/mappings")
class MappingController {

    private final SavedMappings mappings;
    private final Menu menu;
    private final Pages pages;

    MappingController(SavedMappings mappings, Menu menu, Pages pages) {
        this.mappings = mappings;
        this.menu = menu;
        this.pages = pages;
    }

    record ListView(List<Menu.Entry> menu, List<Row> rows) {
        record Row(long id, String name, String changed) {}
    }

    record OneView(List<Menu.Entry> menu, long id, String name, List<Field> fields) {}

    static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }

    @GetMapping
    View list(Frame frame) {
        List<ListView.Row> rows = mappings.list().stream()
                .map(one -> new ListView.Row(one.id(), one.name(), changed(frame, one)))
                .toList();
        return pages.page("imports/mappings.jte", frame, new ListView(menu.entries(frame, "/imports"), rows));
    }

    private static String changed(Frame frame, SavedMappings.Saved one) {
        String when = frame.wording().dateTime(one.changedAt());
        return one.changedBy().isEmpty()
                ? frame.say("imports.mapping.changed-by-nobody", when)
                : frame.say("imports.mapping.changed", when, one.changedBy());
    }

    @GetMapping("/{id}")
    View one(Frame frame, @PathVariable String id) {
        SavedMappings.Saved one = mappings.get(ImportController.number(id));
        return pages.page("imports/mapping.jte", frame, view(frame, one, filled(one)));
    }

    private static Form filled(SavedMappings.Saved one) {
        return Form.empty()
                .fill("version", one.version())
                .fill("name", one.name())
                .fill("yaml", one.mapping());
    }

    @PostMapping("/{id}")
    View change(Frame frame, Form form, @PathVariable String id) {
        SavedMappings.Saved one = mappings.get(ImportController.number(id));
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "imports",
                () -> change.set(mappings.change(
                        one.id(),
                        form.value("version"),
                        form.value("name"),
                        form.value("yaml").replace("\r\n", "\n"))));
        return accepted
                ? pages.next("/imports/mappings", notice("imports.mapping.saved", change.get()))
                : pages.refused(
                        "imports/mapping.jte",
                        frame,
                        view(frame, one, form.overtakenBy(() -> filled(mappings.get(one.id())))));
    }

    @PostMapping("/{id}/delete")
    View delete(@PathVariable String id) {
        long change = mappings.delete(ImportController.number(id));
        return pages.next("/imports/mappings", notice("imports.mapping.deleted", change));
    }

    @GetMapping("/{id}/mapping.yaml")
    void yaml(HttpServletResponse response, @PathVariable String id) throws IOException {
        SavedMappings.Saved one = mappings.get(ImportController.number(id));
        response.setContentType("application/yaml;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s.yaml\"".formatted(Slug.of(one.id(), one.name())));
        response.getWriter().write(one.mapping());
    }

    private OneView view(Frame frame, SavedMappings.Saved one, Form form) {
        return new OneView(
                menu.entries(frame, "/imports"),
                one.id(),
                one.name(),
                List.of(
                        form.version(),
                        form.field("name", frame.say("imports.mapping.name")),
                        form.field("yaml", frame.say("imports.yaml"))
                                .type("textarea")
                                .hint(frame.say("imports.yaml.hint"))));
    }
}
