package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChartTest {

    private final Scenario street = new Scenario();

    @Test
    void aMissingHourIsAGapAndAZeroIsABar() {
        street.on("2026-07-01").counts("2026-06-30T22:00:00Z", 5, 0).counts("2026-07-01T01:00:00Z", 10);
        assertThat(street.bars()).isEqualTo("M0 100V50h3V100z M4 100V100h3V100z M12 100V0h3V100z");
        assertThat(street.gaps()).isEqualTo("M8 0h4v100h-4z M16 0h80v100h-80z");
        assertThat(street.column(0)).startsWith("00:00=5 01:00=0 02:00=– 03:00=10 04:00=–");
    }

    @Test
    void anHourThatIsNotOverMissesNothing() {
        street.now("2026-07-01T02:30:00Z").on("2026-07-01").counts("2026-06-30T22:00:00Z", 5, 6, 7, 8);
        assertThat(street.gaps()).isEmpty();
        assertThat(street.column(0)).startsWith("00:00=5 01:00=6 02:00=7 03:00=8 04:00= 05:00=");
    }

    @Test
    void theSentenceSaysTheTotalTheBusiestHourAndWhatIsMissing() {
        street.on("2026-07-01").counts("2026-06-30T22:00:00Z", 5, 1200);
        assertThat(street.sentence())
                .isEqualTo("1. Juli 2026 bis 1. Juli 2026: insgesamt 1.205\u00a0Personen, am meisten am Mittwoch,"
                        + " 1. Juli zwischen 01:00 und 02:00 Uhr mit 1.200. Für 22 von 24 Stunden fehlt der Wert.");
    }

    @Test
    void aLineIsInterruptedWhereAValueIsMissing() {
        street.on("2026-07-01").levels("2026-06-30T22:00:00Z", 0, 10).levels("2026-07-01T03:00:00Z", 5);
        assertThat(street.line()).isEqualTo("M0 100h2 L6 0 M20 50h2");
    }

    @Test
    void theNightSummerTimeEndsHasItsHourTwice() {
        street.on("2026-10-25").counts("2026-10-24T22:00:00Z", 1, 2, 3, 4, 5);
        assertThat(street.hours()).isEqualTo(25);
        assertThat(street.column(0)).startsWith("00:00=1 01:00=2 02:00=3 02:00 (zum zweiten Mal)=4 03:00=5 04:00=–");
    }

    @Test
    void theNightSummerTimeBeginsLacksAnHourWithoutMissingIt() {
        street.on("2026-03-28", "2026-03-29").counts("2026-03-28T23:00:00Z", 1, 2, 3);
        assertThat(street.hours()).isEqualTo(47);
        assertThat(street.column(1)).startsWith("00:00=1 01:00=2 02:00= 03:00=3 04:00=–");
    }

    @Test
    void daysWeeksAndMonthsAreEquallyWideWhateverTheClockChangeDoes() {
        street.on("2026-03-28", "2026-03-30").by(Step.DAY).counts("2026-03-27T23:00:00Z", 4);
        assertThat(street.bars()).isEqualTo("M0 100V0h3V100z");
        assertThat(street.gaps()).isEqualTo("M4 0h8v100h-8z");
        assertThat(street.table())
                .isEqualTo("Samstag, 28. März 2026=4, Sonntag, 29. März 2026=–, Montag, 30. März 2026=–");
        assertThat(street.sentence()).endsWith("mit 4. Für 2 von 3 Tagen fehlt der Wert.");
    }

    @Test
    void aPeriodIsWidenedToWholeMonthsSoThatNoMonthStandsForAPartOfIt() {
        street.on("2026-01-15", "2026-03-02").by(Step.MONTH).counts("2025-12-31T23:00:00Z", 7);
        assertThat(street.table()).isEqualTo("Januar 2026=7, Februar 2026=–, März 2026=–");
        assertThat(street.ticks()).isEqualTo("Jan. 26 16.7%, Feb. 26 50%, März 26 83.3%");
        assertThat(street.sentence()).startsWith("1. Januar 2026 bis 31. März 2026: insgesamt 7");
    }

    @Test
    void aValueWhoseTimeIsStillRunningIsCalledIncomplete() {
        street.now("2026-07-01T10:00:00Z").on("2026-07-01").by(Step.DAY).counts("2026-06-30T22:00:00Z", 7);
        assertThat(street.sentence())
                .endsWith("Der letzte Wert ist noch nicht vollständig, denn sein Zeitraum läuft noch.");
    }

    @Test
    void singleValuesStandAtTheirMomentAndALongPauseIsAGap() {
        street.on("2026-07-01")
                .by(Step.RAW)
                .levels("2026-06-30T22:00:00Z", 0, 10, 5)
                .levels("2026-07-01T20:00:00Z", 5);
        assertThat(street.line()).isEqualTo("M0 100h20.8 L62.5 0 L104.2 50 M916.7 50h20.8");
        assertThat(street.gaps()).isEqualTo("M125 0h791.7v100h-791.7z");
        assertThat(street.ticks()).startsWith("00:00 0%, 06:00 25%");
    }

    @Test
    void linesOfOneUnitShareAPanelAndOtherUnitsGetTheirOwn() {
        street.on("2026-07-01")
                .counts("2026-06-30T22:00:00Z", 5)
                .and("Personen", "2026-06-30T22:00:00Z", 9)
                .and("Meter", "2026-06-30T22:00:00Z", 2);
        assertThat(street.panels()).isEqualTo("Personen Passanten line, Andere line; Meter Andere bars");
        assertThat(street.table()).startsWith("1. Juli 2026, 00:00 Uhr=5|9|2, 1. Juli 2026, 01:00 Uhr=–|–|–");
    }

    @Test
    void eachPlaceIsReadInWordsAlsoOneWithoutAValue() {
        street.now("2026-07-01T01:30:00Z")
                .on("2026-07-01")
                .counts("2026-06-30T22:00:00Z", 5)
                .counts("2026-07-01T00:00:00Z", 10);
        assertThat(street.readings()).isEqualTo("""
            2 1. Juli 2026, 00:00 Uhr: 5 Personen
            6 1. Juli 2026, 01:00 Uhr: kein Wert vorhanden
            10 1. Juli 2026, 02:00 Uhr: 10 Personen\
            """);
    }

    @Test
    void severalLinesAreReadTogetherWithTheirNames() {
        street.on("2026-06-30", "2026-06-30")
                .by(Step.MONTH)
                .counts("2026-05-31T22:00:00Z", 5)
                .and("m", "2026-05-31T22:00:00Z", 2);
        assertThat(street.readings()).isEqualTo("2 Juni 2026: Passanten: 5 Personen; Andere: 2 m");
        assertThat(street.days()).isEqualTo("2026-06-01 2026-06-30");
    }

    @Test
    void aPauseBetweenSingleValuesIsReadAsOneGap() {
        street.on("2026-07-01")
                .by(Step.RAW)
                .levels("2026-06-30T22:00:00Z", 0, 10, 5)
                .levels("2026-07-01T20:00:00Z", 5);
        assertThat(street.readings()).isEqualTo("""
            20.8 1. Juli 2026, 00:00 Uhr: 0 Personen
            62.5 1. Juli 2026, 01:00 Uhr: 10 Personen
            104.2 1. Juli 2026, 02:00 Uhr: 5 Personen
            520.8 zwischen 1. Juli 2026, 02:00 Uhr und 1. Juli 2026, 22:00 Uhr: kein Wert vorhanden
            937.5 1. Juli 2026, 22:00 Uhr: 5 Personen\
            """);
    }

    @Test
    void theScaleHasEvenStepsAtRoundNumbers() {
        assertThat(scale(0, 3957, true)).isEqualTo("4.000 2.000 0");
        assertThat(scale(2, 17, false)).isEqualTo("20 15 10 5 0");
        assertThat(scale(-3.2, 1.4, false)).isEqualTo("2 0 -2 -4");
        assertThat(scale(0, 0, true)).isEqualTo("1 0,5 0");
        assertThat(scale(7, 7, false)).isEqualTo("8 7,5 7");
    }

    private String scale(double min, double max, boolean fromZero) {
        return String.join(" ", Scale.of(min, max, fromZero).labels(street.wording()));
    }

    /// Some days of one street, in German and in the time of Berlin, long over unless said otherwise.
    private static final class Scenario {
        private final List<Chart.Value> hours = new ArrayList<>();
        private final List<Chart.Line> others = new ArrayList<>();
        private Step step = Step.HOUR;
        private Chart.Kind kind = Chart.Kind.SUM;
        private Days days = Days.endingOn(LocalDate.EPOCH, 1);
        private Instant now = Instant.parse("2027-01-01T00:00:00Z");

        Scenario on(String first, String last) {
            days = new Days(LocalDate.parse(first), LocalDate.parse(last));
            return this;
        }

        Scenario on(String day) {
            return on(day, day);
        }

        Scenario now(String time) {
            now = Instant.parse(time);
            return this;
        }

        Scenario counts(String from, double... values) {
            for (int i = 0; i < values.length; i++) {
                hours.add(new Chart.Value(Instant.parse(from).plus(Duration.ofHours(i)), values[i]));
            }
            return this;
        }

        Scenario levels(String from, double... values) {
            kind = Chart.Kind.MEAN;
            return counts(from, values);
        }

        Wording wording() {
            return new Wording(new Texts(), Locale.GERMAN, ZoneId.of("Europe/Berlin"), now);
        }

        Scenario by(Step other) {
            step = other;
            return this;
        }

        Scenario and(String unit, String from, double number) {
            others.add(new Chart.Line(
                    "Andere", unit, Chart.Kind.SUM, List.of(new Chart.Value(Instant.parse(from), number))));
            return this;
        }

        private Chart chart() {
            List<Chart.Line> lines = new ArrayList<>(List.of(new Chart.Line("Passanten", "Personen", kind, hours)));
            lines.addAll(others);
            return Chart.of(wording(), days, step, lines);
        }

        private Chart.Panel panel() {
            return chart().panels().getFirst();
        }

        String ticks() {
            return chart().ticks().stream()
                    .map(tick -> tick.text() + " " + tick.percent())
                    .collect(Collectors.joining(", "));
        }

        String panels() {
            return chart().panels().stream()
                    .map(panel -> panel.unit() + " "
                            + panel.paths().stream()
                                    .map(path -> path.name() + (path.bars() ? " bars" : " line"))
                                    .collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; "));
        }

        String table() {
            return chart().table().rows().stream()
                    .map(row -> row.name() + "=" + String.join("|", row.cells()))
                    .collect(Collectors.joining(", "));
        }

        String bars() {
            return panel().paths().getFirst().points().replace("zM", "z M");
        }

        String gaps() {
            return panel().gaps().replace("zM", "z M");
        }

        String line() {
            return panel().paths().getFirst().points().replaceAll("(?<=.)([ML])", " $1");
        }

        int hours() {
            return chart().width() / 4;
        }

        String readings() {
            return chart().readings().get().stream()
                    .map(reading -> reading.at() + " " + reading.time() + ": "
                            + reading.values().replace('\u00a0', ' '))
                    .collect(Collectors.joining("\n"));
        }

        String days() {
            return chart().readings().get().stream()
                    .map(reading -> reading.first() + " " + reading.last())
                    .collect(Collectors.joining("\n"));
        }

        String sentence() {
            return chart().sentences().getFirst();
        }

        String column(int day) {
            return chart().table().rows().stream()
                    .map(row -> row.name() + "=" + row.cells().get(day))
                    .collect(Collectors.joining(" "));
        }
    }
}
