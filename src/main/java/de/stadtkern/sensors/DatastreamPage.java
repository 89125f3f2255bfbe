package de.stadtkern.sensors;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Chart;
import de.stadtkern.page.ChartFile;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.DatastreamEdits;
import de.stadtkern.sensorthings.LiveChanges;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a Datastream's page says about any period, and the same as a picture.
@Component
class DatastreamPage {

    /// What one chart is about.
    ///
    /// @param seen   what the change log said before anything was read
    /// @param series the Datastream itself first
    record Subject(
            long seen,
            MeasuringPoint point,
            List<Named> series,
            Question.Answer answer,
            @Nullable Chart chart) {

        MeasuringPoint.Series first() {
            return series.getFirst().series();
        }

        List<Long> others() {
            return series.stream()
                    .skip(1)
                    .map(named -> named.series().datastreamId())
                    .toList();
        }
    }

    record Selected(List<MeasuringPoint.Series> series, Question.Answer answer) {}

    /// A Datastream of any Thing.
    record Named(MeasuringPoint point, MeasuringPoint.Series series) {

        String name() {
            return point.name() + ", " + series.name();
        }
    }

    private static final int MOST_OFFERED = 200;

    private final MeasuringPoints points;
    private final SeriesCards cards;
    private final SeriesValues values;
    private final LiveChanges changes;
    private final DatastreamEdits edits;
    private final Rights rights;

    DatastreamPage(
            MeasuringPoints points,
            SeriesCards cards,
            SeriesValues values,
            LiveChanges changes,
            DatastreamEdits edits,
            Rights rights) {
        this.edits = edits;
        this.rights = rights;
        this.points = points;
        this.cards = cards;
        this.values = values;
        this.changes = changes;
    }

    /// The address under which the page is found, with its readable part.
    String address(long id) {
        return SeriesText.address(find(id).series());
    }

    Named find(long id) {
        MeasuringPoint point = points.ofDatastream(id);
        return new Named(
                point,
                point.series().stream()
                        .filter(series -> series.datastreamId() == id)
                        .findFirst()
                        .orElseThrow());
    }

    /// For a file, which holds everything that was asked for and refuses what makes no sense.
    Selected selected(Wording wording, long id, Question question) {
        List<Named> series = series(id, question);
        return new Selected(
                series.stream().map(Named::series).toList(),
                question.strictly(
                        SeriesText.lastDays(wording, series.getFirst().series().latest())));
    }

    private List<Named> series(long id, Question question) {
        List<Named> series = new ArrayList<>(List.of(find(id)));
        question.with().stream().filter(other -> other != id).forEach(other -> series.add(find(other)));
        return series;
    }

    Subject subject(Wording wording, long id, Question question) {
        long seen = changes.newest();
        List<Named> series = series(id, question);
        Question.Answer asked = question.answer(
                SeriesText.lastDays(wording, series.getFirst().series().latest()));
        Question.Answer answer = values.fitting(
                question, asked, series.stream().map(Named::series).toList(), wording.zone());
        List<Chart.Line> lines = series.stream()
                .map(named -> values.line(
                        series.size() == 1 ? named.series().name() : named.name(),
                        named.series(),
                        answer.days(),
                        answer.step(),
                        wording.zone()))
                .toList();
        boolean empty = lines.stream().allMatch(line -> line.values().isEmpty());
        return new Subject(
                seen,
                series.getFirst().point(),
                series,
                answer,
                empty ? null : Chart.of(wording, answer.days(), answer.step(), lines));
    }

    DatastreamView view(Wording wording, Subject subject, Question question, String base) {
        MeasuringPoint.Series series = subject.first();
        String here = SeriesText.address(series);
        Days days = subject.answer().days();
        Step step = subject.answer().step();
        String query = Question.query(days, step.key(), subject.others());
        String files = "/datastreams/" + series.datastreamId();
        return new DatastreamView(
                series.name(),
                series.description(),
                subject.point().name(),
                SeriesText.address(subject.point()),
                Objects.requireNonNull(cards.of(wording, List.of(series)).get(series.datastreamId())),
                chooser(wording, subject, question, here),
                period(wording, subject.answer()),
                subject.chart(),
                Question.query(null, "", subject.others()),
                subject.series().stream().anyMatch(named -> named.series().aggregation() == null),
                compare(wording, subject),
                kept(wording, subject, question),
                shown(subject, here),
                Stream.of(FileKind.values())
                        .map(kind -> new Table.File(
                                wording.say("page.file." + kind.key()), files + "/values." + kind.ending() + query))
                        .toList(),
                files + "/chart.svg" + query,
                files + "/page.pdf" + query,
                files + "/live?after=" + subject.seen()
                        + subject.others().stream()
                                .map(other -> "&with=" + other)
                                .collect(Collectors.joining()),
                rights.allow(Role.EDITOR, Area.PLATFORM)
                        ? "/watches/new?datastream=" + subject.first().datastreamId()
                        : "",
                edits.allow(series.datastreamId()) ? files + "/edit" : "",
                base + here + query,
                "<iframe src=\"%s/embed%s%s\" title=\"%s\" width=\"100%%\" height=\"520\"></iframe>"
                        .formatted(
                                base,
                                files,
                                query.replace("&", "&amp;"),
                                series.name().replace("&", "&amp;").replace("\"", "&quot;")),
                Origin.of(subject.point()),
                "/sta/v1.1/Datastreams(%d)".formatted(series.datastreamId()));
    }

    private static String period(Wording wording, Question.Answer answer) {
        Days whole = answer.step().whole(answer.days());
        return wording.say(
                "sensors.period.shown",
                wording.date(whole.first()),
                wording.date(whole.last()),
                wording.say("page.step." + answer.step().key()));
    }

