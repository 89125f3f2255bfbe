package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How good forecasts and filled gaps were, for everybody: of all counters, and of one day by day.
@Component
class ScoreboardPage {

    /// Measured days that are taken together.
    private static final int DAYS = 30;
    private static final int DAYS_OF_ONE = 365;

    private final Counters counters;
    private final ScoreStore scores;

    ScoreboardPage(Counters counters, ScoreStore scores) {
        this.counters = counters;
        this.scores = scores;
    }

    /// @param name      of the counter it is about; empty: all of them
    /// @param sentences what was measured, in words; empty if nothing was
    record View(
            String name,
            String address,
            List<String> sentences,
            @Nullable Table table) {}

    private record Row(
            Counter counter,
            @Nullable DayScore forecast,
            @Nullable DayScore gap) {}

    View view(Frame frame, TableQuestion question) {
        List<Row> rows = rows();
        return new View(
                "",
                "",
                sentences(frame, rows.stream().flatMap(ScoreboardPage::both).toList()),
                rows.isEmpty()
                        ? null
                        : Table.of(
                                frame.wording(),
                                frame.say("footfall.ranking.caption", rows.size()),
                                columns(frame.wording()),
                                rows,
                                question));
    }

    void write(Wording wording, TableQuestion question, FileKind kind, OutputStream out) throws IOException {
        Table.write(wording, columns(wording), rows(), question, kind, out);
    }

    View view(Frame frame, Counter counter, TableQuestion question) {
        List<DayScore> days = scores.list(counter.id(), DAYS_OF_ONE);
        return new View(
                counter.wish().name(),
                counter.address(),
                sentences(frame, scores.together(List.of(counter.id()), DAYS)),
                days.isEmpty()
                        ? null
                        : Table.of(
                                frame.wording(),
                                frame.say(
                                        "footfall.quality.days", counter.wish().name()),
                                dayColumns(frame.wording()),
                                days,
                                question));
    }

    void write(Wording wording, Counter counter, TableQuestion question, FileKind kind, OutputStream out)
            throws IOException {
        Table.write(wording, dayColumns(wording), scores.list(counter.id(), DAYS_OF_ONE), question, kind, out);
    }

    private static java.util.stream.Stream<DayScore> both(Row row) {
        return java.util.stream.Stream.of(row.forecast(), row.gap()).filter(java.util.Objects::nonNull);
    }

    /// Counters with a measured day, in their order.
    private List<Row> rows() {
        List<Counter> all = counters.shown();
        Map<Long, Map<DayScore.Kind, DayScore>> byCounter = new HashMap<>();
        scores.together(all.stream().map(Counter::id).toList(), DAYS)
                .forEach(score -> byCounter
                        .computeIfAbsent(score.counterId(), _ -> new EnumMap<>(DayScore.Kind.class))
                        .put(score.kind(), score));
        List<Row> rows = new ArrayList<>();
        for (Counter counter : all) {
            Map<DayScore.Kind, DayScore> own = byCounter.get(counter.id());
            if (own != null) {
                rows.add(new Row(counter, own.get(DayScore.Kind.FORECAST), own.get(DayScore.Kind.GAP)));
            }
        }
        return rows;
    }

    private static List<String> sentences(Frame frame, List<DayScore> scores) {
        List<String> sentences = new ArrayList<>();
        for (DayScore.Kind kind : DayScore.Kind.values()) {
            List<DayScore> own =
                    scores.stream().filter(score -> score.kind() == kind).toList();
            double counted = own.stream().mapToDouble(DayScore::counted).sum();
            if (counted > 0) {
                int hours = own.stream().mapToInt(DayScore::hours).sum();
                sentences.add(frame.say(
                        "footfall.quality.sentence.%s".formatted(kind.key()),
                        own.stream().mapToInt(DayScore::days).sum(),
                        frame.wording()
                                .number(percent(
                                        own.stream().mapToDouble(DayScore::off).sum() / counted)),
                        frame.wording()
                                .number(percent(own.stream()
                                                .mapToDouble(DayScore::plainOff)
                                                .sum()
                                        / counted)),
                        frame.wording()
                                .number(percent((double) own.stream()
                                                .mapToInt(DayScore::likely)
                                                .sum()
                                        / hours))));
            }
        }
        return sentences;
    }

    /// With one decimal.
    private static double percent(double share) {
        return Math.rint(1000 * share) / 10;
    }

    private static List<TableColumn<Row>> columns(Wording wording) {
        List<TableColumn<Row>> columns = new ArrayList<>();
        columns.add(new TableColumn<>(
                "place",
                wording.say("footfall.ranking.place"),
                false,
                row -> TableCell.link(row.counter().wish().name(), row.counter().address() + "/quality")));
        for (DayScore.Kind kind : DayScore.Kind.values()) {
            Function<Row, @Nullable DayScore> part = kind == DayScore.Kind.FORECAST ? Row::forecast : Row::gap;
            columns.add(count(wording, kind.key() + "-days", part));
            columns.add(share(wording, kind.key() + "-off", row -> of(part.apply(row), DayScore::share)));
            columns.add(share(wording, kind.key() + "-plain", row -> of(part.apply(row), DayScore::plainShare)));
            columns.add(share(
                    wording,
                    kind.key() + "-likely",
                    row -> of(part.apply(row), score -> (double) score.likely() / score.hours())));
            columns.add(share(
                    wording,
                    kind.key() + "-wide",
                    row -> of(part.apply(row), score -> (double) score.wide() / score.hours())));
        }
        return columns;
    }

    private static List<TableColumn<DayScore>> dayColumns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "day",
                        wording.say("footfall.days.day"),
                        false,
                        score -> new TableCell(score.day().toString(), wording.date(score.day()), "")),
                new TableColumn<>(
                        "kind",
                        wording.say("footfall.quality.kind"),
                        false,
                        score -> TableCell.text(wording.say("footfall.quality.kind.%s"
                                .formatted(score.kind().key())))),
                new TableColumn<>(
                        "hours",
                        wording.say("footfall.quality.hours"),
                        true,
                        score -> TableCell.number((double) score.hours(), wording.number(score.hours()))),
                share(wording, "off", DayScore::share),
                share(wording, "plain", DayScore::plainShare),
                share(wording, "likely", score -> (double) score.likely() / score.hours()),
                share(wording, "wide", score -> (double) score.wide() / score.hours()));
    }

    private static @Nullable Double of(@Nullable DayScore score, Function<DayScore, Double> number) {
        return score == null ? null : number.apply(score);
    }

    private static TableColumn<Row> count(Wording wording, String key, Function<Row, @Nullable DayScore> part) {
        return new TableColumn<>(key, wording.say("footfall.quality.%s".formatted(key)), true, row -> {
            DayScore score = part.apply(row);
            return score == null
                    ? TableCell.number(null, "–")
                    : TableCell.number((double) score.days(), wording.number(score.days()));
        });
    }

    private static <T> TableColumn<T> share(Wording wording, String key, Function<T, @Nullable Double> share) {
        return new TableColumn<>(key, wording.say("footfall.quality.%s".formatted(key)), true, row -> {
            Double value = share.apply(row);
            // Where nobody came there is nothing to be off from.
            return value == null || !Double.isFinite(value)
                    ? TableCell.number(null, "–")
                    : TableCell.number(percent(value), wording.number(percent(value)) + "\u00a0%");
        });
    }
}
