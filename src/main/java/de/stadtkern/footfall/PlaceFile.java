package de.stadtkern.footfall;

import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.TableFile;
import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Hours of a counter as a file, each row with its state and the method it was made by.
@Component
class PlaceFile {

    private static final int BATCH_DAYS = 100;
    private static final List<String> COLUMNS = List.of(
            "hour",
            "value",
            "low",
            "high",
            "state",
            "completeness",
            "counted",
            "method",
            "published_at",
            "settled_at",
            "factor",
            "calibration",
            "in",
            "out",
            "directions");

    private final HourStore hours;
    private final CalibrationStore calibrations;
    private final SuppressionStore rules;
    private final TownWeather weather;

    PlaceFile(HourStore hours, CalibrationStore calibrations, SuppressionStore rules, TownWeather weather) {
        this.hours = hours;
        this.calibrations = calibrations;
        this.rules = rules;
        this.weather = weather;
    }

    /// @param last  included
    /// @param asOf  as published then, by the factors that were in the books then; null for now
    record Wanted(
            LocalDate first,
            LocalDate last,
            PlacePage.Reading reading,
            @Nullable Instant asOf) {
        Wanted {
            if (last.isBefore(first)) {
                throw Problem.field("to", "period-reversed", "'to' (%s) is before 'from' (%s).".formatted(last, first));
            }
        }
    }

    void write(Wording wording, Counter counter, Wanted wanted, FileKind kind, OutputStream out) throws IOException {
        // What was known of the weather at an earlier moment is not kept.
        boolean isWeather = wanted.asOf() == null && weather.isShown();
        List<TableFile.Column> heads = Stream.concat(
                        COLUMNS.stream(), isWeather ? WeatherBeside.COLUMNS.stream() : Stream.empty())
                .map(key -> new TableFile.Column(key, wording.say("footfall.file.%s".formatted(key))))
                .toList();
        Stretch all = new Stretch(
                wanted.first().atStartOfDay(wording.zone()).toInstant(),
                wanted.last().plusDays(1).atStartOfDay(wording.zone()).toInstant());
        Stretch there = hours.extent(counter.id())
                .map(extent -> new Stretch(
                        extent.from().isAfter(all.from()) ? extent.from() : all.from(),
                        extent.to().isBefore(all.to()) ? extent.to() : all.to()))
                .orElse(new Stretch(all.to(), all.to()));
        Factors factors =
                wanted.reading().calibrated() ? calibrations.factors(counter.id(), wanted.asOf()) : Factors.NONE;
        Suppression rule = wanted.asOf() == null ? rules.find() : rules.asOf(wanted.asOf());
        try (TableFile file = TableFile.open(kind, out, wording.zone(), heads)) {
            for (Instant from = there.from(); from.isBefore(there.to()); ) {
                Instant end = from.plusSeconds(BATCH_DAYS * 86_400L);
                Instant to = end.isBefore(there.to()) ? end : there.to();
                Map<Instant, Sky> skies = isWeather ? weather.observed(from, to) : Map.of();
                for (CountedHour hour : list(counter.id(), from, to, wanted.asOf())) {
                    List<@Nullable Object> cells =
                            cells(hour, factors, wanted.reading().estimates(), rule);
                    if (isWeather) {
                        cells.addAll(WeatherBeside.numbers(skies.get(hour.hour())));
                    }
                    file.row(cells);
                }
                from = to;
            }
        }
    }

    private List<CountedHour> list(long counter, Instant from, Instant to, @Nullable Instant asOf) {
        return asOf == null ? hours.list(counter, from, to) : hours.listAsOf(counter, from, to, asOf);
    }

    private static List<@Nullable Object> cells(CountedHour raw, Factors factors, boolean estimates, Suppression rule) {
        boolean hidden = raw.state() == HourState.ESTIMATED && !estimates;
        CountedHour hour = factors.of(raw);
        List<Calibration> applied = hidden || raw.value() == null ? List.of() : factors.at(raw.hour());
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(hour.hour());
        cells.add(hidden ? null : rounded(hour.value()));
        cells.add(hidden ? null : rounded(hour.low()));
        cells.add(hidden ? null : rounded(hour.high()));
        cells.add(hidden ? HourState.MISSING.key() : hour.state().key());
        cells.add(hour.completeness());
        cells.add(hour.counted());
        cells.add((double) hour.method());
        cells.add(hour.since());
        cells.add(hour.settledAt());
        cells.add(applied.isEmpty() ? null : rounded(factors.applied(raw).value()));
        cells.add(applied.isEmpty() ? null : CalibrationWords.names(applied));
        Directions directions = factors.calibrated(raw.hour(), raw.directions());
        cells.add(directions instanceof Directions.Counted counted ? rounded(counted.inward()) : null);
        cells.add(directions instanceof Directions.Counted counted ? rounded(counted.outward()) : null);
        cells.add(rule.word(directions));
        return cells;
    }

    /// A count times a factor has no end of digits.
    private static @Nullable Double rounded(@Nullable Double number) {
        return number == null ? null : Math.round(number * 10_000) / 10_000.0;
    }
}
