package de.stadtkern.footfall;

import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.footfall.FigureStore.Figure;
import de.stadtkern.footfall.FootfallPage.SoFar;
import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.BandChart;
import de.stadtkern.page.Frame;
import de.stadtkern.page.HeatMap;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// One counter for everybody: a day against the usual, its week by hours, its last days, and how sure all of it is.
@Component
class PlacePage {

    private static final int WEEKS = 8;
    private static final int DAYS = 14;
    private static final Duration HOUR = Duration.ofHours(1);

    private final HourStore hours;
    private final FigureStore figures;
    private final CalibratedFigures calibrated;
    private final ProfileStore profiles;
    private final CounterPeriods periods;
    private final OpeningStore openings;
    private final Counters counters;
    private final SuppressionStore rules;
    private final TownWeather weather;

    PlacePage(
            HourStore hours,
            FigureStore figures,
            CalibratedFigures calibrated,
            ProfileStore profiles,
            CounterPeriods periods,
            OpeningStore openings,
            Counters counters,
            SuppressionStore rules,
            TownWeather weather) {
        this.hours = hours;
        this.figures = figures;
        this.calibrated = calibrated;
        this.profiles = profiles;
        this.periods = periods;
        this.openings = openings;
        this.counters = counters;
        this.rules = rules;
        this.weather = weather;
    }

    /// How somebody wants to see the figures.
    ///
    /// @param estimates  whether estimates are shown
    /// @param calibrated whether factors are applied
    record Reading(boolean estimates, boolean calibrated) {

        private String address(String self, LocalDate day) {
            return "%s?day=%s%s".formatted(self, day, query());
        }

        private String query() {
            return (estimates ? "" : "&estimates=off") + (calibrated ? "" : "&calibration=off");
        }

        private Reading otherEstimates() {
            return new Reading(!estimates, calibrated);
        }

        private Reading otherCalibration() {
            return new Reading(estimates, !calibrated);
        }
    }

    /// @param sentence  what the day was like
    /// @param compared  with the usual, empty where nothing is usual yet
    /// @param chart     null where nothing is known of the day
    /// @param weather   what it was, or will be, in words with its source; empty where nobody knows
    /// @param notes     what somebody knows of it
    /// @param previous  address of the day before, empty if there is none
    /// @param switched  this page with estimates, or without
    /// @param estimates whether they are shown
    /// @param factors   by which the figures of the day are multiplied, each in words
    /// @param uncalibrated this page without factors, or with them; empty if the counter has none
    /// @param any       whether there ever was an hour
    /// @param year      of the day; null where none of its days is known
    /// @param days      the last ones; null before the first
    /// @param embed     markup with which another page shows the day that is the last one then
    /// @param directions address of the page that says which way they went; empty where nobody counts that
    /// @param parts     pages that say in which part of the street people went, or which kind they were
    /// @param rule      which directions the files do not show; empty where there are none
    /// @param edit      for editors, else empty
    record View(
            String name,
            String place,
            boolean simulated,
            boolean any,
            String day,
            String sentence,
            String compared,
            String level,
            String completeness,
            @Nullable BandChart chart,
            String chartSentence,
            List<String> weather,
            List<String> notes,
            String previous,
            String next,
            String permalink,
            boolean estimates,
            String switched,
            List<String> factors,
            boolean calibrated,
            String uncalibrated,
            @Nullable HeatMap week,
            String weekSentence,
            @Nullable YearMap year,
            @Nullable Table days,
            List<Table.File> files,
            String embed,
            String compare,
            String directions,
            List<PeriodChooser.Link> parts,
            String rule,
            String sign,
            String quality,
            String edit) {}

