package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.footfall.FigureStore.Figure;
import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.MirrorChart;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableFile;
import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which way people went at one counter, by the hour of the day and by the day.
@Component
class BalancePage {

    static final String PATH = "/directions";
    private static final List<String> COLUMNS =
            List.of("in", "out", "share_in", "hours_shown", "hours_small", "hours_held", "hours_counted");

    private final CalibratedFigures calibrated;
    private final FigureStore figures;
    private final SuppressionStore rules;

    BalancePage(CalibratedFigures calibrated, FigureStore figures, SuppressionStore rules) {
        this.calibrated = calibrated;
        this.figures = figures;
        this.rules = rules;
    }

    /// @param counter  address of all the rest of it
    /// @param divides  whether directions are counted there
    /// @param rule     which numbers are not shown
    /// @param inward   as people call the one direction
    /// @param outward  the other one
    /// @param result   null where the question cannot be answered
    record View(
            String name,
            String counter,
            boolean simulated,
            boolean divides,
            String rule,
            String inward,
            String outward,
            List<Field> fields,
            @Nullable Result result) {}

    /// @param period   to choose another one
    /// @param title    of the period
    /// @param sentence which way more went
    /// @param remarks  what is left out, and by what the rest was multiplied
    /// @param hours    null where no hour is shown
    /// @param days     null where no hour is shown
    /// @param empty    which texts say why nothing is shown
    /// @param uncalibrated this page without factors, or with them; empty if the counter has none
    record Result(
            PeriodChooser period,
            String title,
            String sentence,
            List<String> remarks,
            @Nullable Drawn hours,
            @Nullable Drawn days,
            String empty,
            boolean calibrated,
            String uncalibrated,
            String permalink,
            String embed) {}

    /// @param sentence what can be seen in it
    record Drawn(MirrorChart chart, String sentence, List<Table.File> files) {}

    /// @param name     for people
    /// @param key      for programs: an hour of the day, or a day
    record Part(Object key, String name, String tick, Balance balance) {}

    /// What is read for a question.
    private record Read(Factors known, Factors applied, List<Figure> hours) {

        Balance balance() {
            return Balance.of(hours, applied);
        }
    }

    /// @param form takes what is wrong with the question
    View view(Frame frame, Counter counter, Form form, String base) {
        Wording wording = frame.wording();
        LocalDate last = last(wording, counter);
        List<BalanceQuestion> asked = new ArrayList<>();
        boolean isRight = form.accepts(frame, "footfall", () -> asked.add(BalanceQuestion.of(form, last)));
        BalanceQuestion question = isRight ? asked.getFirst() : BalanceQuestion.usual(last);
        form.fill("from", question.days().first().toString());
        form.fill("to", question.days().last().toString());
        List<Field> fields = List.of(
                form.field("from", wording.say("page.period.from")).type("date").optional(),
                form.field("to", wording.say("page.period.to")).type("date").optional());
        return new View(
                counter.wish().name(),
                counter.address(),
                counter.wish().simulated(),
                counter.wish().dividesByDirection(),
                wording.say("footfall.balance.rule", rules.find().smallest()),
                direction(wording, counter, Role.IN),
                direction(wording, counter, Role.OUT),
                fields,
                isRight && counter.wish().dividesByDirection()
                        ? result(wording, counter, question, last, fields, base)
                        : null);
    }

    private LocalDate last(Wording wording, Counter counter) {
        LocalDate last = figures.lastDays(List.of(counter.id())).get(counter.id());
        return last == null ? wording.day(wording.now()) : last;
    }

    private static String direction(Wording wording, Counter counter, Role role) {
        String name = counter.wish().nameOf(role);
        return name.isEmpty() ? wording.say("footfall.balance.%s".formatted(role.key())) : name;
    }

    private Read read(Counter counter, BalanceQuestion question, ZoneId zone) {
        Factors known = calibrated.factors(true).getOrDefault(counter.id(), Factors.NONE);
        var stretch = new Stretch(question.days().from(zone), question.days().to(zone));
        return new Read(
                known,
                question.calibrated() ? known : Factors.NONE,
                figures.hours(Map.of(counter.id(), stretch).entrySet()).getOrDefault(counter.id(), List.of()));
    }

