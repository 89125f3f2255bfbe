package de.stadtkern.footfall;

import de.stadtkern.footfall.WeatherChoice.Role;
import de.stadtkern.footfall.WeatherChoices.Offered;
import de.stadtkern.identity.Changes;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Where editors of pedestrian counting choose what the weather of the town is, and see what it is good for so far.
@Controller
class WeatherController {

    static final String PATH = CountersPage.PATH + "/weather";

    private static final String PAGE = "footfall/weather.jte";
    private static final int CHANGES = 5;
    private static final int LOOK_BACK = WeatherHistory.LEAST_DAYS + 1;

    private final WeatherChoices choices;
    private final TownWeather weather;
    private final Counters counters;
    private final CountersPage register;
    private final Changes changes;
    private final Pages pages;

    WeatherController(
            WeatherChoices choices,
            TownWeather weather,
            Counters counters,
            CountersPage register,
            Changes changes,
            Pages pages) {
        this.choices = choices;
        this.weather = weather;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
        this.pages = pages;
    }

    /// @param isOffered whether there is a Datastream that could be chosen
    /// @param chosen    with the newest value of each; null where nothing is
    /// @param uses      what it is used for today, each in a sentence
    /// @param source    who is named where it is shown; empty where nothing is
    record WeatherView(
            List<Menu.Entry> menu,
            boolean isOffered,
            List<Field> fields,
            @Nullable Table chosen,
            List<String> uses,
            String source,
            List<CountersPage.ChangeRow> changes) {}

    private record Chosen(Role role, Offered offered) {}

    @GetMapping(PATH)
    View form(Frame frame) {
        counters.require();
        return pages.page(PAGE, frame, view(frame, filled()));
    }

    @PostMapping(PATH)
    View set(Frame frame, Form form) {
        counters.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "footfall", flaws -> change.set(choices.set(form.value("version"), read(form, flaws), flaws)));
        return accepted
                ? pages.next(
                        PATH,
                        new Notice(
                                "footfall.weather.set",
                                change.get() == 0 ? Optional.empty() : Optional.of(change.get())))
                : pages.refused(PAGE, frame, view(frame, form.overtakenBy(this::filled)));
    }

    private static WeatherChoice read(Form form, Flaws flaws) {
        Map<Role, Long> datastreams = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String text = form.value(role.key()).strip();
            if (!text.isEmpty()) {
                if (text.matches("\\d{1,15}")) {
                    datastreams.put(role, Long.valueOf(text));
                } else {
                    flaws.add(Problem.field(role.key(), "weather-unsuitable", "This is no Datastream."));
                }
            }
        }
        return new WeatherChoice(datastreams);
    }

    private Form filled() {
        WeatherChoice choice = choices.find();
        Form form = Form.empty().fill("version", choice.version());
        choice.tree().forEach(form::fill);
        return form;
    }

    private WeatherView view(Frame frame, Form form) {
        Wording wording = frame.wording();
        List<Offered> offered = choices.offered();
        WeatherChoice choice = choices.find();
        List<Field> fields = new ArrayList<>();
        fields.add(form.version());
        Arrays.stream(Role.values())
                .map(role -> field(wording, form, role, offered))
                .forEach(fields::add);
        return new WeatherView(
                register.menu(frame, CountersPage.PATH),
                !offered.isEmpty(),
                fields,
                choice.isNone() ? null : chosen(wording, choice, offered),
                choice.isNone() ? List.of() : uses(wording, choice),
                choice.isNone() ? "" : weather.source(),
                changes.of(WeatherChoices.KIND, WeatherChoices.SUBJECT).stream()
                        .limit(CHANGES)
                        .map(change -> new CountersPage.ChangeRow(
                                change.id(),
                                frame.say("footfall.counters.change", wording.dateTime(change.at()), change.who()),
                                changes.isUndoable(change) ? "/changes/" + change.id() + "/undo" : ""))
                        .toList());
    }

    private static Field field(Wording wording, Form form, Role role, List<Offered> offered) {
        List<Field.Choice> list = new ArrayList<>();
        list.add(Field.Choice.of("", wording.say("footfall.weather.nothing")));
        offered.stream()
                .filter(one -> one.suits(role))
                .map(one -> Field.Choice.data(
                        String.valueOf(one.series().datastreamId()),
                        one.point().name() + ": " + one.series().name()))
                .forEach(list::add);
        return form.field(role.key(), wording.say("footfall.weather.role.%s".formatted(role.key())))
                .select(list)
                .optional();
    }

    private static Table chosen(Wording wording, WeatherChoice choice, List<Offered> offered) {
        List<Chosen> rows = new ArrayList<>();
        for (Role role : Role.values()) {
            choice.of(role)
                    .flatMap(id -> offered.stream()
                            .filter(one -> one.series().datastreamId() == id)
                            .findFirst())
                    .ifPresent(one -> rows.add(new Chosen(role, one)));
        }
        return Table.whole(
                wording.say("footfall.weather.chosen"),
                List.of(
                        TableColumn.of(
                                wording.say("footfall.weather.column.role"),
                                row -> TableCell.text(wording.say("footfall.weather.role.%s"
                                        .formatted(row.role().key())))),
                        TableColumn.of(
                                wording.say("footfall.weather.column.series"),
                                row -> TableCell.link(
                                        row.offered().series().name(),
                                        "/sensors/series/"
                                                + row.offered().series().datastreamId())),
                        TableColumn.ofNumbers(
                                wording.say("footfall.weather.column.latest"), row -> latest(wording, row.offered())),
                        TableColumn.of(
                                wording.say("footfall.weather.column.when"),
                                row -> TableCell.text(when(wording, row)))),
                rows);
    }

    private static String latest(Wording wording, Offered offered) {
        MeasuringPoint.Latest latest = offered.series().latest();
        return latest == null || latest.number() == null
                ? "–"
                : wording.number(latest.number()) + "\u00a0" + offered.series().unitSymbol();
    }

    /// How old the newest observation is; how far the forecast reaches.
    private static String when(Wording wording, Chosen row) {
        MeasuringPoint.Latest latest = row.offered().series().latest();
        if (latest == null) {
            return wording.say("footfall.weather.never");
        }
        return row.role().isForecast()
                ? wording.say("footfall.weather.until", wording.dateTime(latest.start()))
                : wording.age(Objects.requireNonNullElse(latest.end(), latest.start()));
    }

    private List<String> uses(Wording wording, WeatherChoice choice) {
        WeatherHistory history = weather.history(wording.now(), LOOK_BACK);
        int share = (int) Math.floor(100 * history.known());
        boolean isEnough = history.known() >= WeatherHistory.NEARLY_ALL;
        List<String> uses = new ArrayList<>();
        uses.add(wording.say("footfall.weather.use.pages"));
        uses.add(wording.say("footfall.weather.use.back." + (isEnough ? "on" : "off"), share));
        boolean isForecast = choice.of(Role.FORECAST_TEMPERATURE).isPresent()
                || choice.of(Role.FORECAST_PRECIPITATION).isPresent();
        uses.add(wording.say("footfall.weather.use.ahead."
                + (!isForecast ? "none" : !isEnough ? "off" : weather.isKept(wording.now()) ? "on" : "waits")));
        return uses;
    }
}
