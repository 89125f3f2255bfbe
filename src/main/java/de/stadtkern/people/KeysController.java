package de.stadtkern.people;

import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// API keys, for admins.
@Controller
class KeysController {

    private static final String PATH = "/keys";
    private static final String PAGE = "people/keys.jte";

    private final ApiKeys keys;
    private final ChangeNames names;
    private final Menu menu;
    private final Pages pages;

    KeysController(ApiKeys keys, ChangeNames names, Menu menu, Pages pages) {
        this.keys = keys;
        this.names = names;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param token of the key just made, empty otherwise
    record KeysView(List<Menu.Entry> menu, String token, List<Field> fields, Listing.Shown list) {}

    @GetMapping(PATH)
    View list(Frame frame, Form asked) {
        return pages.page(PAGE, frame, view(frame, fresh(), asked, ""));
    }

    @GetMapping(PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        listing(frame).write(asked, "keys", ending, response);
    }

    private static Form fresh() {
        return Form.empty().fill("days", "365");
    }

    /// The page with the key is the answer itself, not one after a redirect: it is shown this once.
    @PostMapping(PATH)
    View create(Frame frame, Form form) {
        keys.list();
        AtomicReference<String> token = new AtomicReference<>("");
        boolean accepted = form.accepts(
                frame,
                "people",
                flaws -> token.set(keys.create(wish(form, flaws)).token()));
        return accepted
                ? pages.page(PAGE, frame, view(frame, fresh(), Form.empty(), token.get()))
                : pages.refused(PAGE, frame, view(frame, form, Form.empty(), ""));
    }

    @PostMapping(PATH + "/{id}/revoke")
    View revoke(@PathVariable long id) {
        keys.revoke(id);
        return pages.next(PATH, Notice.of("people.keys.revoked"));
    }

    private KeysView view(Frame frame, Form form, Form asked, String token) {
        return new KeysView(
                menu.entries(frame, PATH),
                token,
                List.of(
                        form.field("name", frame.say("people.keys.name")).hint(frame.say("people.keys.name.hint")),
                        form.field("area", frame.say("people.keys.area")).select(areas(frame)),
                        form.field("role", frame.say("people.keys.role")).select(roles(frame)),
                        form.field("datastream", frame.say("people.keys.datastream"))
                                .hint(frame.say("people.keys.datastream.hint"))
                                .optional(),
                        form.field("days", frame.say("people.keys.days")).type("number")),
                listing(frame).shown(asked));
    }

    private Listing<ApiKeys.ApiKey> listing(Frame frame) {
        List<ApiKeys.ApiKey> all = keys.list();
        ChangeNames.Names called = names.of(
                "datastream",
                all.stream()
                        .map(ApiKeys.ApiKey::datastream)
                        .filter(Objects::nonNull)
                        .toList());
        return new Listing<>(
                frame,
                PATH,
                "people.keys.caption",
                List.of(
                        new TableColumn<>(
                                "name",
                                frame.say("people.keys.for"),
                                false,
                                key -> TableCell.text(key.name()).with(revoke(frame, key))),
                        new TableColumn<>(
                                "state", frame.say("people.state"), false, key -> TableCell.text(state(frame, key))),
                        new TableColumn<>(
                                "allows",
                                frame.say("people.keys.role"),
                                false,
                                key -> TableCell.text(scope(frame, key, called))),
                        new TableColumn<>(
                                "start",
                                frame.say("people.keys.start"),
                                false,
                                key -> new TableCell(key.start(), key.start() + "…", "")),
                        time(frame, "used", key -> key.usedAt(), frame.wording()::age),
                        time(frame, "expires", ApiKeys.ApiKey::expiresAt, frame.wording()::dateTime),
                        time(frame, "made", ApiKeys.ApiKey::createdAt, frame.wording()::dateTime),
                        new TableColumn<>(
                                "by", frame.say("people.changes.who"), false, key -> TableCell.text(key.createdBy()))),
                all);
    }

    private static TableColumn<ApiKeys.ApiKey> time(
            Frame frame, String key, Function<ApiKeys.ApiKey, @Nullable Instant> when, Function<Instant, String> said) {
        return new TableColumn<>(key, frame.say("people.keys.%s".formatted(key)), false, row -> {
            Instant at = when.apply(row);
            return TableCell.time(at, at == null ? frame.say("people.never") : said.apply(at));
        });
    }

    private static TableCell.@Nullable Confirm revoke(Frame frame, ApiKeys.ApiKey key) {
        return key.isGood()
                ? new TableCell.Confirm(
                        PATH + "/" + key.id() + "/revoke",
                        frame.say("people.keys.revoke"),
                        key.name(),
                        frame.say("people.keys.revoke.text", key.name()))
                : null;
    }

    private static String scope(Frame frame, ApiKeys.ApiKey key, ChangeNames.Names called) {
        return frame.say("people.area.%s".formatted(key.area().key())) + ", "
                + frame.say("people.role.%s".formatted(key.role().key()))
                + (key.datastream() == null
                        ? ""
                        : ", "
                                + frame.say(
                                        "people.keys.only",
                                        called.name(
                                                "datastream", key.datastream().toString())));
    }

    private static String state(Frame frame, ApiKeys.ApiKey key) {
        String state = key.revokedAt() != null ? "revoked" : key.isGood() ? "good" : "over";
        return frame.say("people.keys.state.%s".formatted(state));
    }

    private static List<Field.Choice> areas(Frame frame) {
        // The first one is preset, and with it every role may be chosen.
        return Arrays.stream(Area.values())
                .sorted(Comparator.comparing(area -> area != Area.PLATFORM))
                .map(area -> Field.Choice.of(area.key(), frame.say("people.area.%s".formatted(area.key()))))
                .toList();
    }

    private static List<Field.Choice> roles(Frame frame) {
        return List.of(Role.EDITOR, Role.VIEWER, Role.STEWARD, Role.OPERATOR).stream()
                .map(role -> Field.Choice.of(role.key(), frame.say("people.role.%s".formatted(role.key()))))
                .toList();
    }

    private static ApiKeys.Wish wish(Form form, Flaws flaws) {
        Area area = flaws.read(
                Area.PLATFORM,
                () -> choice(Area.values(), form.value("area"))
                        .orElseThrow(() -> Problem.field("area", "area-unknown", "There is no such area.")));
        Role role = flaws.read(
                Role.OPERATOR,
                () -> choice(Role.values(), form.value("role"))
                        .orElseThrow(() -> Problem.field("role", "role-unknown", "There is no such role.")));
        if (area == Area.TOWN && role != Role.OPERATOR) {
            flaws.add(Problem.field("role", "key-of-town", "For the whole town a key has the role 'operator' only."));
        }
        Long days = flaws.read(null, () -> number("days", form.value("days")));
        Long datastream = flaws.read(null, () -> number("datastream", form.value("datastream")));
        return flaws.end(() -> new ApiKeys.Wish(
                form.value("name"),
                area,
                role,
                datastream,
                Duration.ofDays(days == null ? 0 : Math.clamp(days, 0, 100_000))));
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