    private Result result(
            Wording wording,
            Counter counter,
            BalanceQuestion question,
            LocalDate last,
            List<Field> fields,
            String base) {
        Read read = read(counter, question, wording.zone());
        Balance all = read.balance();
        String self = counter.address() + PATH;
        List<Part> hours = hours(wording, read);
        List<Part> days = days(wording, question, read);
        return new Result(
                period(wording, question, last, fields, self),
                "%s – %s"
                        .formatted(
                                wording.date(question.days().first()),
                                wording.date(question.days().last())),
                all.shown() == 0 ? "" : sentence(wording, counter, all),
                remarks(wording, question, read, all),
                all.shown() == 0
                        ? null
                        : new Drawn(
                                chart(wording, counter, hours, true),
                                extremes(wording, counter, hours),
                                files(wording, question, self, "hour")),
                all.shown() == 0
                        ? null
                        : new Drawn(
                                chart(wording, counter, days, false),
                                extremes(wording, counter, days),
                                files(wording, question, self, "day")),
                all.counted() == 0 ? "footfall.balance.none" : "footfall.balance.hidden",
                question.calibrated(),
                read.known().isEmpty() ? "" : question.otherCalibration().at(self),
                base + question.at(self),
                "<iframe src=\"%s/embed%s\" title=\"%s\" width=\"100%%\" height=\"560\"></iframe>"
                        .formatted(
                                base,
                                self,
                                counter.wish().name().replace("&", "&amp;").replace("\"", "&quot;")));
    }

    private static String sentence(Wording wording, Counter counter, Balance all) {
        return wording.say(
                "footfall.balance.sentence",
                direction(wording, counter, Role.IN),
                wording.number(Math.rint(all.inward())),
                percent(wording, all.share()),
                direction(wording, counter, Role.OUT),
                wording.number(Math.rint(all.outward())),
                percent(wording, 1 - all.share()));
    }

    private static String percent(Wording wording, double share) {
        return Double.isNaN(share) ? "–" : wording.number(Math.rint(100 * share)) + "\u00a0%";
    }

    private static List<String> remarks(Wording wording, BalanceQuestion question, Read read, Balance all) {
        Stream<String> hours = all.counted() == 0
                ? Stream.of()
                : Stream.of(wording.say("footfall.balance.hours", all.shown(), all.counted(), all.small(), all.held()));
        return Stream.concat(
                        hours,
                        read
                                .applied()
                                .within(
                                        question.days().from(wording.zone()),
                                        question.days().to(wording.zone()))
                                .stream()
                                .map(factor -> CalibrationWords.applied(wording, factor)))
                .toList();
    }

    /// All hours of the day, also those that are never shown.
    private static List<Part> hours(Wording wording, Read read) {
        Map<Integer, List<Figure>> byHour = read.hours().stream()
                .collect(Collectors.groupingBy(
                        hour -> hour.hour().atZone(wording.zone()).getHour()));
        return IntStream.range(0, 24)
                .mapToObj(hour -> new Part(
                        (double) hour,
                        "%02d:00–%02d:00".formatted(hour, hour + 1),
                        hour % 6 == 0 ? "%02d:00".formatted(hour) : "",
                        Balance.of(byHour.getOrDefault(hour, List.of()), read.applied())))
                .toList();
    }

    private static List<Part> days(Wording wording, BalanceQuestion question, Read read) {
        Map<LocalDate, List<Figure>> byDay = read.hours().stream()
                .collect(Collectors.groupingBy(hour -> wording.day(hour.hour()), TreeMap::new, Collectors.toList()));
        long every = Math.max(1, Math.ceilDiv(question.days().count(), 7));
        List<Part> days = new ArrayList<>();
        for (LocalDate day = question.days().first();
                !day.isAfter(question.days().last());
                day = day.plusDays(1)) {
            days.add(new Part(
                    day,
                    wording.date(day),
                    days.size() % every == 0 ? "%02d.%02d.".formatted(day.getDayOfMonth(), day.getMonthValue()) : "",
                    Balance.of(byDay.getOrDefault(day, List.of()), read.applied())));
        }
        return days;
    }

    /// @param isMean each bar is the mean of the hours that are shown, else their sum
    private static MirrorChart chart(Wording wording, Counter counter, List<Part> parts, boolean isMean) {
        String by = isMean ? "footfall.balance.hour" : "footfall.days.day";
        return MirrorChart.of(
                wording,
                List.of(
                        wording.say(by),
                        direction(wording, counter, Role.IN),
                        direction(wording, counter, Role.OUT),
                        wording.say("footfall.balance.share", direction(wording, counter, Role.IN)),
                        wording.say("footfall.balance.shown")),
                parts.stream().map(part -> slot(wording, part, isMean)).toList());
    }

