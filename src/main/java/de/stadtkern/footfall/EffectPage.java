package de.stadtkern.footfall;

import de.stadtkern.footfall.EventEffect.Reason;
import de.stadtkern.footfall.EventEffect.Result;
import de.stadtkern.footfall.EventEffect.Verdict;
import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableFile;
import de.stadtkern.page.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What an event did to how many came: expected against counted, how far chance goes, and whether it can be told.
@Component
class EffectPage {

    static final String PATH = FootfallController.PATH + "/effect";

    private final Counters counters;
    private final EffectSeries series;

    EffectPage(Counters counters, EffectSeries series) {
        this.counters = counters;
        this.series = series;
    }

    /// @param any      whether there is a counter
    /// @param answer   null where the question cannot be answered
    record View(
            boolean any,
            List<Field> fields,
            List<Chosen> places,
            List<Chosen> controls,
            @Nullable Answer answer) {}

    /// @param without address of the page without it, empty for the only one
    record Chosen(String name, String slug, String without) {}

    /// @param title     the event, when and where
    /// @param verdict   in words
    /// @param sentences what it rests on
    /// @param reasons   why it cannot be told
    /// @param chart     the days before and of the event against their usual; null where nothing is known
    /// @param placebos  days without an event and by how much they were off
    record Answer(
            String title,
            String verdict,
            List<String> sentences,
            List<String> reasons,
            @Nullable Chart chart,
            Table placebos,
            List<Table.File> files,
            String permalink,
            String embed) {}

    /// @param calibrated at how many of the places and controls
    private record Found(EffectQuestion question, Result result, long calibrated) {}

    /// @param form filled with what was asked; takes what is wrong with it
    /// @param base scheme and host as the reader sees them
    View view(Frame frame, Form form, List<String> slugs, List<String> controlSlugs, String base) {
        List<Counter> known = counters.shown();
        List<String> asked = places(slugs, known);
        List<Found> found = new ArrayList<>();
        boolean isRight = known.isEmpty()
                || form.accepts(
                        frame, "footfall", () -> found.add(find(frame.wording(), form, asked, controlSlugs, known)));
        Optional<EffectQuestion> question =
                found.stream().filter(_ -> isRight).map(Found::question).findFirst();
        List<Counter> places = question.map(EffectQuestion::places).orElse(named(asked, known));
        List<Counter> controls = question.map(EffectQuestion::controls)
                .orElse(named(controlSlugs, known).stream()
                        .filter(one -> !places.contains(one))
                        .toList());
        question.ifPresent(one -> form.fill("from", one.days().first().toString())
                .fill("to", one.days().last().toString())
                .fill("open", String.valueOf(one.open()))
                .fill("close", String.valueOf(one.close())));
        form.fill("open", String.valueOf(EffectQuestion.OPEN)).fill("close", String.valueOf(EffectQuestion.CLOSE));
        return new View(
                !known.isEmpty(),
                fields(frame.wording(), form, known, places, controls),
                chosen(places, question.filter(_ -> places.size() > 1)),
                chosen(controls, question),
                found.stream()
                        .filter(_ -> isRight)
                        .findFirst()
                        .map(one -> answer(frame, one, base))
                        .orElse(null));
    }

