package de.stadtkern.footfall;

import de.stadtkern.identity.Changes;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the pages of the register show.
@Component
class CountersPage {

    static final String PATH = "/counters";
    private static final int CHANGES = 10;

    private final Counters counters;
    private final CounterPeriods periods;
    private final HourStore hours;
    private final MeasuringPoints points;
    private final CalibrationPage calibration;
    private final Changes changes;
    private final Menu menu;

    CountersPage(
            Counters counters,
            CounterPeriods periods,
            HourStore hours,
            MeasuringPoints points,
            CalibrationPage calibration,
            Changes changes,
            Menu menu) {
        this.counters = counters;
        this.periods = periods;
        this.hours = hours;
        this.points = points;
        this.calibration = calibration;
        this.changes = changes;
        this.menu = menu;
    }

    record ListView(List<Menu.Entry> menu, @Nullable Table table) {}

    /// @param things that count something and are no counter yet
    record ChooseView(List<Menu.Entry> menu, List<Choice> things) {}

    record Choice(String name, String address, String series) {}

    /// @param every   all fields, for the summary of errors
    /// @param calibration null for a new one
    /// @param openParts names of the parts everybody can read hour by hour
    /// @param closing   address of a form that closes them, filled in; empty for who may not
    /// @param periods what is known of its time; empty for a new one
    record OneView(
            List<Menu.Entry> menu,
            long id,
            String title,
            String action,
            String shownAt,
            List<CounterForm.Group> groups,
            List<Field> every,
            List<String> openParts,
            String closing,
            List<Field> period,
            List<PeriodRow> periods,
            CalibrationPage.@Nullable Section calibration,
            List<ChangeRow> changes) {}

    record PeriodRow(long id, String kind, String when, String reason, boolean everywhere) {}

    record ChangeRow(long id, String what, String undo) {}

    List<Menu.Entry> menu(Frame frame, String path) {
        return menu.entries(frame, path);
    }

    ListView list(Frame frame, TableQuestion question) {
        List<Counter> all = counters.list();
        return new ListView(
                menu.entries(frame, PATH),
                all.isEmpty()
                        ? null
                        : Table.of(
                                frame.wording(),
                                frame.say("footfall.counters.caption", all.size()),
                                columns(frame),
                                all,
                                question));
    }

    List<TableColumn<Counter>> columns(Frame frame) {
        return List.of(
                new TableColumn<>(
                        "name",
                        frame.say("footfall.field.name"),
                        false,
                        counter -> TableCell.link(counter.wish().name(), PATH + "/" + counter.id())),
                new TableColumn<>(
                        "technique",
                        frame.say("footfall.field.technique"),
                        false,
                        counter -> TableCell.text(counter.wish().technique())),
                new TableColumn<>(
                        "channels",
                        frame.say("footfall.counters.channels"),
                        true,
                        counter -> TableCell.number(
                                (double) counter.wish().channels().size(),
                                String.valueOf(counter.wish().channels().size()))),
                new TableColumn<>("last", frame.say("footfall.counters.last"), false, counter -> last(frame, counter)),
                new TableColumn<>(
                        "state",
                        frame.say("footfall.counters.state"),
                        false,
                        counter -> TableCell.text(frame.say(
                                counter.wish().shown() ? "footfall.counters.shown" : "footfall.counters.hidden"))));
    }

    private TableCell last(Frame frame, Counter counter) {
        Optional<Instant> last = hours.lastCounted(counter.id());
        return TableCell.time(
                last.orElse(null),
                last.map(time -> frame.wording().dateTime(time)).orElse("–"));
    }

    ChooseView choose(Frame frame) {
        Set<Long> taken = counters.list().stream()
                .flatMap(counter -> counter.wish().datastreams().stream())
                .collect(Collectors.toSet());
        List<Choice> things = points.list().stream()
                .filter(point -> point.series().stream()
                        .anyMatch(series -> !taken.contains(series.datastreamId())
                                && CounterProposal.role(series).isPresent()))
                .map(point -> new Choice(
                        point.name(),
                        PATH + "/new?thing=" + point.thingId(),
                        point.series().stream().map(MeasuringPoint.Series::name).collect(Collectors.joining(", "))))
                .toList();
        return new ChooseView(menu.entries(frame, PATH), things);
    }