    /// @param base scheme and host as the reader sees them
    View view(Frame frame, Counter counter, @Nullable LocalDate wanted, Reading reading, String base) {
        Wording wording = frame.wording();
        ZoneId zone = wording.zone();
        LocalDate today = wording.day(wording.now());
        Optional<LocalDate> last =
                Optional.ofNullable(figures.lastDays(List.of(counter.id())).get(counter.id()));
        LocalDate shown = wanted != null
                ? wanted
                : last.map(day -> CounterLearning.shownDay(day, today)).orElse(today);
        Stretch stretch = FootfallPage.stretch(shown, zone);
        Stretch ahead =
                shown.equals(today) ? new Stretch(stretch.from(), stretch.to().plus(Duration.ofDays(1))) : stretch;
        Factors known = calibrated.factors(true).getOrDefault(counter.id(), Factors.NONE);
        Factors factors = reading.calibrated() ? known : Factors.NONE;
        List<CountedHour> list = hours.list(counter.id(), stretch.from(), stretch.to()).stream()
                .map(factors::of)
                .toList();
        Map<Instant, ProfileStore.Expected> expected = profiles.of(counter.id(), ahead.from(), ahead.to());
        expected.replaceAll((_, usual) -> factors.of(usual));
        boolean estimates = reading.estimates();
        SoFar soFar = FootfallPage.soFar(
                list.stream()
                        .filter(hour -> estimates || hour.state() != HourState.ESTIMATED)
                        .map(hour -> new Figure(hour.hour(), hour.value(), hour.directions(), hour.state()))
                        .toList(),
                expected);
        String level = FootfallPage.level(soFar);
        boolean nothing = list.isEmpty() && expected.isEmpty();
        String self = counter.address();
        WeatherBeside sky = WeatherBeside.of(wording, weather, ahead);
        List<HeatMap.Row> week = weekRows(wording, counter.id(), last, estimates, factors);
        return new View(
                counter.wish().name(),
                counter.wish().place(),
                counter.wish().simulated(),
                last.isPresent() || !list.isEmpty(),
                wording.weekday(shown) + " " + shown.getYear(),
                sentence(wording, soFar, shown.equals(today)),
                level.isEmpty()
                        ? ""
                        : wording.say(
                                "footfall.level.%s".formatted(level),
                                wording.number(Math.abs(FootfallPage.percent(soFar.sum(), soFar.expected()))),
                                wording.number(Math.rint(soFar.expected()))),
                level,
                completeness(wording, list),
                nothing ? null : chart(wording, ahead, list, expected, sky, estimates),
                chartSentence(wording, soFar, expected, today.equals(shown)),
                sky.sentences(stretch),
                notes(wording, counter.id(), stretch),
                last.isEmpty() ? "" : reading.address(self, shown.minusDays(1)),
                shown.isBefore(today) ? reading.address(self, shown.plusDays(1)) : "",
                base + self + "?day=" + shown,
                estimates,
                reading.otherEstimates().address(self, shown),
                factors.within(stretch.from(), stretch.to()).stream()
                        .map(factor -> CalibrationWords.applied(wording, factor))
                        .toList(),
                reading.calibrated(),
                known.isEmpty() ? "" : reading.otherCalibration().address(self, shown),
                week == null ? null : week(wording, week),
                week == null ? "" : weekSentence(wording, week),
                YearMap.of(
                                wording,
                                shown.getYear(),
                                calibrated.days(
                                        List.of(counter.id()),
                                        shown.with(TemporalAdjusters.firstDayOfYear()),
                                        shown.with(TemporalAdjusters.lastDayOfYear()),
                                        Map.of(counter.id(), factors),
                                        zone),
                                estimates)
                        .orElse(null),
                days(wording, self, counter.id(), last, reading, factors),
                Table.files(
                        wording,
                        kind -> "%s/hours.%s?from=%s&to=%s%s"
                                .formatted(self, kind.ending(), shown.minusDays(DAYS - 1L), shown, reading.query())),
                "<iframe src=\"%s/embed%s\" title=\"%s\" width=\"100%%\" height=\"560\"></iframe>"
                        .formatted(
                                base,
                                self,
                                counter.wish().name().replace("&", "&amp;").replace("\"", "&quot;")),
                ComparePage.PATH + "?place=" + counter.wish().slug(),
                counter.wish().dividesByDirection() ? self + BalancePage.PATH : "",
                PartsPage.roles(counter).stream()
                        .map(role -> new PeriodChooser.Link(
                                wording.say("footfall.parts.%s.link".formatted(role.key())),
                                "%s%s?of=%s".formatted(self, PartsPage.PATH, role.key()),
                                false))
                        .toList(),
                counter.wish().dividesByDirection()
                        ? wording.say("footfall.balance.rule", rules.find().smallest())
                        : "",
                self + "/sign",
                self + "/quality",
                counters.mayEdit() ? "/counters/" + counter.id() : "");
    }

    private static String sentence(Wording wording, SoFar soFar, boolean today) {
        if (soFar.until() == null) {
            return wording.say(today ? "footfall.place.today.nothing" : "footfall.place.day.nothing");
        }
        String mixed = soFar.estimated() > 0 ? ".mixed" : "";
        String estimated = wording.number(Math.rint(soFar.estimated()));
        return today
                ? wording.say(
                        "footfall.today" + mixed,
                        wording.endTime(soFar.until()),
                        wording.number(Math.rint(soFar.sum())),
                        estimated)
                : wording.say("footfall.place.day" + mixed, wording.number(Math.rint(soFar.sum())), estimated);
    }

