package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.StackChart;
import de.stadtkern.page.Table;
import de.stadtkern.page.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// In which part of the street people went at one counter, or which kind they were, by the hour of the day and by the
/// day. Zones are drawn as numbers, classes as shares.
@Component
class PartsPage {

    static final String PATH = "/parts";

    private final CalibratedFigures calibrated;
    private final FigureStore figures;
    private final PartStore parts;
    private final SuppressionStore rules;

    PartsPage(CalibratedFigures calibrated, FigureStore figures, PartStore parts, SuppressionStore rules) {
        this.calibrated = calibrated;
        this.figures = figures;
        this.parts = parts;
        this.rules = rules;
    }

    /// @param counter  address of all the rest of it
    /// @param kinds    by what it divides; empty if by nothing
    /// @param rule     which numbers are not shown
    /// @param result   null where the question cannot be answered
    record View(
            String title,
            String name,
            String counter,
            boolean simulated,
            List<PeriodChooser.Link> kinds,
            String rule,
            List<Field> fields,
            @Nullable Result result) {}

    /// @param period   to choose another one
    /// @param title    of the period
    /// @param sentence how many went in each part
    /// @param remarks  what is left out, and what the numbers do not say
    /// @param rest     whether the last part is who went in none
    /// @param hours    null where no hour is shown
    /// @param days     null where no hour is shown
    /// @param empty    which texts say why nothing is shown
    record Result(
            PeriodChooser period,
            String title,
            String sentence,
            List<String> remarks,
            boolean rest,
            @Nullable Drawn hours,
            @Nullable Drawn days,
            String empty,
            String permalink,
            String embed) {}

    /// @param sentence what can be seen in it
    record Drawn(StackChart chart, String title, String sentence, List<Table.File> files) {}

    /// @param key  for programs: an hour of the day, or a day
    /// @param name for people
    record Slot(Object key, String name, String tick, PartSums sums) {}

    /// What is read for a question.
    ///
    /// @param names of the parts, in their order
    record Read(PartsQuestion question, List<String> names, List<PartStore.Hour> hours) {

        PartSums sums() {
            return PartSums.of(hours, names.size());
        }

        /// All hours of the day, also those that are never shown.
        List<Slot> byHour(ZoneId zone) {
            Map<Integer, List<PartStore.Hour>> byHour = hours.stream()
                    .collect(Collectors.groupingBy(
                            hour -> hour.hour().atZone(zone).getHour()));
            return IntStream.range(0, 24)
                    .mapToObj(hour -> new Slot(
                            (double) hour,
                            "%02d:00–%02d:00".formatted(hour, hour + 1),
                            hour % 6 == 0 ? "%02d:00".formatted(hour) : "",
                            PartSums.of(byHour.getOrDefault(hour, List.of()), names.size())))
                    .toList();
        }

        List<Slot> byDay(Wording wording) {
            Map<LocalDate, List<PartStore.Hour>> byDay = hours.stream()
                    .collect(
                            Collectors.groupingBy(hour -> wording.day(hour.hour()), TreeMap::new, Collectors.toList()));
            Days asked = question.days();
            long every = Math.max(1, Math.ceilDiv(asked.count(), 7));
            List<Slot> days = new ArrayList<>();
            for (LocalDate day = asked.first(); !day.isAfter(asked.last()); day = day.plusDays(1)) {
                days.add(new Slot(
                        day,
                        wording.date(day),
                        days.size() % every == 0
                                ? "%02d.%02d.".formatted(day.getDayOfMonth(), day.getMonthValue())
                                : "",
                        PartSums.of(byDay.getOrDefault(day, List.of()), names.size())));
            }
            return days;
        }
    }

    /// By what it divides; empty if by nothing.
    static List<Role> roles(Counter counter) {
        return PartsQuestion.ROLES.stream()
                .filter(role -> !counter.wish().of(role).isEmpty())
                .toList();
    }

    private static Role usual(Counter counter) {
        return roles(counter).stream().findFirst().orElse(Role.ZONE);
    }

    /// @param form takes what is wrong with the question
    View view(Frame frame, Counter counter, Form form, String base) {
        Wording wording = frame.wording();
        LocalDate last = last(wording, counter);
        List<PartsQuestion> asked = new ArrayList<>();
        boolean isRight =
                form.accepts(frame, "footfall", () -> asked.add(PartsQuestion.of(form, usual(counter), last)));
        PartsQuestion question = isRight ? asked.getFirst() : PartsQuestion.usual(usual(counter), last);
        form.fill("from", question.days().first().toString());
        form.fill("to", question.days().last().toString());
        List<Field> fields = List.of(
                form.field("from", wording.say("page.period.from")).type("date").optional(),
                form.field("to", wording.say("page.period.to")).type("date").optional());
        String self = counter.address() + PATH;
        return new View(
                wording.say(
                        "footfall.parts.%s.title".formatted(question.role().key()),
                        counter.wish().name()),
                counter.wish().name(),
                counter.address(),
                counter.wish().simulated(),
                roles(counter).stream()
                        .map(role -> new PeriodChooser.Link(
                                wording.say("footfall.parts.%s".formatted(role.key())),
                                question.of(role).at(self),
                                role == question.role()))
                        .toList(),
                wording.say("footfall.parts.rule", rules.find().smallest()),
                fields,
                isRight && !counter.wish().of(question.role()).isEmpty()
                        ? result(wording, counter, question, last, fields, base)
                        : null);
    }

