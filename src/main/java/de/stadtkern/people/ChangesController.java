package de.stadtkern.people;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Change;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import tools.jackson.databind.JsonNode;

/// Who changed what, and what was mailed.
@Controller
class ChangesController {

    private static final int MOST_PAGES = 10_000;

    private final Changes changes;
    private final Outbox outbox;
    private final Rights rights;
    private final Menu menu;
    private final Pages pages;

    ChangesController(Changes changes, Outbox outbox, Rights rights, Menu menu, Pages pages) {
        this.changes = changes;
        this.outbox = outbox;
        this.rights = rights;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param previous number of the page before, 0 for none
    record ChangesView(List<Menu.Entry> menu, List<Row> rows, int previous, int next) {
        record Row(
                long id,
                String when,
                String who,
                String title,
                List<Difference> differences,
                String why,
                boolean undoable) {}

        /// @param before empty where there was nothing
        record Difference(String field, String before, String after) {}
    }

    record MailView(List<Menu.Entry> menu, boolean on, List<Row> rows) {
        record Row(long id, String when, String recipient, String subject, String body, String state, boolean retry) {}
    }

    @GetMapping("/changes")
    View changes(Frame frame, @RequestParam(defaultValue = "1") int page) {
        int number = Math.clamp(page, 1, MOST_PAGES);
        List<Change> found = changes.list(number);
        List<ChangesView.Row> rows = found.stream()
                .limit(Changes.pageSize())
                .map(change -> new ChangesView.Row(
                        change.id(),
                        frame.wording().dateTime(change.at()),
                        change.who(),
                        change.title(),
                        differences(frame, change),
                        change.why(),
                        changes.isUndoable(change)))
                .toList();
        int next = found.size() > Changes.pageSize() ? number + 1 : 0;
        return pages.page(
                "people/changes.jte", frame, new ChangesView(menu.entries(frame, "/changes"), rows, number - 1, next));
    }

    private static List<ChangesView.Difference> differences(Frame frame, Change change) {
        Map<String, String> before = fields(change.before());
        Map<String, String> after = fields(change.after());
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
                .map(name -> new ChangesView.Difference(
                        label(frame, name), before.getOrDefault(name, ""), after.getOrDefault(name, "")))
                .toList();
    }

    /// As people say it, if a text is written; areas of work have their own.
    private static String label(Frame frame, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return frame.wording()
                .find("people.changes.field.%s".formatted(name))
                .or(() -> name.startsWith("roles.")
                        ? frame.wording().find("people.area.%s".formatted(last))
                        : Optional.empty())
                .orElse(name);
    }

    /// What is inside of something carries its name in front: `roles.platform`.
    private static Map<String, String> fields(@Nullable JsonNode node) {
        Map<String, String> fields = new TreeMap<>();
        if (node != null) {
            gather("", node, fields);
        }
        return fields;
    }

    private static void gather(String prefix, JsonNode node, Map<String, String> fields) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                gather(prefix + field.getKey() + ".", value, fields);
            } else if (!value.isNull()) {
                fields.put(prefix + field.getKey(), value.isString() ? value.asString() : value.toString());
            }
        }
    }

    /// Back to where it was offered: not everybody who may take a change back may see the list of all.
    @PostMapping("/changes/{id}/undo")
    View undo(Form form, @PathVariable long id) {
        rights.requirePerson();
        changes.undo(id);
        return pages.next(LoginController.next(form.value("back"), "/changes"), Notice.of("people.undone"));
    }

    @GetMapping("/mail")
    View mail(Frame frame) {
        List<MailView.Row> rows = outbox.list().stream()
                .map(mail -> new MailView.Row(
                        mail.id(),
                        frame.wording().dateTime(mail.createdAt()),
                        mail.recipient(),
                        mail.subject(),
                        shown(frame, mail),
                        state(frame, mail),
                        outbox.isOn() && mail.sentAt() == null && !mail.body().isEmpty()))
                .toList();
        return pages.page("people/mail.jte", frame, new MailView(menu.entries(frame, "/mail"), outbox.isOn(), rows));
    }

    /// A text may carry a link to choose somebody's password, an admin's too: whoever is no admin must not become one
    /// by it.
    private String shown(Frame frame, Outbox.Mail mail) {
        if (outbox.isOn() || mail.body().isEmpty()) {
            return "";
        }
        return rights.allow(Role.ADMIN, Area.TOWN) ? mail.body() : frame.say("people.mail.for-admins");
    }

    private String state(Frame frame, Outbox.Mail mail) {
        if (mail.sentAt() != null) {
            return frame.say("people.mail.sent", frame.wording().dateTime(mail.sentAt()));
        }
        if (!outbox.isOn()) {
            return frame.say("people.mail.not-sent");
        }
        String failure = mail.failure().isEmpty() ? "" : " " + mail.failure();
        return mail.nextAt() == null
                ? frame.say("people.mail.given-up") + failure
                : frame.say("people.mail.waiting") + failure;
    }

    @PostMapping("/mail/{id}/retry")
    View retry(@PathVariable long id) {
        outbox.retry(id);
        return pages.next("/mail", Notice.of("people.mail.retried"));
    }

    /// To oneself, to see whether it arrives.
    @PostMapping("/mail/test")
    View test(Frame frame) {
        outbox.list();
        outbox.put(
                rights.requirePerson().login(),
                frame.say("people.mail.test.subject"),
                frame.say(
                        "people.mail.test.body",
                        frame.wording().dateTime(frame.wording().now())));
        return pages.next("/mail", Notice.of("people.mail.tested"));
    }
}
