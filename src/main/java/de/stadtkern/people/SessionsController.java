package de.stadtkern.people;

import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Sessions;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Where one is logged in, and an end to it.
@Controller
class SessionsController {

    private static final String PATH = "/account/sessions";

    private final Sessions sessions;
    private final Rights rights;
    private final Menu menu;
    private final Pages pages;

    SessionsController(Sessions sessions, Rights rights, Menu menu, Pages pages) {
        this.sessions = sessions;
        this.rights = rights;
        this.menu = menu;
        this.pages = pages;
    }

    record SessionsView(List<Menu.Entry> menu, Listing.Shown list, boolean hasOthers) {}

    @GetMapping(PATH)
    View list(Frame frame, Form asked) {
        Listing<Sessions.Session> listing = listing(frame);
        return pages.page(
                "people/sessions.jte",
                frame,
                new SessionsView(
                        menu.entries(frame, PATH),
                        listing.shown(asked),
                        listing.rows().size() > 1));
    }

    @GetMapping(PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        listing(frame).write(asked, "sessions", ending, response);
    }

    private Listing<Sessions.Session> listing(Frame frame) {
        Wording wording = frame.wording();
        return new Listing<>(
                frame,
                PATH,
                "people.sessions.caption",
                List.of(
                        new TableColumn<>(
                                "device",
                                frame.say("people.sessions.device"),
                                false,
                                session -> TableCell.text(session.device())),
                        new TableColumn<>(
                                "opened",
                                frame.say("people.sessions.opened"),
                                false,
                                session -> TableCell.time(session.openedAt(), wording.dateTime(session.openedAt()))),
                        new TableColumn<>(
                                "used",
                                frame.say("people.sessions.used"),
                                false,
                                session -> TableCell.time(session.usedAt(), wording.age(session.usedAt()))),
                        TableColumn.unsorted(
                                "state",
                                frame.say("people.state"),
                                session -> TableCell.text(frame.say(
                                                session.current()
                                                        ? "people.sessions.current"
                                                        : "people.sessions.other"))
                                        .with(end(frame, session)))),
                sessions.list());
    }

    private static TableCell.@Nullable Act end(Frame frame, Sessions.Session session) {
        return session.current()
                ? null
                : new TableCell.Act(
                        PATH + "/" + session.id() + "/end",
                        frame.say("people.sessions.end"),
                        session.device() + ", " + frame.wording().dateTime(session.openedAt()));
    }

    @PostMapping(PATH + "/{id}/end")
    View end(@PathVariable long id) {
        rights.requirePerson();
        sessions.end(id);
        return pages.next(PATH, Notice.of("people.sessions.ended"));
    }

    @PostMapping(PATH + "/end")
    View endOthers() {
        rights.requirePerson();
        sessions.endOthers();
        return pages.next(PATH, Notice.of("people.sessions.ended"));
    }
}