    private LocalDate last(Wording wording, Counter counter) {
        LocalDate last = figures.lastDays(List.of(counter.id())).get(counter.id());
        return last == null ? wording.day(wording.now()) : last;
    }

    private Read read(Wording wording, Counter counter, PartsQuestion question, java.time.@Nullable Instant asOf) {
        var stretch = new Stretch(
                question.days().from(wording.zone()), question.days().to(wording.zone()));
        return new Read(
                question,
                names(wording, counter, question.role()),
                parts.hours(counter, question.role(), stretch, asOf));
    }

    private static List<String> names(Wording wording, Counter counter, Role role) {
        List<String> names = new ArrayList<>();
        for (Counter.Channel channel : counter.wish().channels()) {
            if (channel.role() == role) {
                String number = wording.say("footfall.parts.%s.number".formatted(role.key()), names.size() + 1);
                names.add(channel.name().isBlank() ? number : channel.name());
            }
        }
        return names;
    }

    private Result result(
            Wording wording, Counter counter, PartsQuestion question, LocalDate last, List<Field> fields, String base) {
        Read read = read(wording, counter, question, null);
        PartSums all = read.sums();
        String self = counter.address() + PATH;
        boolean isShown = all.shown() > 0;
        var words = new PartWords(wording, read.names(), question.role(), all.rest() > 0);
        return new Result(
                period(wording, question, last, fields, self),
                "%s – %s"
                        .formatted(
                                wording.date(question.days().first()),
                                wording.date(question.days().last())),
                isShown ? words.sentence(all) : "",
                remarks(words, counter, question, all),
                all.rest() > 0,
                isShown ? drawn(words, question, self, read.byHour(wording.zone()), all, "hour") : null,
                isShown ? drawn(words, question, self, read.byDay(wording), all, "day") : null,
                all.counted() == 0 ? "footfall.balance.none" : "footfall.parts.hidden",
                base + question.at(self),
                "<iframe src=\"%s/embed%s\" title=\"%s\" width=\"100%%\" height=\"560\"></iframe>"
                        .formatted(
                                base,
                                question.at(self).replace("&", "&amp;"),
                                counter.wish().name().replace("&", "&amp;").replace("\"", "&quot;")));
    }

    private static Drawn drawn(
            PartWords words, PartsQuestion question, String self, List<Slot> slots, PartSums all, String by) {
        return new Drawn(
                words.chart(slots, by),
                words.title(by),
                extremes(words, slots, all),
                Table.files(words.wording(), kind -> question.at(self + "." + kind.ending()) + "&by=" + by));
    }

    /// Where the largest part has most and where least.
    private static String extremes(PartWords words, List<Slot> slots, PartSums all) {
        int largest = IntStream.range(0, all.counts().size())
                .boxed()
                .max(Comparator.comparingDouble(part -> all.counts().get(part)))
                .orElse(0);
        Comparator<Slot> byShare =
                Comparator.comparingDouble(slot -> slot.sums().share(largest));
        List<Slot> shown = slots.stream()
                .filter(slot -> !Double.isNaN(slot.sums().share(largest)))
                .toList();
        return shown.isEmpty()
                ? ""
                : words.extremes(
                        largest,
                        shown.stream().max(byShare).orElseThrow(),
                        shown.stream().min(byShare).orElseThrow());
    }

    private List<String> remarks(PartWords words, Counter counter, PartsQuestion question, PartSums all) {
        ZoneId zone = words.wording().zone();
        boolean isCalibrated = !calibrated
                .factors(true)
                .getOrDefault(counter.id(), Factors.NONE)
                .within(question.days().from(zone), question.days().to(zone))
                .isEmpty();
        return all.counted() == 0
                ? List.of()
                : Stream.of(
                                words.hours(all),
                                all.small() > 0 && all.shown() > 0 ? words.say("footfall.parts.rare") : "",
                                all.shown() > 0 ? words.together(all) : "",
                                isCalibrated && all.shown() > 0 ? words.say("footfall.parts.uncalibrated") : "")
                        .filter(remark -> !remark.isEmpty())
                        .toList();
    }

    private static PeriodChooser period(
            Wording wording, PartsQuestion question, LocalDate last, List<Field> fields, String self) {
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
                List.of(new PeriodChooser.Hidden("of", question.role().key())));
    }

    /// Sums of the hours that are shown, with how many they are of how many; or each hour.
    ///
    /// @param form says the question; `by` is hour of the day, day, or single hour; `as-of` a moment, for what was
    ///             published then
    void write(Wording wording, Counter counter, Form form, FileKind kind, OutputStream out) throws IOException {
        PartsQuestion question = PartsQuestion.of(form, usual(counter), last(wording, counter));
        String asOf = form.value("as-of");
        java.time.Instant then = asOf.isEmpty() ? null : FootfallController.moment(asOf);
        PartsFile.By by = PartsFile.By.of(form.value("by"));
        Suppression rule = then == null ? rules.find() : rules.asOf(then);
        PartsFile.write(wording, read(wording, counter, question, then), by, rule, kind, out);
    }
}
