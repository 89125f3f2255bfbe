package de.stadtkern.chat;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.people.Menu;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the pages of editors about answers show.
@Component
class CuratedPage {

    static final String PATH = "/answers";

    private final Menu menu;

    CuratedPage(Menu menu) {
        this.menu = menu;
    }

    record ListView(List<Menu.Entry> menu, boolean any, Table table) {}

    /// @param id empty for a new one
    record FormView(
            List<Menu.Entry> menu, String id, boolean active, String title, String action, List<Field> fields) {}

    record SwitchesView(List<Menu.Entry> menu, List<Field> fields) {}

    ListView list(Frame frame, List<CuratedAnswer> all) {
        return new ListView(
                menu.entries(frame, PATH),
                !all.isEmpty(),
                Table.whole(frame.say("chat.answers.caption", all.size()), columns(frame), all));
    }

    private static List<TableColumn<CuratedAnswer>> columns(Frame frame) {
        return List.of(
                TableColumn.of(
                        frame.say("chat.answers.question"),
                        answer -> TableCell.link(answer.wish().question(), PATH + "/" + answer.id())),
                TableColumn.of(frame.say("chat.answers.until"), answer -> TableCell.text(until(frame, answer))),
                TableColumn.of(frame.say("chat.answers.state"), answer -> TableCell.text(state(frame, answer))));
    }

    private static String until(Frame frame, CuratedAnswer answer) {
        LocalDate until = answer.wish().until();
        return until == null ? "" : frame.wording().date(until);
    }

    private static String state(Frame frame, CuratedAnswer answer) {
        LocalDate today = frame.wording().day(frame.wording().now());
        LocalDate from = answer.wish().from();
        return frame.say(
                !answer.active()
                        ? "chat.answers.state.withdrawn"
                        : answer.holdsOn(today)
                                ? "chat.answers.state.given"
                                : from != null && today.isBefore(from)
                                        ? "chat.answers.state.later"
                                        : "chat.answers.state.over");
    }

    FormView form(Frame frame, @Nullable CuratedAnswer answer, Form form) {
        List<Field> fields = CuratedForm.fields(frame, form);
        return answer == null
                ? new FormView(
                        menu.entries(frame, PATH), "", false, frame.say("chat.answers.new"), PATH + "/new", fields)
                : new FormView(
                        menu.entries(frame, PATH),
                        String.valueOf(answer.id()),
                        answer.active(),
                        answer.wish().question(),
                        PATH + "/" + answer.id(),
                        fields);
    }

    SwitchesView switches(Frame frame, Form form) {
        return new SwitchesView(
                menu.entries(frame, PATH),
                List.of(
                        form.version(),
                        form.field("lines", frame.say("chat.silent.lines"))
                                .type("textarea")
                                .hint(frame.say("chat.silent.hint"))
                                .optional(),
                        form.field("model", frame.say("chat.switches.model"))
                                .hint(frame.say("chat.switches.model.hint"))
                                .select(List.of(
                                        Field.Choice.of("on", frame.say("chat.switches.model.on")),
                                        Field.Choice.of("off", frame.say("chat.switches.model.off"))))));
    }
}
