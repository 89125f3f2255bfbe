package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.SearchText;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.TownMap;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The list of all measuring points and what they measure, with its filters; the map shows the same.
@Component
class SensorsPage {

    static final String PATH = "/sensors";
    private static final String STATE = "state";

    private final MeasuringPoints points;
    private final TownMap map;

    SensorsPage(MeasuringPoints points, TownMap map) {
        this.points = points;
        this.map = map;
    }

    /// @param text what name or description contain, whatever their umlauts and capitals
    /// @param what name of an ObservedProperty, empty for all
    /// @param area name of a district, empty for all
    record Filters(String text, String what, String area) {

        TableQuestion question(String sort, int page) {
            Map<String, String> said = new LinkedHashMap<>();
            said.put("q", text);
            said.put("what", what);
            said.put("area", area);
            return new TableQuestion(PATH, said, sort, page);
        }
    }

    SensorsView view(Wording wording, Filters filters, TableQuestion question) {
        List<MeasuringPoint> all = points.list();
        List<MeasuringPoint> left = left(all, filters);
        List<SensorRow> rows = rows(left, filters);
        // Who has fallen silent is known from the usual intervals: of all only where the table is sorted by it.
        boolean isByState = question.column().equals(STATE);
        return new SensorsView(
                Table.of(
                        wording,
                        wording.say("sensors.list.caption", left.size()),
                        columns(wording),
                        isByState ? withUsual(rows) : rows,
                        question,
                        isByState ? UnaryOperator.identity() : this::withUsual),
                left.size(),
                fields(wording, all, filters),
                question.at(PATH + ".geojson"),
                (int) left.stream().filter(point -> point.longitude() != null).count(),
                !all.isEmpty(),
                !question.filters().isEmpty());
    }

    private List<Field> fields(Wording wording, List<MeasuringPoint> all, Filters filters) {
        Form asked = Form.empty()
                .fill("q", filters.text())
                .fill("what", filters.what())
                .fill("area", filters.area());
        TreeSet<String> properties = new TreeSet<>();
        all.forEach(point -> point.series().forEach(series -> properties.add(series.property())));
        List<String> areas =
                map.districts().stream().map(TownMap.District::name).toList();
        List<Field> fields = new ArrayList<>(List.of(
                asked.field("q", wording.say("sensors.list.q")).type("search").optional(),
                asked.field("what", wording.say("sensors.list.what")).select(choices(wording, properties))));
        if (!areas.isEmpty()) {
            fields.add(asked.field("area", wording.say("sensors.list.area")).select(choices(wording, areas)));
        }
        return fields;
    }

    private static List<Field.Choice> choices(Wording wording, Collection<String> names) {
        return Stream.concat(
                        Stream.of(Field.Choice.of("", wording.say("page.filter.all"))),
                        names.stream().map(name -> Field.Choice.data(name, name)))
                .toList();
    }

    void write(Wording wording, Filters filters, TableQuestion question, FileKind kind, OutputStream out)
            throws IOException {
        Table.write(
                wording, columns(wording), withUsual(rows(left(points.list(), filters), filters)), question, kind, out);
    }

    /// The measuring points that the filters leave and whose place is known.
    List<MeasuringPoint> located(Filters filters) {
        return left(points.list(), filters).stream()
                .filter(point -> point.longitude() != null)
                .toList();
    }

    private List<MeasuringPoint> left(List<MeasuringPoint> all, Filters filters) {
        List<TownMap.District> areas = filters.area().isEmpty()
                ? List.of()
                : map.districts().stream()
                        .filter(district -> district.name().equals(filters.area()))
                        .toList();
        return all.stream()
                .filter(point -> filters.text().isBlank() || says(point, filters.text()))
                .filter(point -> filters.what().isEmpty()
                        || point.series().stream()
                                .anyMatch(series -> series.property().equals(filters.what())))
                .filter(point -> filters.area().isEmpty() || isIn(point, areas))
                .toList();
    }

