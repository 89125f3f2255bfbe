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

class HourChartTest {

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
        private final List<HourChart.Hour> hours = new ArrayList<>();
        private HourChart.Kind kind = HourChart.Kind.SUM;
        private HourChart.Days days = HourChart.Days.endingOn(LocalDate.EPOCH, 1);
        private Instant now = Instant.parse("2027-01-01T00:00:00Z");

        Scenario on(String first, String last) {
            days = new HourChart.Days(LocalDate.parse(first), LocalDate.parse(last));
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
                hours.add(new HourChart.Hour(Instant.parse(from).plus(Duration.ofHours(i)), values[i]));
            }
            return this;
        }

        Scenario levels(String from, double... values) {
            kind = HourChart.Kind.MEAN;
            return counts(from, values);
        }

        Wording wording() {
            return new Wording(new Texts(), Locale.GERMAN, ZoneId.of("Europe/Berlin"), now);
        }

        private HourChart chart() {
            return HourChart.of(wording(), days, hours, kind, "Personen");
        }

        String bars() {
            return chart().drawing().bars().replace("zM", "z M");
        }

        String gaps() {
            return chart().drawing().gaps().replace("zM", "z M");
        }

        String line() {
            return chart().drawing().line().replaceAll("(?<=.)([ML])", " $1");
        }

        int hours() {
            return chart().drawing().hours();
        }

        String sentence() {
            return chart().sentence();
        }

        String column(int day) {
            return chart().table().rows().stream()
                    .map(row -> row.hour() + "=" + row.cells().get(day))
                    .collect(Collectors.joining(" "));
        }
    }
}
