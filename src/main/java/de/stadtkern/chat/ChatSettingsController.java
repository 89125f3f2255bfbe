package de.stadtkern.chat;

import de.stadtkern.identity.Changes;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Where stewards of the chat say for how long talks are kept and who helps where it does not know; and how other sites
/// show it.
@Controller
@RequestMapping(ChatSettingsController.PATH)
class ChatSettingsController {

    static final String PATH = "/chat/settings";

    private static final String PAGE = "chat/settings.jte";
    private static final int CHANGES = 5;

    private final ChatSettings settings;
    private final Menu menu;
    private final Changes changes;
    private final Pages pages;

    ChatSettingsController(ChatSettings settings, Menu menu, Changes changes, Pages pages) {
        this.settings = settings;
        this.menu = menu;
        this.changes = changes;
        this.pages = pages;
    }

    /// @param embed what other sites put into their pages
    record SettingsView(List<Menu.Entry> menu, List<Field> fields, String embed, List<ChangeRow> changes) {}

    /// @param undo address that takes it back, empty where that cannot be done any more
    record ChangeRow(String what, String undo) {}

    @GetMapping
    View form(Frame frame) {
        settings.require();
        return pages.page(PAGE, frame, view(frame, filled()));
    }

    @PostMapping
    View set(Frame frame, Form form) {
        settings.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "chat", flaws -> change.set(settings.set(form.value("version"), read(form, flaws), flaws)));
        return accepted
                ? pages.next(
                        PATH,
                        new Notice(
                                "chat.settings.saved",
                                change.get() == 0 ? Optional.empty() : Optional.of(change.get())))
                : pages.refused(PAGE, frame, view(frame, form.overtakenBy(this::filled)));
    }

    private static ChatSetting read(Form form, Flaws flaws) {
        int days = flaws.read(ChatSetting.USUAL.days(), () -> {
            String text = form.value("days").strip();
            if (!text.matches("\\d{1,6}")) {
                throw Problem.field("days", "days-invalid", "A whole number from 1 to 365.");
            }
            return Integer.parseInt(text);
        });
        return new ChatSetting(days, form.value("office"), form.value("phone"));
    }

    private Form filled() {
        ChatSetting setting = settings.find();
        return Form.empty()
                .fill("version", setting.version())
                .fill("days", String.valueOf(setting.days()))
                .fill("office", setting.office())
                .fill("phone", setting.phone());
    }

    private SettingsView view(Frame frame, Form form) {
        String town =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return new SettingsView(
                menu.entries(frame, PATH),
                List.of(
                        form.version(),
                        form.field("days", frame.say("chat.settings.days")).hint(frame.say("chat.settings.days.hint")),
                        form.field("office", frame.say("chat.settings.office"))
                                .hint(frame.say("chat.settings.office.hint"))
                                .optional(),
                        form.field("phone", frame.say("chat.settings.phone"))
                                .type("tel")
                                .optional()),
                "<script src=\"%s/chat/widget.js\" async></script>".formatted(town),
                changes.of(ChatSettings.KIND, ChatSettings.SUBJECT).stream()
                        .limit(CHANGES)
                        .map(change -> new ChangeRow(
                                frame.say(
                                        "chat.settings.change", frame.wording().dateTime(change.at()), change.who()),
                                changes.isUndoable(change) ? "/changes/" + change.id() + "/undo" : ""))
                        .toList());
    }
}
