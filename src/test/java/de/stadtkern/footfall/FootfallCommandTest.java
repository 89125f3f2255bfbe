package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FootfallCommandTest {

    @TempDir
    Path folder;

    private static final class Paper implements Command.Terminal {
        private final Path folder;
        private final StringBuilder text = new StringBuilder();

        Paper(Path folder) {
            this.folder = folder;
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public void line(String line) {
            text.append(line).append('\n');
        }

        @Override
        public void progress(String line) {}

        @Override
        public void error(String line) {}

        @Override
        public boolean isGone() {
            return false;
        }
    }

    private JsonNode run(String words) throws IOException {
        var paper = new Paper(folder);
        assertThat(new FootfallCommand().run(List.of(words.split(" ")), paper)).isZero();
        return new JsonMapper().readTree(paper.text.toString());
    }

    /// With everything that makes a German table: semicolons, a mark at the beginning, local times, decimal commas.
    private void german() throws IOException {
        HourlySeries street = new FootfallScenario("2024-01-01", "2024-11-10", 1).series();
        List<String> lines = new ArrayList<>();
        lines.add("\ufeffTemperatur;Ort;Zeit;Anzahl");
        for (int at = 0; at < street.size(); at++) {
            LocalHours hours = street.hours();
            java.time.LocalDate date = hours.date(hours.day(at));
            lines.add("%d,5;Markt;%02d.%02d.%d %02d:00;%s"
                    .formatted(
                            at % 20,
                            date.getDayOfMonth(),
                            date.getMonthValue(),
                            date.getYear(),
                            hours.hour(at),
                            at == 100 ? "" : String.valueOf((int) street.count(at))));
        }
        Files.write(folder.resolve("counts.csv"), lines);
    }

    private static final String FILE =
            "evaluate --input counts.csv --time Zeit --count Anzahl --place Ort --from 2024-10-20 --to 2024-11-10 ";

    @Test
    void aForecastIsMeasuredBesideThePlainWays() throws IOException {
        german();
        JsonNode printed = run(FILE + "--task forecast --weather Temperatur --learn-days 60");
        assertThat(printed.at("/read/missing").asInt() + " "
                        + printed.at("/read/refused").asInt())
                .isEqualTo("1 0");
        JsonNode place = printed.at("/places/Markt");
        assertThat(place.at("/forecast/hours").asInt()).isEqualTo(22 * 24 + 1);
        assertThat(place.at("/forecast/wape").asDouble())
                .isLessThan(place.at("/baselines/sameHourLastWeek/wape").asDouble());
        assertThat(place.at("/forecastWithObservedWeather/coverage80").asDouble())
                .isBetween(0.6, 1.0);
        assertThat(printed.at("/overall/forecast/mase168").asDouble()).isPositive();
    }

    /// A third as many on some workdays, for a reason that no table of feasts knows; says which days.
    private List<String> quietDays() throws IOException {
        german();
        List<String> quiet = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("counts.csv"))) {
            String[] cells = line.split(";", -1);
            if (cells[3].matches("\\d+") && isQuiet(cells[2])) {
                quiet.add(cells[2].substring(0, 10));
                lines.add(line.substring(0, line.lastIndexOf(';') + 1) + Integer.parseInt(cells[3]) / 3);
            } else {
                lines.add(line);
            }
        }
        Files.write(folder.resolve("counts.csv"), lines);
        return quiet.stream().distinct().toList();
    }

    private static boolean isQuiet(String time) {
        LocalDate day = LocalDate.parse(time.substring(0, 10), DateTimeFormatter.ofPattern("dd.MM.uuuu"));
        return day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()
                && new SplittableRandom(day.toEpochDay()).split().nextInt(6) == 0;
    }

    @Test
    void aCalendarOfTheTownMakesTheForecastBetter() throws IOException {
        List<String> lines = quietDays().stream()
                .map(day -> "Ruhetag; %s; %s".formatted(day, day))
                .toList();
        Files.write(folder.resolve("days.csv"), lines);
        String task = FILE.replace("2024-10-20", "2024-09-10") + "--task forecast --learn-days 60";
        double without = run(task).at("/overall/forecast/wape").asDouble();
        assertThat(run(task + " --events days.csv").at("/overall/forecast/wape").asDouble())
                .isLessThan(0.95 * without);
        assertThat(run(task + " --school-holidays days.csv")
                        .at("/overall/forecast/wape")
                        .asDouble())
                .isLessThan(without);
    }

    @Test
    void gapsAreMeasuredByTheirLength() throws IOException {
        german();
        JsonNode printed = run(FILE + "--task gaps --gap-hours 24 --seed 3");
        assertThat(printed.at("/overall/24/filled/wape").asDouble())
                .isLessThan(printed.at("/overall/24/linearInterpolation/wape").asDouble());
        assertThat(printed.at("/overall/24/medianProfileOf4WeeksAround/medianErrorOfSum")
                        .asDouble())
                .isPositive();
    }

    @Test
    void faultsArePutInAndFound() throws IOException {
        german();
        JsonNode printed = run(FILE.replace("2024-10-20", "2024-09-20") + "--task faults --seed 3");
        assertThat(printed.at("/overall/zeros/recall").asDouble()).isEqualTo(1);
        assertThat(printed.at("/overall/sensorWeeks").asDouble()).isEqualTo(7.435);
        assertThat(printed.at("/overall/flaggedHoursPerSensorWeek").isNumber()).isTrue();
    }

    @Test
    void quartersOfAnHourAreSummedAndAnHourWithoutOneIsMissing() throws IOException {
        List<String> lines = new ArrayList<>(List.of("utc,n"));
        for (int quarter = 0; quarter < 4 * 24 * 20; quarter++) {
            if (quarter != 9) {
                lines.add("%s,2"
                        .formatted(
                                java.time.Instant.parse("2024-01-01T00:00:00Z").plusSeconds(900L * quarter)));
            }
        }
        Files.write(folder.resolve("quarters.csv"), lines);
        HourlySeries hours = CountFile.read(
                        de.stadtkern.connect.SourceFile.of(folder.resolve("quarters.csv")),
                        new CountFile.Question("utc", "n", null, FootfallScenario.BERLIN, List.of()))
                .places()
                .getFirst();
        assertThat(hours.count(1) + " " + hours.count(2) + " " + hours.count(3) + " " + hours.count(4))
                .isEqualTo("8.0 8.0 NaN 8.0");
    }

    @Test
    void aWrongCallSaysWhatIsWrong() throws IOException {
        german();
        refused(
                "evaluate --input counts.csv --time Zeit --count Zahl --task gaps",
                "The file has no column 'Zahl'. It has: Temperatur, Ort, Zeit, Anzahl.");
        refused(
                "evaluate --input counts.csv --time Ort --count Anzahl --task gaps",
                "The column 'Ort' holds no times that can be understood, such as 2026-05-01T10:00 or 01.05.2026"
                        + " 10:00.");
        refused(
                "evaluate --input counts.csv --time Zeit --count Ort --task gaps",
                "The column 'Ort' holds no counts: 7560 lines, 0 refused.");
        refused(
                "evaluate --input nothing.csv --time Zeit --count Anzahl --task gaps",
                "There is no file '%s' that Stadtkern may read.".formatted(folder.resolve("nothing.csv")));
        refused(FILE + "--task weather", "--task is forecast, gaps or faults, not 'weather'.");
        refused(FILE + "--task forecast --horizon 25", "--horizon is whole days: 24, 48 … 168.");
        refused(FILE + "--task gaps --gap-hours 6,x", "--gap-hours are hours from 1 to 672 such as 1,6,24, not 'x'.");
        refused(
                FILE.replace("2024-11-10", "tomorrow") + "--task faults",
                "--to is a date such as 2025-01-31, not 'tomorrow'.");
        refused(FILE + "--task gaps --zone-id Mars", "--zone-id is a time zone such as Europe/Berlin, not 'Mars'.");
        refused("evaluate --input counts.csv --time Zeit --task gaps", "--count is missing.");
        refused(
                FILE + "--task gaps --school-holidays none.csv",
                "--school-holidays is a file; there is none '%s' that Stadtkern may read."
                        .formatted(folder.resolve("none.csv")));
        Files.writeString(folder.resolve("days.csv"), "Winter; 2024-02-12; 2024-02-24");
        refused(FILE + "--task gaps --events days.csv", "'Winter' lasts longer than 7 days, so it is no event.");
        Files.writeString(folder.resolve("days.csv"), "Winter; sometime");
        refused(
                FILE + "--task gaps --school-holidays days.csv",
                "Line 1: a name of at most 100 characters, the first and the last day are wanted, such as 'Winter;"
                        + " 2026-02-16; 2026-02-21'.");
    }

    private void refused(String words, String why) {
        assertThatThrownBy(() -> new FootfallCommand().run(List.of(words.split(" ")), new Paper(folder)))
                .isInstanceOf(Problem.class)
                .hasMessage(why);
    }
}