    MeasuringPoint thing(long id) {
        return points.find(id)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING,
                        "thing-unknown",
                        "Thing %d does not exist.".formatted(id),
                        Map.of("thing", id)));
    }

    OneView fresh(Frame frame, MeasuringPoint point, Form form) {
        List<CounterForm.Group> groups = CounterForm.groups(frame, form, point);
        return new OneView(
                menu.entries(frame, PATH),
                0,
                frame.say("footfall.counters.new"),
                PATH + "/new?thing=" + point.thingId(),
                "",
                groups,
                groups.stream().flatMap(group -> group.fields().stream()).toList(),
                List.of(),
                "",
                List.of(),
                List.of(),
                null,
                List.of());
    }

    OneView one(Frame frame, Counter counter, Form form, Form period) {
        return one(frame, counter, form, period, CalibrationPage.Typed.nothing());
    }

    OneView one(Frame frame, Counter counter, Form form, Form period, CalibrationPage.Typed typed) {
        List<CounterForm.Group> groups =
                CounterForm.groups(frame, form, thing(counter.wish().thingId()));
        return new OneView(
                menu.entries(frame, PATH),
                counter.id(),
                counter.wish().name(),
                PATH + "/" + counter.id(),
                counter.address(),
                groups,
                groups.stream().flatMap(group -> group.fields().stream()).toList(),
                openParts(counter),
                closing(frame, counter),
                CounterForm.periodFields(frame, period),
                periods.of(counter.id()).stream().map(one -> row(frame, one)).toList(),
                calibration.section(frame, counter, typed),
                changes.of(Counters.KIND, String.valueOf(counter.id())).stream()
                        .limit(CHANGES)
                        .map(change -> new ChangeRow(
                                change.id(),
                                frame.say(
                                        "footfall.counters.change",
                                        frame.wording().dateTime(change.at()),
                                        change.who()),
                                change.before() != null && changes.isUndoable(change)
                                        ? "/changes/" + change.id() + "/undo"
                                        : ""))
                        .toList());
    }

    private String closing(Frame frame, Counter counter) {
        List<Counter.Channel> open = counters.openParts(counter);
        return open.isEmpty() || !counters.mayClose()
                ? ""
                : "/data-sets/new?openness=%s&name=%s%s"
                        .formatted(
                                DataSet.Openness.PROTECTED.key(),
                                URLEncoder.encode(
                                        frame.say(
                                                "footfall.parts.set",
                                                counter.wish().name()),
                                        StandardCharsets.UTF_8),
                                open.stream()
                                        .map(part -> "&datastream-%d=on".formatted(part.datastreamId()))
                                        .collect(Collectors.joining()));
    }

    private List<String> openParts(Counter counter) {
        Set<Long> open = counters.openParts(counter).stream()
                .map(Counter.Channel::datastreamId)
                .collect(Collectors.toSet());
        return open.isEmpty()
                ? List.of()
                : thing(counter.wish().thingId()).series().stream()
                        .filter(series -> open.contains(series.datastreamId()))
                        .map(MeasuringPoint.Series::name)
                        .toList();
    }

    private static PeriodRow row(Frame frame, CounterPeriod period) {
        Instant to = period.to();
        String from = frame.wording().dateTime(period.from());
        return new PeriodRow(
                period.id(),
                frame.say("footfall.period.%s".formatted(period.kind().key())),
                period.kind() == CounterPeriod.Kind.BREAK || to == null
                        ? frame.say("footfall.since", from)
                        : frame.say("footfall.from-to", from, frame.wording().dateTime(to)),
                period.reason(),
                period.counterId() == null);
    }
}
