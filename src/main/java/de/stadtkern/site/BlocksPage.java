package de.stadtkern.site;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// What the page of all building blocks shows. All numbers here are examples.
final class BlocksPage {

    static final String PATH = "/blocks";
    static final List<String> TREES = List.of("Ahorn", "Birke", "Erle");
    private static final Days MARCH = Days.endingOn(LocalDate.of(2026, 3, 31), 31);

    private BlocksPage() {}

    /// @param asked what the address says: `sort`, `from`, `to`, `removed`
    static BlocksView view(Frame frame, Form asked, List<Field> fields) {
        Wording wording = frame.wording();
        LocalDate from = day(asked.value("from"), MARCH.first());
        LocalDate to = day(asked.value("to"), MARCH.last());
        boolean isReversed = to.isBefore(from);
        Days days = isReversed ? MARCH : new Days(from, to);
        boolean removed = asked.isChecked("removed");
        String address =
                ServletUriComponentsBuilder.fromCurrentContextPath().path(PATH).toUriString();
        return new BlocksView(
                Chart.of(
                        wording,
                        days,
                        Step.DAY,
                        List.of(new Chart.Line("Beispiel", "Stück", Chart.Kind.SUM, values(wording, days)))),
                lines(wording),
                table(wording, removed ? TREES.subList(0, 2) : TREES, asked.value("sort")),
                table(wording, List.of(), ""),
                chooser(wording, from, to, isReversed ? wording.say("site.blocks.wrong") : ""),
                fields,
                TREES.getLast(),
                removed,
                Qr.of(address),
                address);
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

    private static Chart lines(Wording wording) {
        List<Chart.Value> values = values(wording, MARCH);
        return Chart.of(
                wording,
                MARCH,
                Step.DAY,
                List.of(
                        new Chart.Line("Beispiel A", "°C", Chart.Kind.MEAN, values),
                        new Chart.Line("Beispiel B", "°C", Chart.Kind.MEAN, values.subList(5, 20)),
                        new Chart.Line(
                                "Beispiel C",
                                "m",
                                Chart.Kind.MEAN,
                                values.reversed().subList(0, 9).reversed())));
    }

    private static Table table(Wording wording, List<String> names, String sort) {
        return Table.of(
                wording,
                wording.say("site.blocks.table"),
                columns(wording),
                names,
                new TableQuestion(PATH, Map.of(), sort, 1));
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
                from.toString(),
                to.toString(),
                List.of(new PeriodChooser.Choice("auto", wording.say("page.step.auto"), true)),
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
                List.of(),
                problem,
                "to");
    }

    private static String query(Days days) {
        return "?from=" + days.first() + "&to=" + days.last();
    }
}