    private static boolean says(MeasuringPoint point, String text) {
        String words = SearchText.plain(Stream.concat(
                        Stream.of(point.name(), point.description()),
                        point.series().stream().flatMap(series -> Stream.of(series.name(), series.property())))
                .reduce("", (one, other) -> one + " " + other));
        return Stream.of(SearchText.plain(text).split(" ")).allMatch(words::contains);
    }

    private static boolean isIn(MeasuringPoint point, List<TownMap.District> areas) {
        return point.longitude() instanceof Double longitude
                && point.latitude() instanceof Double latitude
                && areas.stream().anyMatch(area -> area.contains(longitude, latitude));
    }

    private static List<SensorRow> rows(List<MeasuringPoint> left, Filters filters) {
        return left.stream()
                .flatMap(point -> point.series().isEmpty()
                        ? Stream.of(new SensorRow(point, null, null))
                        : point.series().stream()
                                .filter(series -> filters.what().isEmpty()
                                        || series.property().equals(filters.what()))
                                .map(series -> new SensorRow(point, series, null)))
                .toList();
    }

    /// One statement for them all.
    private List<SensorRow> withUsual(List<SensorRow> rows) {
        Map<Long, Duration> usual = points.usualIntervals(rows.stream()
                .map(SensorRow::series)
                .filter(Objects::nonNull)
                .map(MeasuringPoint.Series::datastreamId)
                .toList());
        return rows.stream()
                .map(row -> row.series() == null
                        ? row
                        : new SensorRow(
                                row.point(),
                                row.series(),
                                usual.get(row.series().datastreamId())))
                .toList();
    }

    private static List<TableColumn<SensorRow>> columns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "point",
                        wording.say("sensors.point"),
                        false,
                        row -> TableCell.link(row.point().name(), SeriesText.address(row.point()))),
                new TableColumn<>(
                        "series",
                        wording.say("sensors.list.series"),
                        false,
                        row -> row.series() == null
                                ? TableCell.text("–")
                                : TableCell.link(row.series().name(), SeriesText.address(row.series()))),
                new TableColumn<>(
                        "value",
                        wording.say("sensors.list.value"),
                        true,
                        row -> TableCell.number(number(row), value(wording, row))),
                new TableColumn<>(
                        "unit",
                        wording.say("sensors.file.unit"),
                        false,
                        row -> TableCell.text(
                                row.series() == null ? "" : row.series().unit())),
                new TableColumn<>(
                        "time",
                        wording.say("sensors.list.age"),
                        false,
                        row -> row.latest() == null
                                ? TableCell.time(null, "–")
                                : TableCell.time(
                                        SeriesText.moment(wording, row.latest()),
                                        wording.age(SeriesText.moment(wording, row.latest())))),
                new TableColumn<>(STATE, wording.say("sensors.list.state"), false, row -> state(wording, row)));
    }

    private static @Nullable Double number(SensorRow row) {
        return row.latest() == null ? null : row.latest().number();
    }

    private static String value(Wording wording, SensorRow row) {
        Double number = number(row);
        return number == null ? "–" : wording.number(number);
    }

    /// For programs `no-value`, `silent` or `current`, and `simulated` behind it where it is.
    private static TableCell state(Wording wording, SensorRow row) {
        MeasuringPoint.Latest latest = row.latest();
        boolean isSilent = latest != null && SeriesText.silent(wording, latest, row.usual());
        String key = latest == null ? "no-value" : isSilent ? "silent" : "current";
        String text =
                wording.say(latest == null ? "sensors.no-value" : isSilent ? "sensors.silent" : "sensors.list.current");
        return row.series() != null && SeriesText.simulated(Objects.requireNonNull(row.series()))
                ? TableCell.word(key + " simulated", text + ", " + wording.say("sensors.simulated"))
                : TableCell.word(key, text);
    }
}
