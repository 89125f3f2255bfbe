package de.stadtkern.people;

import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// API keys, for admins.
@Controller
@RequestMapping("/keys")
class KeysController {

    private final ApiKeys keys;
    private final Menu menu;
    private final Pages pages;

    KeysController(ApiKeys keys, Menu menu, Pages pages) {
        this.keys = keys;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param token of the key just made, empty otherwise
    record KeysView(List<Menu.Entry> menu, String token, List<Field> fields, List<Row> rows) {
        /// @param state empty for a key that is good
        record Row(
                long id,
                String name,
                String start,
                String scope,
                String made,
                String used,
                String expires,
                String state) {}
    }

    @GetMapping
    View list(Frame frame) {
        return pages.page("people/keys.jte", frame, view(frame, Form.empty().fill("days", "365"), ""));
    }

    /// The page with the key is the answer itself, not one after a redirect: it is shown this once.
    @PostMapping
    View create(Frame frame, Form form) {
        keys.list();
        AtomicReference<String> token = new AtomicReference<>("");
        boolean accepted = form.accepts(
                frame, "people", () -> token.set(keys.create(wish(form)).token()));
        return accepted
                ? pages.page("people/keys.jte", frame, view(frame, Form.empty().fill("days", "365"), token.get()))
                : pages.refused("people/keys.jte", frame, view(frame, form, ""));
    }

    @PostMapping("/{id}/revoke")
    View revoke(@PathVariable long id) {
        keys.revoke(id);
        return pages.next("/keys", Notice.of("people.keys.revoked"));
    }

    private KeysView view(Frame frame, Form form, String token) {
        return new KeysView(
                menu.entries(frame, "/keys"),
                token,
                List.of(
                        form.field("name", frame.say("people.keys.name")).hint(frame.say("people.keys.name.hint")),
                        form.field("area", frame.say("people.keys.area")).select(areas(frame)),
                        form.field("role", frame.say("people.keys.role")).select(roles(frame)),
                        form.field("datastream", frame.say("people.keys.datastream"))
                                .hint(frame.say("people.keys.datastream.hint"))
                                .optional(),
                        form.field("days", frame.say("people.keys.days")).type("number")),
                keys.list().stream().map(key -> row(frame, key)).toList());
    }

    private static KeysView.Row row(Frame frame, ApiKeys.ApiKey key) {
        String scope = frame.say("people.area.%s".formatted(key.area().key())) + ", "
                + frame.say("people.role.%s".formatted(key.role().key()))
                + (key.datastream() == null ? "" : ", Datastream " + key.datastream());
        String state = key.revokedAt() != null
                ? frame.say("people.keys.state.revoked")
                : key.isGood() ? "" : frame.say("people.keys.state.over");
        return new KeysView.Row(
                key.id(),
                key.name(),
                key.start() + "…",
                scope,
                frame.say("people.keys.made", key.createdBy(), frame.wording().dateTime(key.createdAt())),
                key.usedAt() == null
                        ? frame.say("people.never")
                        : frame.wording().age(key.usedAt()),
                frame.wording().date(frame.wording().day(key.expiresAt())),
                state);
    }

    private static List<Field.Choice> areas(Frame frame) {
        return Arrays.stream(Area.values())
                .map(area -> Field.Choice.of(area.key(), frame.say("people.area.%s".formatted(area.key()))))
                .toList();
    }

    private static List<Field.Choice> roles(Frame frame) {
        return List.of(Role.EDITOR, Role.VIEWER, Role.STEWARD, Role.OPERATOR).stream()
                .map(role -> Field.Choice.of(role.key(), frame.say("people.role.%s".formatted(role.key()))))
                .toList();
    }

    private static ApiKeys.Wish wish(Form form) {
        Area area = choice(Area.values(), form.value("area"))
                .orElseThrow(() -> Problem.field("area", "area-unknown", "There is no such area."));
        Role role = choice(Role.values(), form.value("role"))
                .orElseThrow(() -> Problem.field("role", "role-unknown", "There is no such role."));
        if (area == Area.TOWN && role != Role.OPERATOR) {
            throw Problem.field("role", "key-of-town", "For the whole town a key has the role 'operator' only.");
        }
        Long days = number("days", form.value("days"));
        return new ApiKeys.Wish(
                form.value("name"),
                area,
                role,
                number("datastream", form.value("datastream")),
                Duration.ofDays(days == null ? 0 : Math.clamp(days, 0, 100_000)));
    }

    private static <E extends Enum<E>> Optional<E> choice(E[] values, String key) {
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(key))
                .findFirst();
    }

    private static @Nullable Long number(String field, String text) {
        if (text.isBlank()) {
            return null;
        }
        if (!text.strip().matches("\\d{1,15}")) {
            throw Problem.field(field, "number-invalid", "This is not a whole number.");
        }
        return Long.valueOf(text.strip());
    }
}
