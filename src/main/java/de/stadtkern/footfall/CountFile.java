package de.stadtkern.footfall;

import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.SourceFile;
import de.stadtkern.connect.TableValues;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A file of counts with weather beside them: the hours of each place, all on the same days.
///
/// Counts for parts of an hour are summed; an hour in which a part is missing is missing.
final class CountFile {

    private static final long HOUR = 3_600;
    /// Texts of a column of weather that get a column of their own.
    private static final int MOST_TEXTS = 12;

    /// @param places  in the order of their names
    /// @param weather of each place; empty if none was asked for
    /// @param report  what was read and refused
    record Read(List<HourlySeries> places, Map<String, Weather> weather, ImportReport report) {}

    /// @param zone of the place, and of times without an offset
    record Question(String time, String count, @Nullable String place, ZoneId zone, List<String> weather) {}

    /// One column of one place: values by their second.
    private static final class Column {
        private final TreeMap<Long, Double> numbers = new TreeMap<>();
        private final TreeMap<Long, String> texts = new TreeMap<>();
    }

    private CountFile() {}

    static Read read(SourceFile file, Question question) throws IOException {
        List<String> columns = Stream.concat(Stream.of(question.count()), question.weather().stream())
                .toList();
        var wanted = new TableValues.Wanted(question.time(), question.zone(), question.place(), columns);
        Map<String, List<Column>> read = new TreeMap<>();
        ImportReport report = TableValues.read(file, wanted, new TableValues.Sink() {
            @Override
            public void number(String place, int column, Instant start, double number) {
                of(read, place, columns.size()).get(column).numbers.put(start.getEpochSecond(), number);
            }

            @Override
            public void text(String place, int column, Instant start, String text) {
                of(read, place, columns.size()).get(column).texts.put(start.getEpochSecond(), text);
            }
        });
        List<HourlySeries> series = read.entrySet().stream()
                .map(place -> hours(place.getKey(), question, place.getValue().getFirst()))
                .filter(Objects::nonNull)
                .toList();
        if (series.isEmpty()) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "no-counts",
                    "The column '%s' holds no counts: %d lines, %d refused%s."
                            .formatted(
                                    question.count(),
                                    report.lines(),
                                    report.refused(),
                                    report.refusals().stream()
                                            .findFirst()
                                            .map(first -> ", the first: " + first)
                                            .orElse("")));
        }
        List<HourlySeries> aligned = aligned(series);
        Map<String, Weather> weather = new LinkedHashMap<>();
        if (!question.weather().isEmpty()) {
            aligned.forEach(place -> weather.put(
                    place.place(), weather(question, place, Objects.requireNonNull(read.get(place.place())))));
        }
        return new Read(aligned, weather, report);
    }

    private static List<Column> of(Map<String, List<Column>> read, String place, int columns) {
        return read.computeIfAbsent(
                place, _ -> Stream.generate(Column::new).limit(columns).toList());
    }

    private static @Nullable HourlySeries hours(String place, Question question, Column column) {
        if (column.numbers.isEmpty()) {
            return null;
        }
        int parts = parts(column.numbers.keySet());
        Map<Instant, Double> sums = new LinkedHashMap<>();
        Map<Instant, Integer> there = new LinkedHashMap<>();
        column.numbers.forEach((second, number) -> {
            Instant hour = Instant.ofEpochSecond(Math.floorDiv(second, HOUR) * HOUR);
            sums.merge(hour, number, Double::sum);
            there.merge(hour, 1, Integer::sum);
        });
        sums.keySet().removeIf(hour -> Objects.requireNonNull(there.get(hour)) < parts);
        sums.values().removeIf(sum -> sum < 0);
        return sums.isEmpty() ? null : HourlySeries.of(place, question.zone(), sums);
    }

    /// How many values an hour usually has.
    private static int parts(Collection<Long> seconds) {
        long[] sorted = seconds.stream().mapToLong(Long::longValue).toArray();
        long[] steps = new long[Math.max(0, sorted.length - 1)];
        for (int at = 0; at < steps.length; at++) {
            steps[at] = sorted[at + 1] - sorted[at];
        }
        Arrays.sort(steps);
        long usual = steps.length == 0 ? HOUR : steps[steps.length / 2];
        if (usual > HOUR) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "not-hourly",
                    "The counts are %d minutes apart; an hour or less is needed.".formatted(usual / 60));
        }
        return (int) Math.max(1, HOUR / Math.max(1, usual));
    }

    private static List<HourlySeries> aligned(List<HourlySeries> series) {
        LocalDate first = series.stream()
                .map(place -> place.hours().date(0))
                .min(LocalDate::compareTo)
                .orElseThrow();
        LocalDate last = series.stream()
                .map(place -> place.hours().date(place.hours().days() - 1))
                .max(LocalDate::compareTo)
                .orElseThrow();
        return series.stream().map(place -> place.reaching(first, last)).toList();
    }

    private static Weather weather(Question question, HourlySeries place, List<Column> columns) {
        List<String> names = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (int each = 0; each < question.weather().size(); each++) {
            String name = question.weather().get(each);
            Column column = columns.get(each + 1);
            if (!column.numbers.isEmpty()) {
                float[] numbers = new float[place.size()];
                Arrays.fill(numbers, Float.NaN);
                column.numbers.forEach((second, number) -> put(place, numbers, second, number.floatValue()));
                names.add(name);
                values.add(numbers);
            }
            texts(column).forEach(text -> {
                float[] is = new float[place.size()];
                column.texts.forEach((second, now) -> put(place, is, second, now.equals(text) ? 1 : 0));
                names.add(name + " " + text);
                values.add(is);
            });
        }
        return new Weather(names, values);
    }

    private static void put(HourlySeries place, float[] into, long second, float value) {
        int at = place.hours().at(Instant.ofEpochSecond(second));
        if (at >= 0 && at < into.length) {
            into[at] = value;
        }
    }

    /// The most frequent ones.
    private static List<String> texts(Column column) {
        Map<String, Integer> counts = new TreeMap<>();
        column.texts.values().forEach(text -> counts.merge(text, 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TEXTS)
                .map(Map.Entry::getKey)
                .toList();
    }
}
