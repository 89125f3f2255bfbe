package de.stadtkern.watches;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Slug;
import de.stadtkern.people.Menu;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the pages of watches show.
@Component
class WatchPage {

    private final Watches watches;
    private final MeasuringPoints points;
    private final Menu menu;

    WatchPage(Watches watches, MeasuringPoints points, Menu menu) {
        this.watches = watches;
        this.points = points;
        this.menu = menu;
    }

    /// The Datastream that is watched.
    record Subject(long id, String name, String unit, String address) {}

    /// @param cut that not all open ones are listed, and how many there are; empty if they are
    record ListView(List<Menu.Entry> menu, List<IncidentRow> open, String cut, List<Row> rows) {
        record Row(
                long id,
                String name,
                String address,
                String what,
                String series,
                String state,
                boolean bad,
                boolean paused) {}
    }

    /// @param acknowledged by whom and when, empty if not
    record IncidentRow(
            long id,
            String name,
            String said,
            String address,
            String series,
            String when,
            String acknowledged,
            String note,
            List<Field> fields) {}

    /// @param id     0 for a new one
    /// @param secret with which its web-hooks are signed, empty without one
    /// @param failures of the last web-hooks
    record OneView(
            List<Menu.Entry> menu,
            long id,
            String title,
            String action,
            Subject subject,
            List<Field> fields,
            String secret,
            List<String> failures) {}

    Subject subject(long datastream) {
        MeasuringPoint point = points.ofDatastream(datastream);
        MeasuringPoint.Series series = point.series().stream()
                .filter(one -> one.datastreamId() == datastream)
                .findFirst()
                .orElseThrow();
        return new Subject(
                datastream,
                point.name() + ", " + series.name(),
                series.unit(),
                "/datastreams/" + Slug.of(datastream, series.name()));
    }

    Map<Long, Subject> subjects() {
        Map<Long, Subject> subjects = new HashMap<>();
        points.list()
                .forEach(point -> point.series()
                        .forEach(series -> subjects.put(
                                series.datastreamId(),
                                new Subject(
                                        series.datastreamId(),
                                        point.name() + ", " + series.name(),
                                        series.unit(),
                                        "/datastreams/" + Slug.of(series.datastreamId(), series.name())))));
        return subjects;
    }

    ListView list(Frame frame) {
        List<Watch> all = watches.list();
        Map<Long, Subject> subjects = subjects();
        Map<Long, Watch> byId = all.stream().collect(Collectors.toMap(Watch::id, Function.identity()));
        Incident.Listed open = watches.open();
        Set<Long> withOpen = watches.withOpen();
        return new ListView(
                menu.entries(frame, "/watches"),
                open.newest().stream()
                        .map(one -> row(frame, one, byId, subjects))
                        .toList(),
                cut(frame, open),
                all.stream()
                        .map(watch -> row(frame, watch, withOpen.contains(watch.id()), subjects))
                        .toList());
    }

    private static String cut(Frame frame, Incident.Listed listed) {
        int shown = listed.newest().size();
        return shown == listed.all() ? "" : frame.say("watches.cut", shown, listed.all());
    }

    private static ListView.Row row(Frame frame, Watch watch, boolean bad, Map<Long, Subject> subjects) {
        Subject subject = subjects.get(watch.wish().datastreamId());
        String state = watch.paused() ? "paused" : subject == null ? "gone" : bad ? "open" : "quiet";
        return new ListView.Row(
                watch.id(),
                watch.wish().name(),
                "/watches/" + watch.id(),
                what(frame, watch, subject),
                subject == null ? "" : subject.name(),
                frame.say("watches.state.%s".formatted(state)),
                bad,
                watch.paused());
    }

    private static String what(Frame frame, Watch watch, @Nullable Subject subject) {
        Watch.Wish wish = watch.wish();
        String unit = subject == null ? "" : subject.unit();
        return switch (wish.kind()) {
            case LIMIT -> {
                String above = wish.above() == null
                        ? ""
                        : frame.say("watches.what.above", frame.wording().number(wish.above()), unit);
                String below = wish.below() == null
                        ? ""
                        : frame.say("watches.what.below", frame.wording().number(wish.below()), unit);
                yield above.isEmpty() || below.isEmpty() ? above + below : above + ", " + below;
            }
            case SILENCE ->
                wish.intervals() > 0
                        ? frame.say("watches.what.intervals", wish.intervals())
                        : frame.say("watches.what.silence", wish.silence().toMinutes());
            case DEVIATION -> frame.say("watches.what.deviation");
        };
    }

    private static IncidentRow row(Frame frame, Incident incident, Map<Long, Watch> byId, Map<Long, Subject> subjects) {
        Subject subject = subjects.get(incident.datastreamId());
        String name = subject == null ? "" : subject.name();
        Watch watch = byId.get(incident.watchId());
        String said = said(frame, incident, watch, name);
        String ended = incident.endedAt() == null
                ? frame.say("watches.since", frame.wording().dateTime(incident.beganAt()))
                : frame.say(
                        "watches.from-to",
                        frame.wording().dateTime(incident.beganAt()),
                        frame.wording().dateTime(incident.endedAt()));
        String acknowledged = incident.acknowledgedAt() == null
                ? ""
                : frame.say(
                        "watches.acknowledged-by",
                        incident.acknowledgedBy(),
                        frame.wording().dateTime(incident.acknowledgedAt()));
        // Several of these forms stand on one page.
        String note = "note-" + incident.id();
        Form form = Form.empty().fill(note, incident.note());
        return new IncidentRow(
                incident.id(),
                incident.watchName(),
                said,
                subject == null ? "" : subject.address(),
                name,
                ended,
                acknowledged,
                incident.note(),
                List.of(form.field(note, frame.say("watches.note"))
                        .type("textarea")
                        .optional()));
    }

    static String said(Frame frame, Incident incident, @Nullable Watch watch, String series) {
        return watch == null
                ? frame.say("watches.kind.%s".formatted(incident.kind().key()))
                : IncidentText.sentence(frame.wording(), incident, series, watch.wish());
    }

    OneView one(Frame frame, Optional<Watch> watch, Subject subject, Form form) {
        long id = watch.map(Watch::id).orElse(0L);
        return new OneView(
                menu.entries(frame, "/watches"),
                id,
                watch.map(one -> one.wish().name()).orElseGet(() -> frame.say("watches.new")),
                id == 0 ? "/watches/new?datastream=" + subject.id() : "/watches/" + id,
                subject,
                WatchForm.fields(frame, form, subject.unit()),
                watch.map(Watch::hookSecret).orElse(""),
                id == 0 ? List.of() : watches.hookFailures(id));
    }
}
