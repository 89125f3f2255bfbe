package de.stadtkern.watches;

import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Watches and incidents for people.
@Controller
@RequestMapping("/watches")
class WatchController {

    private final Watches watches;
    private final WatchPage page;
    private final PastPage past;
    private final Rights rights;
    private final Pages pages;

    WatchController(Watches watches, WatchPage page, PastPage past, Rights rights, Pages pages) {
        this.watches = watches;
        this.page = page;
        this.past = past;
        this.rights = rights;
        this.pages = pages;
    }

    @GetMapping
    View list(Frame frame) {
        return pages.page("watches/list.jte", frame, page.list(frame));
    }

    @GetMapping("/past")
    View past(Frame frame, Form asked, @RequestParam(name = "page", defaultValue = "1") int number) {
        return pages.page("watches/past.jte", frame, past.view(frame, asked, number));
    }

    @GetMapping("/past.{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        watches.require();
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"incidents.%s\"".formatted(ending));
        past.write(frame, asked, kind, response.getOutputStream());
    }

    @GetMapping("/new")
    View fresh(Frame frame, @RequestParam(defaultValue = "") String datastream) {
        watches.require();
        long id = number(datastream);
        WatchPage.Subject subject = page.subject(id);
        String mail = rights.person()
                .map(Caller.Person::login)
                .filter(login -> login.contains("@"))
                .orElse("");
        Watch.Wish wish = new Watch.Wish(
                subject.name(),
                id,
                Watch.Kind.LIMIT,
                null,
                null,
                Duration.ZERO,
                0,
                3,
                Duration.ZERO,
                3,
                mail.isEmpty() ? List.of() : List.of(mail),
                "",
                false,
                null,
                null);
        return pages.page("watches/one.jte", frame, page.one(frame, Optional.empty(), subject, WatchForm.filled(wish)));
    }

    @PostMapping("/new")
    View create(Frame frame, Form form, @RequestParam(defaultValue = "") String datastream) {
        watches.require();
        long id = number(datastream);
        WatchPage.Subject subject = page.subject(id);
        AtomicReference<Long> made = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "watches", flaws -> made.set(watches.create(WatchForm.read(form, id, flaws), flaws)));
        return accepted
                ? pages.next("/watches/" + made.get(), Notice.of("watches.created"))
                : pages.refused("watches/one.jte", frame, page.one(frame, Optional.empty(), subject, form));
    }

    @GetMapping("/{id}")
    View one(Frame frame, @PathVariable String id) {
        Watch watch = watches.get(number(id));
        return pages.page(
                "watches/one.jte",
                frame,
                page.one(
                        frame, Optional.of(watch), page.subject(watch.wish().datastreamId()), WatchForm.filled(watch)));
    }

    @PostMapping("/{id}")
    View change(Frame frame, Form form, @PathVariable String id) {
        Watch watch = watches.get(number(id));
        long datastream = watch.wish().datastreamId();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "watches",
                flaws -> change.set(watches.change(
                        watch.id(), form.value("version"), WatchForm.read(form, datastream, flaws), flaws)));
        return accepted
                ? pages.next("/watches", notice("watches.changed", change.get()))
                : pages.refused(
                        "watches/one.jte",
                        frame,
                        page.one(
                                frame,
                                Optional.of(watch),
                                page.subject(datastream),
                                form.overtakenBy(() -> WatchForm.filled(watches.get(watch.id())))));
    }

    @PostMapping("/{id}/pause")
    View pause(@PathVariable String id) {
        return pages.next("/watches", notice("watches.paused", watches.pause(number(id), true)));
    }

    @PostMapping("/{id}/go-on")
    View goOn(@PathVariable String id) {
        return pages.next("/watches", notice("watches.resumed", watches.pause(number(id), false)));
    }

    @PostMapping("/{id}/delete")
    View delete(@PathVariable String id) {
        return pages.next("/watches", notice("watches.deleted", watches.delete(number(id))));
    }

    @PostMapping("/{id}/test")
    View test(@PathVariable String id) {
        watches.test(number(id));
        return pages.next("/watches/" + number(id), Notice.of("watches.tested"));
    }

    @PostMapping("/incidents/{id}/acknowledge")
    View acknowledge(Form form, @PathVariable String id) {
        watches.acknowledge(number(id), form.value("note-" + number(id)));
        return pages.next("/watches", Notice.of("watches.acknowledged"));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }

    private static long number(String id) {
        if (!id.matches("\\d{1,15}")) {
            throw new Problem(Problem.Kind.MISSING, "watch-unknown", "There is nothing at '%.40s'.".formatted(id));
        }
        return Long.parseLong(id);
    }
}