    private static PeriodChooser chooser(Wording wording, Subject subject, Question question, String here) {
        Question.Answer answer = subject.answer();
        List<Long> with = subject.others();
        MeasuringPoint.Series series = subject.first();
        LocalDate end = SeriesText.lastDays(wording, series.latest()).last();
        LocalDate earliest = series.earliest() == null ? end : wording.day(series.earliest());
        List<Field.Choice> steps = new ArrayList<>();
        steps.add(Field.Choice.of("auto", wording.say("page.step.auto")));
        for (Step step : Step.values()) {
            steps.add(Field.Choice.of(step.key(), wording.say("page.step." + step.key())));
        }
        return new PeriodChooser(
                asked(wording, question, answer).fields(wording, steps),
                PeriodChooser.usual(wording, end, earliest).stream()
                        .map(usual -> new PeriodChooser.Link(
                                usual.name(),
                                here + Question.query(usual.days(), "", with),
                                usual.days().equals(answer.days())))
                        .toList(),
                here + Question.query(answer.days().previous(), question.by(), with),
                here + Question.query(answer.days().next(), question.by(), with),
                with(with));
    }

    private static PeriodChooser.Asked asked(Wording wording, Question question, Question.Answer answer) {
        boolean problem = !answer.problem().isEmpty();
        return new PeriodChooser.Asked(
                problem && !question.from().isEmpty()
                        ? question.from()
                        : answer.days().first().toString(),
                problem && !question.to().isEmpty()
                        ? question.to()
                        : answer.days().last().toString(),
                question.by().isEmpty() ? "auto" : question.by(),
                problem ? wording.say(answer.problem()) : "",
                answer.field());
    }

    private static List<PeriodChooser.Hidden> with(List<Long> others) {
        return others.stream()
                .map(id -> new PeriodChooser.Hidden("with", String.valueOf(id)))
                .toList();
    }

    /// What the chart goes on showing when something is drawn into it besides.
    private static List<PeriodChooser.Hidden> kept(Wording wording, Subject subject, Question question) {
        PeriodChooser.Asked asked = asked(wording, question, subject.answer());
        return Stream.concat(
                        Stream.of(
                                new PeriodChooser.Hidden("from", asked.from()),
                                new PeriodChooser.Hidden("to", asked.to())),
                        with(subject.others()).stream())
                .toList();
    }

    /// Datastreams of the same Thing, then those that measure the same elsewhere.
    private @Nullable Field compare(Wording wording, Subject subject) {
        List<Field.Choice> others = others(subject);
        return others.isEmpty()
                ? null
                : Form.empty()
                        .field("with", wording.say("sensors.compare.label"))
                        .select(others);
    }

    private List<Field.Choice> others(Subject subject) {
        List<Long> drawn = subject.series().stream()
                .map(named -> named.series().datastreamId())
                .toList();
        if (drawn.size() > Question.MOST_OTHERS) {
            return List.of();
        }
        List<MeasuringPoint> all = points.list();
        Stream<Named> here = named(
                all.stream().filter(point -> point.thingId() == subject.point().thingId()));
        Stream<Named> elsewhere = named(all.stream()
                        .filter(point -> point.thingId() != subject.point().thingId()))
                .filter(named ->
                        named.series().property().equals(subject.first().property()));
        return Stream.concat(here, elsewhere)
                .filter(named -> !drawn.contains(named.series().datastreamId()))
                .limit(MOST_OFFERED)
                .map(named -> Field.Choice.data(String.valueOf(named.series().datastreamId()), named.name()))
                .toList();
    }

    private static Stream<Named> named(Stream<MeasuringPoint> points) {
        return points.flatMap(point -> point.series().stream().map(series -> new Named(point, series)));
    }

    private static List<DatastreamView.Shown> shown(Subject subject, String here) {
        Question.Answer answer = subject.answer();
        return subject.series().stream()
                .skip(1)
                .map(named -> new DatastreamView.Shown(
                        named.name(),
                        SeriesText.address(named.series()),
                        here
                                + Question.query(
                                        answer.days(),
                                        answer.step().key(),
                                        subject.others().stream()
                                                .filter(id ->
                                                        id != named.series().datastreamId())
                                                .toList())))
                .toList();
    }

    /// The chart as a picture, with the address that leads to it; null where there is nothing to draw.
    @Nullable
    ChartFile picture(Wording wording, Subject subject, String base) {
        if (subject.chart() == null) {
            return null;
        }
        List<String> notes = new ArrayList<>();
        for (MeasuringPoint point :
                subject.series().stream().map(Named::point).distinct().toList()) {
            Origin origin = Origin.of(point);
            notes.add(
                    origin.isKnown()
                            ? wording.say(
                                    "sensors.picture.origin",
                                    point.name(),
                                    Stream.of(origin.attribution(), origin.source(), origin.licence())
                                            .filter(text -> !text.isEmpty())
                                            .distinct()
                                            .reduce((one, other) -> one + "; " + other)
                                            .orElseThrow())
                            : wording.say("sensors.picture.no-origin", point.name()));
        }
        if (subject.series().stream().anyMatch(named -> SeriesText.simulated(named.series()))) {
            notes.add(wording.say("sensors.simulated.text"));
        }
        notes.add(wording.say(
                "sensors.picture.made",
                wording.dateTime(wording.now()),
                base
                        + SeriesText.address(subject.first())
                        + Question.query(
                                subject.answer().days(), subject.answer().step().key(), subject.others())));
        return new ChartFile(
                subject.chart(),
                subject.series().size() == 1
                        ? subject.series().getFirst().name()
                        : wording.say(
                                "sensors.picture.several",
                                subject.series().getFirst().name()),
                period(wording, subject.answer()),
                notes);
    }
}
