package de.stadtkern.site;

import de.stadtkern.page.BandChart;
import de.stadtkern.page.HeatMap;
import de.stadtkern.page.MirrorChart;
import de.stadtkern.page.StackChart;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Made up hours, days and places for the drawings of the page of all building blocks: the same at every visit.
final class BlocksExamples {

    private static final int HOURS = 24;
    private static final int DAYS = 31;
    private static final List<Place> PLACES = List.of(
            new Place("Beispiel A", 11.5872, 50.9283),
            new Place("Beispiel B", 11.5921, 50.9301),
            new Place("Beispiel C", 11.5808, 50.9262));

    private BlocksExamples() {}

    /// @param longitude degrees WGS 84, as is `latitude`
    private record Place(String name, double longitude, double latitude) {}

    /// A day with the weather beside it, an hour that was worked out, one of which nothing is known, and an evening
    /// that is still to come.
    static BandChart day(Wording wording) {
        BandChart.Beside warm = new BandChart.Beside(
                "°C",
                wording.say("footfall.weather.legend.temperature"),
                List.of("3", "2", "4", "8", "11", "12", "9", "6"));
        return BandChart.of(
                        wording,
                        List.of(
                                wording.say("footfall.file.hour"),
                                wording.say("footfall.file.value"),
                                wording.say("footfall.column.state"),
                                wording.say("footfall.column.usual")),
                        IntStream.range(0, HOURS)
                                .mapToObj(hour -> hour(wording, hour))
                                .toList())
                .with(List.of(warm));
    }

    private static BandChart.Hour hour(Wording wording, int hour) {
        double usual = usual(hour);
        boolean isOver = hour < 20;
        boolean isEstimated = hour == 11;
        Double value = isOver && hour != 15 ? Math.rint(usual * (0.8 + hour % 5 * 0.1)) : null;
        String state = value == null
                ? isOver ? "footfall.state.missing" : "footfall.state.ahead"
                : isEstimated ? "footfall.state.estimated" : "footfall.state.measured";
        return new BandChart.Hour(
                hour % 6 == 0 ? "%02d:00".formatted(hour) : "",
                value,
                isEstimated,
                isOver,
                usual * 0.75,
                usual * 1.25,
                usual,
                List.of(
                        "%02d:00".formatted(hour),
                        value == null ? "–" : wording.number(value),
                        wording.say(state),
                        "%s–%s"
                                .formatted(
                                        wording.number(Math.rint(usual * 0.75)),
                                        wording.number(Math.rint(usual * 1.25)))));
    }

    static MirrorChart ways(Wording wording) {
        return MirrorChart.of(
                wording,
                List.of(
                        wording.say("footfall.balance.hour"),
                        wording.say("footfall.balance.in"),
                        wording.say("footfall.balance.out")),
                IntStream.range(0, HOURS).mapToObj(hour -> way(wording, hour)).toList());
    }

    private static MirrorChart.Slot way(Wording wording, int hour) {
        Double in = hour < 4 ? null : Math.rint(usual(hour + 4));
        Double out = hour < 4 ? null : Math.rint(usual(hour));
        return new MirrorChart.Slot(
                hour % 6 == 0 ? "%02d:00".formatted(hour) : "",
                in,
                out,
                List.of(
                        "%02d:00".formatted(hour),
                        in == null ? "–" : wording.number(in),
                        out == null ? "–" : wording.number(out)));
    }

    static StackChart parts(Wording wording) {
        List<String> names = IntStream.rangeClosed(1, 3)
                .mapToObj(part -> wording.say("footfall.parts.zone.number", part))
                .toList();
        return StackChart.of(
                wording,
                "",
                names,
                Stream.concat(Stream.of(wording.say("footfall.balance.hour")), names.stream())
                        .toList(),
                IntStream.range(0, HOURS).mapToObj(hour -> part(wording, hour)).toList());
    }

    private static StackChart.Slot part(Wording wording, int hour) {
        List<Double> values = hour < 4
                ? List.of()
                : List.of(Math.rint(usual(hour)), Math.rint(usual(hour + 4) / 2), Math.rint(usual(hour - 3) / 3));
        List<String> cells = new ArrayList<>();
        cells.add("%02d:00".formatted(hour));
        for (int at = 0; at < 3; at++) {
            cells.add(values.isEmpty() ? "–" : wording.number(values.get(at)));
        }
        return new StackChart.Slot(hour % 6 == 0 ? "%02d:00".formatted(hour) : "", values, cells);
    }

    private static double usual(int hour) {
        return 40 + 400 * Math.exp(-Math.pow((hour - 15) / 4.5, 2));
    }

    static HeatMap week(Wording wording) {
        List<HeatMap.Row> rows = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            List<@Nullable Double> numbers = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                boolean isUnknown = day == DayOfWeek.SUNDAY && hour < 6;
                numbers.add(isUnknown ? null : Math.rint(usual(hour) * (day == DayOfWeek.SATURDAY ? 1.4 : 1)));
            }
            rows.add(new HeatMap.Row(day.getDisplayName(TextStyle.SHORT_STANDALONE, wording.locale()), numbers));
        }
        return HeatMap.of(
                wording,
                IntStream.range(0, HOURS).mapToObj("%02d:00"::formatted).toList(),
                6,
                rows,
                "");
    }

    static HeatMap year(Wording wording) {
        List<HeatMap.Row> rows = new ArrayList<>();
        for (Month month : Month.values()) {
            List<@Nullable Double> numbers = new ArrayList<>();
            for (int day = 1; day <= YearMonth.of(2026, month).lengthOfMonth(); day++) {
                numbers.add(
                        month == Month.MARCH && day > 12 && day < 16 ? null : month.getValue() * 20.0 + day % 7 * 30);
            }
            rows.add(new HeatMap.Row(month.getDisplayName(TextStyle.SHORT_STANDALONE, wording.locale()), numbers));
        }
        return HeatMap.of(
                wording,
                IntStream.rangeClosed(1, DAYS).mapToObj(String::valueOf).toList(),
                5,
                rows,
                "");
    }

    /// The list beside the map.
    static Table places(Wording wording) {
        return Table.whole(
                wording.say("site.blocks.places"),
                List.of(
                        TableColumn.of(
                                wording.say("site.blocks.name"),
                                place -> TableCell.link(place.name(), BlocksPage.PATH + "#map")),
                        TableColumn.ofNumbers(
                                wording.say("people.changes.field.longitude"),
                                place -> String.valueOf(place.longitude())),
                        TableColumn.ofNumbers(
                                wording.say("people.changes.field.latitude"),
                                place -> String.valueOf(place.latitude()))),
                PLACES);
    }

    /// The same as GeoJSON.
    static Map<String, Object> geoJson(Wording wording) {
        return Map.of(
                "type",
                "FeatureCollection",
                "features",
                PLACES.stream()
                        .map(place -> Map.of(
                                "type",
                                "Feature",
                                "geometry",
                                Map.of("type", "Point", "coordinates", List.of(place.longitude(), place.latitude())),
                                "properties",
                                Map.of(
                                        "name",
                                        place.name(),
                                        "text",
                                        wording.say("site.blocks.place.text"),
                                        "address",
                                        BlocksPage.PATH + "#map")))
                        .toList());
    }
}
