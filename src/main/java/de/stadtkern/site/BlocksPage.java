package de.stadtkern.site;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.PeriodChooser;
import de.stadtkern.page.Qr;
import de.stadtkern.page.Step;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// What the page of all building blocks shows. All numbers here are examples.
final class BlocksPage {

    static final String PATH = "/blocks";
    private static final String BARS = "bars";
    private static final String LINES = "lines";
    private static final int PAGES = 3;
    static final List<String> TREES = List.of("Ahorn", "Birke", "Erle");
    private static final Days MARCH = Days.endingOn(LocalDate.of(2026, 3, 31), 31);

    private BlocksPage() {}

    /// @param asked what the address says: `sort`, `page`, `from`, `to`, `removed`
    static BlocksView view(Frame frame, Form asked, List<Field> fields) {
        Wording wording = frame.wording();
        LocalDate from = day(asked.value("from"), MARCH.first());
        LocalDate to = day(asked.value("to"), MARCH.last());
        boolean isReversed = to.isBefore(from);
        Days days = isReversed ? MARCH : new Days(from, to);
        boolean removed = asked.isChecked("removed");
        String address =
                ServletUriComponentsBuilder.fromCurrentContextPath().path(PATH).toUriString();
        TableQuestion question = question(asked);
        return new BlocksView(
                Chart.of(wording, days, Step.DAY, bars(wording, days)),
                Chart.of(wording, MARCH, Step.DAY, lines(wording)),
                files(wording, BARS),
                files(wording, LINES),
                List.of(asked.field("q", frame.say("site.blocks.q"))
                        .type("search")
                        .optional()),
                !question.filters().isEmpty(),
                table(wording, trees(question, removed ? TREES.subList(0, 2) : TREES), question),
                table(wording, List.of(), new TableQuestion(PATH, Map.of(), "", 1)),
                chooser(wording, from, to, isReversed ? wording.say("site.blocks.wrong") : ""),
                fields,
                TREES.getLast(),
                removed,
                step(asked.value("page")),
                BlocksExamples.day(wording),
                BlocksExamples.ways(wording),
                BlocksExamples.parts(wording),
                BlocksExamples.week(wording),
                BlocksExamples.year(wording),
                BlocksExamples.places(wording),
                Qr.of(address),
                address);
    }

    private static BlocksView.Step step(String asked) {
        int page = asked.matches("[1-3]") ? Integer.parseInt(asked) : 2;
        return new BlocksView.Step(
                page, PAGES, page > 1 ? "?page=" + (page - 1) : "", page < PAGES ? "?page=" + (page + 1) : "");
    }

    /// A day of March; what is none is taken for the nearest or the usual one.
    private static LocalDate day(String text, LocalDate usual) {
        try {
            LocalDate day = LocalDate.parse(text);
            return day.isBefore(MARCH.first()) ? MARCH.first() : day.isAfter(MARCH.last()) ? MARCH.last() : day;
        } catch (DateTimeException none) {
            return usual;
        }
    }

    /// One for each day, but for three days on which nobody counted.
    private static List<Chart.Value> values(Wording wording, Days days) {
        return LongStream.range(0, days.count())
                .mapToObj(days.first()::plusDays)
                .filter(day -> day.getDayOfMonth() < 13 || day.getDayOfMonth() > 15)
                .map(day -> new Chart.Value(
                        day.atStartOfDay(wording.zone()).toInstant(), 40 + (day.getDayOfMonth() - 1) * 7 % 23))
                .toList();
    }

    private static List<Chart.Line> bars(Wording wording, Days days) {
        return List.of(new Chart.Line("Beispiel", "Stück", Chart.Kind.SUM, values(wording, days)));
    }

    private static List<Chart.Line> lines(Wording wording) {
        List<Chart.Value> values = values(wording, MARCH);
        return List.of(
                new Chart.Line("Beispiel A", "°C", Chart.Kind.MEAN, values),
                new Chart.Line("Beispiel B", "°C", Chart.Kind.MEAN, values.subList(5, 20)),
                new Chart.Line(
                        "Beispiel C",
                        "m",
                        Chart.Kind.MEAN,
                        values.reversed().subList(0, 9).reversed()));
    }

