package de.stadtkern.sensors;

import de.stadtkern.page.Days;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Step;
import de.stadtkern.page.TableFile;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The values of Datastreams as a file, a row for each value, written while they are read.
@Component
class SeriesFile {

    private static final int DAYS_AT_ONCE = 366;

    private final SeriesValues values;
    private final ObservationReader reader;

    SeriesFile(SeriesValues values, ObservationReader reader) {
        this.values = values;
        this.reader = reader;
    }

    void write(List<MeasuringPoint.Series> all, Days days, Step step, FileKind kind, Wording wording, OutputStream out)
            throws IOException {
        List<String> keys = step == Step.RAW
                ? List.of("datastream", "name", "start", "end", "value", "unit")
                : List.of("datastream", "name", "start", "value", "unit", "count", "min", "max");
        List<TableFile.Column> columns = keys.stream()
                .map(key -> new TableFile.Column(key, wording.say("sensors.file." + key)))
                .toList();
        try (TableFile file = TableFile.open(kind, out, wording.zone(), columns)) {
            for (MeasuringPoint.Series series : all) {
                if (step == Step.RAW) {
                    single(file, series, days, wording.zone());
                } else {
                    buckets(file, series, step.whole(days), step, wording.zone());
                }
            }
        }
    }

    private void single(TableFile file, MeasuringPoint.Series series, Days days, ZoneId zone) throws IOException {
        try {
            reader.read(series.datastreamId(), days.from(zone), days.to(zone), row -> {
                NewObservation value = row.observation();
                write(
                        file,
                        series.datastreamId(),
                        series.name(),
                        value.start(),
                        value.end(),
                        value.json() == null ? (Object) value.number() : value.json(),
                        series.unit());
            });
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private void buckets(TableFile file, MeasuringPoint.Series series, Days days, Step step, ZoneId zone)
            throws IOException {
        Aggregation aggregation = series.aggregation() == Aggregation.SUM ? Aggregation.SUM : Aggregation.MEAN;
        try {
            pieces(days, step).forEach(piece -> {
                for (Bucket bucket : values.buckets(series.datastreamId(), piece, step, zone)) {
                    write(
                            file,
                            series.datastreamId(),
                            series.name(),
                            step == Step.HOUR ? bucket.start() : LocalDate.ofInstant(bucket.start(), zone),
                            bucket.value(aggregation),
                            series.unit(),
                            bucket.n(),
                            bucket.min(),
                            bucket.max());
                }
            });
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    /// Weeks and months are few; hours and days are read a year at a time.
    private static Stream<Days> pieces(Days days, Step step) {
        if (step == Step.WEEK || step == Step.MONTH) {
            return Stream.of(days);
        }
        return Stream.iterate(days.first(), first -> !first.isAfter(days.last()), first -> first.plusDays(DAYS_AT_ONCE))
                .map(first -> {
                    LocalDate last = first.plusDays(DAYS_AT_ONCE - 1L);
                    return new Days(first, last.isAfter(days.last()) ? days.last() : last);
                });
    }

    private static void write(TableFile file, @Nullable Object... cells) {
        try {
            file.row(Arrays.asList(cells));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// Such as `fussgaenger-je-stunde-2026-11-01-2026-11-30.csv`.
    static String name(String words, Days days, FileKind kind) {
        return "%s-%s-%s.%s".formatted(words.toLowerCase(Locale.ROOT), days.first(), days.last(), kind.ending());
    }
}