    private static MirrorChart.Slot slot(Wording wording, Part part, boolean isMean) {
        Balance balance = part.balance();
        double by = isMean ? balance.shown() : 1;
        Double up = balance.shown() == 0 ? null : balance.inward() / by;
        Double down = balance.shown() == 0 ? null : balance.outward() / by;
        return new MirrorChart.Slot(
                part.tick(),
                up,
                down,
                List.of(
                        part.name(),
                        up == null ? "–" : wording.number(Math.rint(up)),
                        down == null ? "–" : wording.number(Math.rint(down)),
                        percent(wording, balance.share()),
                        wording.say("footfall.balance.of", balance.shown(), balance.counted())));
    }

    /// Where the one and where the other direction outweighs most.
    private static String extremes(Wording wording, Counter counter, List<Part> parts) {
        List<Part> shown = parts.stream()
                .filter(part -> !Double.isNaN(part.balance().share()))
                .toList();
        Comparator<Part> byShare =
                Comparator.comparingDouble(part -> part.balance().share());
        Part most = shown.stream().max(byShare).orElse(null);
        Part least = shown.stream().min(byShare).orElse(null);
        if (most == null
                || least == null
                || most.balance().share() == least.balance().share()) {
            return wording.say("footfall.balance.even");
        }
        return wording.say(
                "footfall.balance.extremes",
                direction(wording, counter, Role.IN),
                most.name(),
                percent(wording, most.balance().share()),
                direction(wording, counter, Role.OUT),
                least.name(),
                percent(wording, 1 - least.balance().share()));
    }

    private static PeriodChooser period(
            Wording wording, BalanceQuestion question, LocalDate last, List<Field> fields, String self) {
        Days days = question.days();
        return new PeriodChooser(
                fields,
                PeriodChooser.usual(wording, last, last).subList(0, 4).stream()
                        .map(named -> new PeriodChooser.Link(
                                named.name(),
                                question.over(named.days()).at(self),
                                named.days().equals(days)))
                        .toList(),
                question.over(days.previous()).at(self),
                question.over(days.next()).at(self),
                question.calibrated() ? List.of() : List.of(new PeriodChooser.Hidden("calibration", "off")));
    }

    private static List<Table.File> files(Wording wording, BalanceQuestion question, String self, String by) {
        return Table.files(wording, kind -> question.at(self + "." + kind.ending()) + "&by=" + by);
    }

    /// Sums of the hours that are shown, with how many they are of how many.
    ///
    /// @param form says the question, and `by=day` for days instead of hours of the day
    void write(Wording wording, Counter counter, Form form, FileKind kind, OutputStream out) throws IOException {
        BalanceQuestion question = BalanceQuestion.of(form, last(wording, counter));
        boolean isDaily = form.value("by").equals("day");
        if (!isDaily && !Set.of("", "hour").contains(form.value("by"))) {
            throw Problem.field("by", "by-unknown", "'by' is 'hour' or 'day'.");
        }
        Read read = read(counter, question, wording.zone());
        List<TableFile.Column> heads = Stream.concat(Stream.of(isDaily ? "day" : "hour_of_day"), COLUMNS.stream())
                .map(key -> new TableFile.Column(key, wording.say("footfall.file.%s".formatted(key))))
                .toList();
        List<Part> parts = isDaily ? days(wording, question, read) : hours(wording, read);
        try (TableFile file = TableFile.open(kind, out, wording.zone(), heads)) {
            for (Part part : parts) {
                file.row(cells(part));
            }
        }
    }

    private static List<@Nullable Object> cells(Part part) {
        Balance balance = part.balance();
        Function<Double, @Nullable Double> shown =
                number -> balance.shown() == 0 || Double.isNaN(number) ? null : Math.rint(number * 1e4) / 1e4;
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(part.key());
        cells.add(shown.apply(balance.inward()));
        cells.add(shown.apply(balance.outward()));
        cells.add(shown.apply(balance.share()));
        cells.add((double) balance.shown());
        cells.add((double) balance.small());
        cells.add((double) balance.held());
        cells.add((double) balance.counted());
        return cells;
    }
}
