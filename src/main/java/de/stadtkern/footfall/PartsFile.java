package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.TableFile;
import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parts of a counter as a file: a row for each of them and each hour of the day, day, or hour.
final class PartsFile {

    private static final List<String> SUMS = List.of(
            "part",
            "name",
            "count",
            "share",
            "total",
            "hours_shown",
            "hours_small",
            "hours_held",
            "hours_unknown",
            "hours_counted");
    private static final List<String> HOURS = List.of("hour", "part", "name", "count", "share", "total", "parts");

    private PartsFile() {}

    enum By {
        HOUR,
        DAY,
        SINGLE;

        static By of(String key) {
            return key.isEmpty()
                    ? HOUR
                    : Stream.of(values())
                            .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(key))
                            .findFirst()
                            .orElseThrow(() -> Problem.field("by", "by-unknown", "'by' is 'hour', 'day' or 'single'."));
        }
    }

    static void write(Wording wording, PartsPage.Read read, By by, Suppression rule, FileKind kind, OutputStream out)
            throws IOException {
        List<String> columns = switch (by) {
            case HOUR -> Stream.concat(Stream.of("hour_of_day"), SUMS.stream()).toList();
            case DAY -> Stream.concat(Stream.of("day"), SUMS.stream()).toList();
            case SINGLE -> HOURS;
        };
        List<TableFile.Column> heads = columns.stream()
                .map(key -> new TableFile.Column(key, wording.say("footfall.file.%s".formatted(key))))
                .toList();
        try (TableFile file = TableFile.open(kind, out, wording.zone(), heads)) {
            switch (by) {
                case HOUR -> sums(file, read, read.byHour(wording.zone()));
                case DAY -> sums(file, read, read.byDay(wording));
                case SINGLE -> hours(file, read, rule);
            }
        }
    }

    private static void sums(TableFile file, PartsPage.Read read, List<PartsPage.Slot> slots) throws IOException {
        for (PartsPage.Slot slot : slots) {
            PartSums sums = slot.sums();
            boolean isShown = sums.shown() > 0;
            for (int part = 0; part < read.names().size(); part++) {
                List<@Nullable Object> cells = new ArrayList<>();
                cells.add(slot.key());
                cells.add(part + 1.0);
                cells.add(read.names().get(part));
                cells.add(isShown ? sums.counts().get(part) : null);
                cells.add(share(sums.share(part)));
                cells.add(isShown ? sums.total() : null);
                cells.add((double) sums.shown());
                cells.add((double) sums.small());
                cells.add((double) sums.held());
                cells.add((double) sums.unknown());
                cells.add((double) sums.counted());
                file.row(cells);
            }
        }
    }

    private static void hours(TableFile file, PartsPage.Read read, Suppression rule) throws IOException {
        for (PartStore.Hour hour : read.hours()) {
            for (int part = 0; part < read.names().size(); part++) {
                Double count = hour.division() instanceof Division.Counted counted
                        ? counted.counts().get(part)
                        : null;
                List<@Nullable Object> cells = new ArrayList<>();
                cells.add(hour.hour());
                cells.add(part + 1.0);
                cells.add(read.names().get(part));
                cells.add(count);
                cells.add(count == null ? null : share(count / hour.total()));
                cells.add(hour.total());
                cells.add(rule.word(hour.division()));
                file.row(cells);
            }
        }
    }

    private static @Nullable Double share(double share) {
        return Double.isFinite(share) ? Math.rint(share * 1e4) / 1e4 : null;
    }
}
