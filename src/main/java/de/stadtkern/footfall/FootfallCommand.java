package de.stadtkern.footfall;

import de.stadtkern.connect.SourceFile;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Measures the methods of this module on a file of counts and prints what it found as JSON. Needs no town and no
/// database, so it runs in the process of whoever calls it.
@Component
public class FootfallCommand implements Command {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int MOST_GAP_HOURS = 24 * 28;

    private static final Set<String> VALUED = Set.of(
            "--input",
            "--time",
            "--count",
            "--place",
            "--zone-id",
            "--weather",
            "--school-holidays",
            "--events",
            "--task",
            "--horizon",
            "--from",
            "--to",
            "--learn-days",
            "--gap-hours",
            "--seed");

    @Override
    public String name() {
        return "footfall";
    }

    @Override
    public String usage() {
        return "footfall evaluate --input FILE --time COLUMN --count COLUMN [--place COLUMN] [--zone-id ZONE]"
            + " [--school-holidays FILE] [--events FILE] --task forecast [--horizon HOURS] [--from DATE] [--to DATE]"
            + " [--weather COLUMNS] [--learn-days DAYS] | footfall evaluate … --task gaps [--gap-hours HOURS] [--seed"
            + " N] [--weather COLUMNS] [--from DATE] [--to DATE] | footfall evaluate … --task faults [--seed N]"
            + " [--weather COLUMNS] [--from DATE] [--to DATE]";
    }

    @Override
    public String summary() {
        return "Measures forecast, gap filling or fault detection on a file of counts, beside plain ways of doing it.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        var words = new CommandWords(this, given, VALUED, Set.of());
        if (!words.plain().equals(List.of("evaluate"))) {
            throw words.wrong();
        }
        String input = required(words, "--input");
        String task = required(words, "--task");
        if (!Set.of("forecast", "gaps", "faults").contains(task)) {
            throw wrong("--task", "is forecast, gaps or faults, not '%s'".formatted(task));
        }
        var question = new CountFile.Question(
                required(words, "--time"),
                required(words, "--count"),
                words.option("--place").orElse(null),
                zone(words),
                words.option("--weather")
                        .map(names -> Arrays.stream(names.split(","))
                                .map(String::strip)
                                .toList())
                        .orElse(List.of()));
        CountFile.Read read = CountFile.read(SourceFile.of(terminal.resolve(input)), question);
        Period period = period(words, read);
        Occasions calendar = TownCalendar.of(
                days(words, "--events", terminal, SchoolHoliday::readEvents),
                days(words, "--school-holidays", terminal, SchoolHoliday::read));
        Map<String, Object> printed = head(task, input, question, read, period);
        printed.putAll(
                switch (task) {
                    case "gaps" -> gaps(words, read, calendar, period, terminal);
                    case "faults" -> faults(words, read, calendar, period, terminal);
                    default -> forecast(words, read, calendar, period, terminal);
                });
        terminal.line(JSON.writeValueAsString(printed));
        return 0;
    }

    /// Reads what a file says of an option.
    private interface Days {
        List<SchoolHoliday> read(String option, String text);
    }

    private static List<SchoolHoliday> days(CommandWords words, String option, Terminal terminal, Days days)
            throws IOException {
        Optional<String> name = words.option(option);
        if (name.isEmpty()) {
            return List.of();
        }
        Path file = terminal.resolve(name.get());
        if (!Files.isReadable(file)) {
            throw wrong(option, "is a file; there is none '%s' that Stadtkern may read".formatted(file));
        }
        return days.read(option, Files.readString(file));
    }

    /// The days that are measured, both included.
    record Period(LocalDate from, LocalDate to) {}

    private static Map<String, Object> forecast(
            CommandWords words, CountFile.Read read, Occasions calendar, Period period, Terminal terminal) {
        int horizon = number(words, "--horizon", 24, 24, 168);
        if (horizon % 24 != 0) {
            throw wrong("--horizon", "is whole days: 24, 48 … 168");
        }
        int learning = number(words, "--learn-days", 7, 1, 365);
        var question = new ForecastTrial.Question(period.from(), period.to(), horizon / 24, learning);
        return new ForecastEvaluation(read, calendar, question, terminal::progress).printed();
    }

    private static Map<String, Object> gaps(
            CommandWords words, CountFile.Read read, Occasions calendar, Period period, Terminal terminal) {
        List<Integer> lengths = new ArrayList<>();
        for (String text : words.option("--gap-hours").orElse("1,6,24,168").split(",")) {
            if (!text.strip().matches("\\d{1,3}")
                    || Integer.parseInt(text.strip()) < 1
                    || Integer.parseInt(text.strip()) > MOST_GAP_HOURS) {
                throw wrong(
                        "--gap-hours",
                        "are hours from 1 to %d such as 1,6,24, not '%s'".formatted(MOST_GAP_HOURS, text));
            }
            lengths.add(Integer.parseInt(text.strip()));
        }
        var question = new GapEvaluation.Question(period, lengths, number(words, "--seed", 1, 0, 999_999_999));
        return new GapEvaluation(read, calendar, question, terminal::progress).printed();
    }

    private static Map<String, Object> faults(
            CommandWords words, CountFile.Read read, Occasions calendar, Period period, Terminal terminal) {
        var question = new FaultEvaluation.Question(period, number(words, "--seed", 1, 0, 999_999_999));
        return new FaultEvaluation(read, calendar, question, terminal::progress).printed();
    }

    private static Map<String, Object> head(
            String task, String input, CountFile.Question question, CountFile.Read read, Period period) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("task", task);
        head.put("input", input);
        head.put("zone", question.zone().getId());
        head.put("from", period.from().toString());
        head.put("to", period.to().toString());
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("lines", read.report().lines());
        lines.put("values", read.report().values());
        lines.put("missing", read.report().missing());
        lines.put("refused", read.report().refused());
        if (!read.report().refusals().isEmpty()) {
            lines.put("firstRefusal", read.report().refusals().getFirst().toString());
        }
        head.put("read", lines);
        return head;
    }

    /// Without dates: the last year of the file.
    private static Period period(CommandWords words, CountFile.Read read) {
        LocalHours hours = read.places().getFirst().hours();
        LocalDate last = hours.date(hours.days() - 1);
        LocalDate to = words.option("--to").map(text -> date("--to", text)).orElse(last);
        LocalDate from =
                words.option("--from").map(text -> date("--from", text)).orElse(to.minusDays(364));
        if (from.isAfter(to)) {
            throw wrong("--from", "is not after --to");
        }
        if (from.isAfter(last) || to.isBefore(hours.date(0))) {
            throw wrong("--from", "and --to touch the counts, which go from %s to %s".formatted(hours.date(0), last));
        }
        return new Period(from, to);
    }

    private static LocalDate date(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw wrong(option, "is a date such as 2025-01-31, not '%s'".formatted(text));
        }
    }

    private static ZoneId zone(CommandWords words) {
        String id = words.option("--zone-id").orElse("Europe/Berlin");
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw wrong("--zone-id", "is a time zone such as Europe/Berlin, not '%s'".formatted(id));
        }
    }

    private static int number(CommandWords words, String option, int usual, int least, int most) {
        String text = words.option(option).orElse(String.valueOf(usual));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw wrong(option, "is a number from %d to %d, not '%s'".formatted(least, most, text));
        }
        return Integer.parseInt(text);
    }

    private static String required(CommandWords words, String option) {
        return words.option(option).orElseThrow(() -> wrong(option, "is missing"));
    }

    private static Problem wrong(String option, String why) {
        return new Problem(Problem.Kind.INVALID, "usage", option + " " + why + ".");
    }
}