    /// How the hours came about, in words, each state with its number.
    private static String completeness(Wording wording, List<CountedHour> list) {
        Map<HourState, Long> states = list.stream()
                .collect(Collectors.groupingBy(CountedHour::state, java.util.TreeMap::new, Collectors.counting()));
        return states.entrySet().stream()
                .map(entry ->
                        wording.say("footfall.hours.%s".formatted(entry.getKey().key()), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static BandChart chart(
            Wording wording,
            Stretch ahead,
            List<CountedHour> list,
            Map<Instant, ProfileStore.Expected> expected,
            WeatherBeside sky,
            boolean estimates) {
        Map<Instant, CountedHour> byHour =
                list.stream().collect(Collectors.toMap(CountedHour::hour, Function.identity()));
        List<BandChart.Hour> drawn = new ArrayList<>();
        for (Instant hour = ahead.from(); hour.isBefore(ahead.to()); hour = hour.plus(HOUR)) {
            CountedHour one = byHour.get(hour);
            boolean hidden = one != null && one.state() == HourState.ESTIMATED && !estimates;
            Double value = one == null || hidden ? null : one.value();
            ProfileStore.Expected usual = expected.get(hour);
            boolean isOver = !hour.plus(HOUR).isAfter(wording.now());
            int clock = hour.atZone(wording.zone()).getHour();
            drawn.add(new BandChart.Hour(
                    clock % 6 == 0 ? tick(wording, hour, clock) : "",
                    value,
                    one != null && one.state() == HourState.ESTIMATED,
                    isOver,
                    usual == null ? null : usual.likely().low(),
                    usual == null ? null : usual.likely().high(),
                    usual == null ? null : usual.expected(),
                    Stream.concat(cells(wording, hour, one, value, usual, isOver).stream(), sky.cells(hour).stream())
                            .toList()));
        }
        List<String> heads = List.of(
                wording.say("footfall.file.hour"),
                wording.say("footfall.file.value"),
                wording.say("footfall.column.state"),
                wording.say("footfall.column.usual"));
        return BandChart.of(
                        wording,
                        Stream.concat(heads.stream(), sky.heads().stream()).toList(),
                        drawn)
                .with(sky.rows(ahead));
    }

    private static String tick(Wording wording, Instant hour, int clock) {
        return clock == 0 ? wording.shortDay(wording.day(hour)) : wording.time(hour);
    }

    private static List<String> cells(
            Wording wording,
            Instant hour,
            @Nullable CountedHour one,
            @Nullable Double value,
            ProfileStore.@Nullable Expected usual,
            boolean isOver) {
        String state = one == null
                ? isOver ? wording.say("footfall.state.waiting") : wording.say("footfall.state.ahead")
                : value == null && one.state() == HourState.ESTIMATED
                        ? wording.say("footfall.state.missing")
                        : wording.say("footfall.state.%s".formatted(one.state().key()));
        String interval = value == null || one == null || one.low() == null || one.high() == null
                ? ""
                : " (%s–%s)".formatted(wording.number(Math.rint(one.low())), wording.number(Math.rint(one.high())));
        return List.of(
                wording.dateTime(hour),
                value == null ? "–" : wording.number(Math.rint(value)) + interval,
                state,
                usual == null
                        ? "–"
                        : "%s–%s"
                                .formatted(
                                        wording.number(Math.rint(usual.likely().low())),
                                        wording.number(Math.rint(usual.likely().high()))));
    }

    private static String chartSentence(
            Wording wording, SoFar soFar, Map<Instant, ProfileStore.Expected> expected, boolean today) {
        String usual = expected.isEmpty()
                ? wording.say("footfall.chart.no-usual")
                : expected.values().stream()
                        .max(java.util.Comparator.comparingDouble(ProfileStore.Expected::expected))
                        .map(most -> wording.say(
                                "footfall.chart.most",
                                wording.dateTime(most.hour()),
                                wording.number(Math.rint(most.likely().low())),
                                wording.number(Math.rint(most.likely().high()))))
                        .orElse("");
        return wording.say(
                        today ? "footfall.chart.today" : "footfall.chart.day",
                        wording.number(Math.rint(soFar.sum())),
                        soFar.hours())
                + " " + usual;
    }

    private List<String> notes(Wording wording, long counter, Stretch day) {
        LocalDate date = wording.day(day.from());
        Stream<String> open = openings
                .of(counter)
                .on(date)
                .map(opening -> opening.text(date.getDayOfWeek()))
                .map(times -> times.isEmpty()
                        ? wording.say("footfall.opening.shut")
                        : wording.say("footfall.opening.open", times))
                .stream();
        return Stream.concat(
                        open,
                        periods.of(counter).stream()
                                .filter(period -> period.touches(day.from(), day.to()))
                                .map(period -> said(wording, period)))
                .toList();
    }

    /// What is known of a time, in a sentence.
    static String said(Wording wording, CounterPeriod period) {
        String kind = wording.say("footfall.period.%s".formatted(period.kind().key()));
        Instant to = period.to();
        return period.kind() == CounterPeriod.Kind.BREAK || to == null
                ? wording.say("footfall.period.since", kind, wording.dateTime(period.from()), period.reason())
                : wording.say(
                        "footfall.period.from-to",
                        kind,
                        wording.dateTime(period.from()),
                        wording.dateTime(to),
                        period.reason());
    }

    private @Nullable List<HeatMap.Row> weekRows(
            Wording wording, long counter, Optional<LocalDate> last, boolean estimates, Factors factors) {
        if (last.isEmpty()) {
            return null;
        }
        Instant to = last.get().plusDays(1).atStartOfDay(wording.zone()).toInstant();
        Instant from = last.get()
                .minusDays(7L * WEEKS - 1)
                .atStartOfDay(wording.zone())
                .toInstant();
        double[][] sums = new double[7][24];
        int[][] numbers = new int[7][24];
        calibrated
                .hours(Map.of(counter, new Stretch(from, to)), Map.of(counter, factors))
                .getOrDefault(counter, List.of())
                .stream()
                .filter(hour -> hour.state().isCounted() || estimates && hour.state() == HourState.ESTIMATED)
                .forEach(hour -> {
                    var local = hour.hour().atZone(wording.zone());
                    Double value = hour.value();
                    sums[local.getDayOfWeek().getValue() - 1][local.getHour()] += value == null ? 0 : value;
                    numbers[local.getDayOfWeek().getValue() - 1][local.getHour()]++;
                });
        List<HeatMap.Row> rows = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            List<@Nullable Double> means = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                means.add(numbers[day][hour] == 0 ? null : Math.rint(sums[day][hour] / numbers[day][hour]));
            }
            rows.add(new HeatMap.Row(
                    java.time.DayOfWeek.of(day + 1)
                            .getDisplayName(java.time.format.TextStyle.SHORT_STANDALONE, wording.locale()),
                    means));
        }
        return rows;
    }

    private static HeatMap week(Wording wording, List<HeatMap.Row> rows) {
        return HeatMap.of(
                wording,
                java.util.stream.IntStream.range(0, 24)
                        .mapToObj("%02d:00"::formatted)
                        .toList(),
                6,
                rows,
                "");
    }

    private static String weekSentence(Wording wording, List<HeatMap.Row> rows) {
        double most = -1;
        String when = "";
        for (int day = 0; day < 7; day++) {
            for (int hour = 0; hour < 24; hour++) {
                Double number = rows.get(day).numbers().get(hour);
                if (number != null && number > most) {
                    most = number;
                    when = wording.say(
                            "footfall.week.when",
                            java.time.DayOfWeek.of(day + 1)
                                    .getDisplayName(java.time.format.TextStyle.FULL_STANDALONE, wording.locale()),
                            "%02d:00".formatted(hour),
                            "%02d:00".formatted(hour + 1));
                }
            }
        }
        return most < 0 ? "" : wording.say("footfall.week.sentence", when, wording.number(most), WEEKS);
    }

    private @Nullable Table days(
            Wording wording, String self, long counter, Optional<LocalDate> last, Reading reading, Factors factors) {
        if (last.isEmpty()) {
            return null;
        }
        List<DaySum> days = calibrated.days(
                List.of(counter),
                last.get().minusDays(DAYS - 1L),
                last.get(),
                Map.of(counter, factors),
                wording.zone());
        boolean estimates = reading.estimates();
        return Table.whole(
                wording.say("footfall.days.title"),
                List.of(
                        TableColumn.of(
                                wording.say("footfall.days.day"),
                                day -> TableCell.link(wording.weekday(day.day()), reading.address(self, day.day()))),
                        TableColumn.ofNumbers(
                                wording.say("footfall.file.value"),
                                day -> wording.number(Math.rint(day.counted() + (estimates ? day.estimated() : 0)))),
                        TableColumn.ofNumbers(
                                wording.say("footfall.days.estimated"),
                                day -> estimates ? wording.number(Math.rint(day.estimated())) : "–"),
                        TableColumn.ofNumbers(
                                wording.say("footfall.days.share"),
                                day -> Double.isNaN(day.completeness())
                                        ? "–"
                                        : wording.number(Math.rint(100 * day.completeness())) + "\u00a0%")),
                days.reversed());
    }
}
