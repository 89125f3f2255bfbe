package de.stadtkern.chat;

import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// Answers of the chat that people wrote, and its switches, for editors.
@Controller
@RequestMapping("/answers")
class CuratedController {

    private final CuratedAnswers answers;
    private final ChatSwitches switches;
    private final CuratedPage page;
    private final Pages pages;

    CuratedController(CuratedAnswers answers, ChatSwitches switches, CuratedPage page, Pages pages) {
        this.answers = answers;
        this.switches = switches;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping
    View list(Frame frame) {
        return pages.page("chat/answers.jte", frame, page.list(frame, answers.list()));
    }

    @GetMapping("/new")
    View fresh(Frame frame) {
        answers.require();
        return pages.page("chat/answer.jte", frame, page.form(frame, null, Form.empty()));
    }

    @PostMapping("/new")
    View create(Frame frame, Form form) {
        answers.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted =
                form.accepts(frame, "chat", flaws -> change.set(answers.create(CuratedForm.read(form, flaws), flaws)));
        return accepted
                ? pages.next("/answers", notice("chat.answers.created", change.get()))
                : pages.refused("chat/answer.jte", frame, page.form(frame, null, form));
    }

    @GetMapping("/{id}")
    View edit(Frame frame, @PathVariable String id) {
        CuratedAnswer answer = answers.get(id);
        return pages.page("chat/answer.jte", frame, page.form(frame, answer, CuratedForm.filled(answer)));
    }

    @PostMapping("/{id}")
    View change(Frame frame, Form form, @PathVariable String id) {
        CuratedAnswer answer = answers.get(id);
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "chat",
                flaws -> change.set(answers.change(id, form.value("version"), CuratedForm.read(form, flaws), flaws)));
        return accepted
                ? pages.next("/answers", notice("chat.answers.saved", change.get()))
                : pages.refused(
                        "chat/answer.jte",
                        frame,
                        page.form(frame, answer, form.overtakenBy(() -> CuratedForm.filled(answers.get(id)))));
    }

    @PostMapping("/{id}/withdraw")
    View withdraw(@PathVariable String id) {
        return pages.next("/answers", notice("chat.answers.withdrawn", answers.activate(id, false)));
    }

    @PostMapping("/{id}/give")
    View give(@PathVariable String id) {
        return pages.next("/answers", notice("chat.answers.given", answers.activate(id, true)));
    }

    @PostMapping("/{id}/delete")
    View delete(@PathVariable String id) {
        return pages.next("/answers", notice("chat.answers.deleted", answers.delete(id)));
    }

    @GetMapping("/switches")
    View switches(Frame frame) {
        switches.require();
        return pages.page("chat/switches.jte", frame, page.switches(frame, CuratedForm.switches(switches.choice())));
    }

    @PostMapping("/switches")
    View turn(Frame frame, Form form) {
        switches.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "chat",
                () -> change.set(switches.change(
                        form.value("version"),
                        form.value("lines"),
                        form.value("model").equals("on"))));
        return accepted
                ? pages.next("/answers", notice("chat.answers.saved", change.get()))
                : pages.refused(
                        "chat/switches.jte",
                        frame,
                        page.switches(frame, form.overtakenBy(() -> CuratedForm.switches(switches.choice()))));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }
}