    private static List<Table.File> files(Wording wording, String chart) {
        return Table.files(wording, kind -> PATH + "/charts/" + chart + "." + kind.ending());
    }

    static void writeTrees(Wording wording, Form asked, FileKind kind, OutputStream out) throws IOException {
        TableQuestion question = question(asked);
        Table.write(wording, columns(wording), trees(question, TREES), question, kind, out);
    }

    /// A value of a chart, a row of its file.
    private record Drawn(Chart.Line line, Chart.Value value) {}

    static void writeChart(Wording wording, String chart, FileKind kind, OutputStream out) throws IOException {
        List<Chart.Line> lines = switch (chart) {
            case BARS -> bars(wording, MARCH);
            case LINES -> lines(wording);
            default ->
                throw new Problem(
                        Problem.Kind.MISSING,
                        "chart-unknown",
                        "There is no chart '%.20s', only bars and lines.".formatted(chart));
        };
        List<Drawn> rows = lines.stream()
                .flatMap(line -> line.values().stream().map(value -> new Drawn(line, value)))
                .toList();
        List<TableColumn<Drawn>> columns = List.of(
                new TableColumn<>(
                        "name",
                        wording.say("site.blocks.name"),
                        false,
                        row -> TableCell.text(row.line().name())),
                new TableColumn<>(
                        "day",
                        wording.say("page.chart.table.day"),
                        false,
                        row -> TableCell.time(
                                row.value().start(),
                                wording.date(wording.day(row.value().start())))),
                new TableColumn<>(
                        "value",
                        wording.say("sensors.file.value"),
                        true,
                        row -> TableCell.number(
                                row.value().number(), wording.number(row.value().number()))),
                new TableColumn<>(
                        "unit",
                        wording.say("sensors.file.unit"),
                        false,
                        row -> TableCell.text(row.line().unit())));
        Table.write(wording, columns, rows, new TableQuestion(PATH, Map.of(), "", 1), kind, out);
    }

    private static TableQuestion question(Form asked) {
        return new TableQuestion(PATH, Map.of("q", asked.value("q")), asked.value("sort"), 1);
    }

    private static List<String> trees(TableQuestion question, List<String> trees) {
        String text = question.filters().getOrDefault("q", "").toLowerCase(Locale.ROOT);
        return trees.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(text))
                .toList();
    }

    private static Table table(Wording wording, List<String> names, TableQuestion question) {
        return Table.of(wording, wording.say("site.blocks.table"), columns(wording), names, question);
    }

    static List<TableColumn<String>> columns(Wording wording) {
        return List.of(
                new TableColumn<>("name", wording.say("site.blocks.name"), false, TableCell::text),
                new TableColumn<>(
                        "letters",
                        wording.say("site.blocks.letters"),
                        true,
                        name -> TableCell.number((double) name.length(), wording.number(name.length()))));
    }

    private static PeriodChooser chooser(Wording wording, LocalDate from, LocalDate to, String problem) {
        return new PeriodChooser(
                new PeriodChooser.Asked(from.toString(), to.toString(), "auto", problem, "to")
                        .fields(wording, List.of(Field.Choice.of("auto", wording.say("page.step.auto")))),
                PeriodChooser.usual(wording, MARCH.last(), MARCH.first()).stream()
                        .filter(usual -> !usual.days().first().isBefore(MARCH.first()))
                        .map(usual -> new PeriodChooser.Link(
                                usual.name(),
                                PATH + query(usual.days()),
                                from.equals(usual.days().first())
                                        && to.equals(usual.days().last())))
                        .toList(),
                PATH + query(new Days(MARCH.first(), MARCH.first().plusDays(14))),
                PATH + query(new Days(MARCH.first().plusDays(15), MARCH.last())),
                List.of());
    }

    private static String query(Days days) {
        return "?from=" + days.first() + "&to=" + days.last();
    }
}