    /// A row for each day: the week before, the event, and the days without one.
    void write(
            Wording wording,
            Form form,
            List<String> slugs,
            List<String> controlSlugs,
            FileKind kind,
            HttpServletResponse response)
            throws IOException {
        List<Counter> known = counters.shown();
        Found found = find(wording, form, places(slugs, known), controlSlugs, known);
        Result result = found.result();
        List<TableFile.Column> heads = Stream.of(
                        "kind", "day", "percent", "measured", "expected", "low", "high", "verdict")
                .map(key -> new TableFile.Column(key, wording.say("footfall.effect.file.%s".formatted(key))))
                .toList();
        boolean isTold = result.verdict() != Verdict.UNKNOWN;
        FootfallController.begin(response, kind, "effect");
        try (TableFile file = TableFile.open(kind, response.getOutputStream(), wording.zone(), heads)) {
            List<@Nullable Object> event = new ArrayList<>();
            event.add("event");
            event.add(found.question().days().first());
            event.add(isTold ? known(result.percent()) : null);
            event.add(known(result.measured()));
            event.add(isTold ? known(result.expected()) : null);
            event.add(isTold ? known(result.low()) : null);
            event.add(isTold ? known(result.high()) : null);
            event.add(key(result));
            file.row(event);
            for (EventEffect.TrendDay day : result.trend()) {
                String when = day.day().isBefore(found.question().days().first()) ? "before" : "during";
                file.row(day(when, day.day(), day.percent()));
            }
            for (EventEffect.Placebo placebo : result.placebos()) {
                file.row(day("without", placebo.first(), 100 * Math.expm1(placebo.effect())));
            }
        }
    }

    private static List<@Nullable Object> day(String kind, LocalDate day, double percent) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(kind);
        cells.add(day);
        cells.add(known(percent));
        for (int more = 0; more < 5; more++) {
            cells.add(null);
        }
        return cells;
    }

    private static @Nullable Double known(double number) {
        return Double.isFinite(number) ? Math.rint(10 * number) / 10 : null;
    }

    private static String key(Result result) {
        return result.verdict().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> places(List<String> slugs, List<Counter> known) {
        List<String> asked = slugs.stream().filter(slug -> !slug.isBlank()).toList();
        return asked.isEmpty() && !known.isEmpty()
                ? List.of(known.getFirst().wish().slug())
                : asked;
    }

    private static List<Counter> named(List<String> slugs, List<Counter> known) {
        return known.stream()
                .filter(counter -> slugs.contains(counter.wish().slug()))
                .limit(EffectQuestion.MOST_PLACES)
                .toList();
    }

    private Found find(Wording wording, Form form, List<String> slugs, List<String> controlSlugs, List<Counter> known) {
        LocalDate today = wording.day(wording.now());
        EffectQuestion question = EffectQuestion.of(form, slugs, controlSlugs, known, today);
        return new Found(question, series.result(question, today), series.calibrated(question));
    }

    private static List<Chosen> chosen(List<Counter> counters, Optional<EffectQuestion> question) {
        return counters.stream()
                .map(counter -> new Chosen(
                        counter.wish().name(),
                        counter.wish().slug(),
                        question.map(one -> PATH + one.without(counter).query()).orElse("")))
                .toList();
    }

    private static List<Field> fields(
            Wording wording, Form form, List<Counter> known, List<Counter> places, List<Counter> controls) {
        List<Counter> taken = new ArrayList<>(places);
        taken.addAll(controls);
        return Stream.of(
                        field(wording, form, "event").optional(),
                        field(wording, form, "from").type("date").optional(),
                        field(wording, form, "to").type("date").optional(),
                        field(wording, form, "open").select(CompareFields.hours(0, 23)),
                        field(wording, form, "close").select(CompareFields.hours(1, 24)),
                        CompareFields.place(
                                wording,
                                field(wording, form, "place"),
                                known,
                                taken,
                                places.size() >= EffectQuestion.MOST_PLACES),
                        CompareFields.place(
                                wording,
                                field(wording, form, "control").hint(wording.say("footfall.effect.control.hint")),
                                known,
                                taken,
                                controls.size() >= EffectQuestion.MOST_PLACES))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Field field(Wording wording, Form form, String name) {
        return form.field(name, wording.say("footfall.effect.field.%s".formatted(name)));
    }

    private static Answer answer(Frame frame, Found found, String base) {
        Wording wording = frame.wording();
        EffectQuestion question = found.question();
        Result result = found.result();
        String query = question.query();
        return new Answer(
                title(wording, question),
                verdict(wording, result),
                sentences(wording, found),
                result.reasons().stream()
                        .map(reason -> reason(wording, reason, result))
                        .toList(),
                chart(wording, found),
                placebos(wording, result),
                Table.files(wording, kind -> "%s.%s%s".formatted(PATH, kind.ending(), query)),
                base + PATH + query,
                "<iframe src=\"%s/embed%s%s\" title=\"%s\" width=\"100%%\" height=\"560\"></iframe>"
                        .formatted(base, PATH, query.replace("&", "&amp;"), frame.say("footfall.effect.title")));
    }

    private static Table placebos(Wording wording, Result result) {
        return Table.whole(
                wording.say("footfall.effect.without"),
                List.of(
                        TableColumn.of(
                                wording.say("footfall.effect.without.day"),
                                one -> TableCell.text(wording.date(one.first()))),
                        TableColumn.ofNumbers(
                                wording.say("footfall.effect.without.percent"),
                                one -> percent(wording, 100 * Math.expm1(one.effect())))),
                result.placebos().stream()
                        .sorted(Comparator.comparing(EventEffect.Placebo::first).reversed())
                        .toList());
    }

    private static String title(Wording wording, EffectQuestion question) {
        String when = wording.say(
                "footfall.effect.when",
                ComparePage.span(wording, question.days()),
                "%02d:00".formatted(question.open()),
                "%02d:00".formatted(question.close()));
        return question.name().isEmpty() ? when : "%s, %s".formatted(question.name(), when);
    }

    private static String verdict(Wording wording, Result result) {
        return wording.say(
                "footfall.effect.%s".formatted(key(result)),
                wording.number(Math.rint(Math.abs(result.verdict() == Verdict.UNKNOWN ? 0 : result.percent()))));
    }

    private static List<String> sentences(Wording wording, Found found) {
        Result result = found.result();
        List<String> sentences = new ArrayList<>();
        String calibrated = found.calibrated() == 0 ? "" : wording.say("footfall.calibrated.some", found.calibrated());
        if (result.verdict() == Verdict.UNKNOWN) {
            if (result.hours() > 0) {
                sentences.add(wording.say("footfall.effect.counted", wording.number(Math.rint(result.measured()))));
            }
            return said(sentences, calibrated);
        }
        sentences.add(wording.say(
                "footfall.effect.numbers",
                wording.number(Math.rint(result.measured())),
                wording.number(Math.rint(result.expected())),
                wording.number(Math.floor(result.low())),
                wording.number(Math.ceil(result.high()))));
        sentences.add(wording.say("footfall.effect.placebos", result.placebos().size()));
        if (found.question().controls().isEmpty()) {
            sentences.add(wording.say("footfall.effect.alone"));
        } else {
            sentences.add(wording.say(
                    "footfall.effect.controls",
                    found.question().controls().size(),
                    percent(wording, 100 * Math.expm1(result.controls()))));
        }
        if (result.hours() < result.asked()) {
            sentences.add(wording.say("footfall.effect.hours", result.hours(), result.asked()));
        }
        return said(sentences, calibrated);
    }

    private static List<String> said(List<String> sentences, String last) {
        if (!last.isEmpty() && !sentences.isEmpty()) {
            sentences.add(last);
        }
        return sentences;
    }

    private static String reason(Wording wording, Reason reason, Result result) {
        return wording.say(
                "footfall.effect.reason.%s"
                        .formatted(
                                reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')),
                result.placebos().size());
    }

    private static String percent(Wording wording, double percent) {
        return (percent > 0 ? "+" : "") + wording.number(Math.rint(percent)) + "\u00a0%";
    }

    private static @Nullable Chart chart(Wording wording, Found found) {
        Days event = found.question().days();
        List<Chart.Value> values = found.result().trend().stream()
                .filter(day -> Double.isFinite(day.percent()))
                .map(day ->
                        new Chart.Value(day.day().atStartOfDay(wording.zone()).toInstant(), Math.rint(day.percent())))
                .toList();
        return values.isEmpty()
                ? null
                : Chart.of(
                        wording,
                        new Days(event.first().minusDays(7), event.last()),
                        Step.DAY,
                        List.of(new Chart.Line(wording.say("footfall.effect.line"), "%", Chart.Kind.MEAN, values)));
    }
}
