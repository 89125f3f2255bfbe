package de.stadtkern.sensors;

import de.stadtkern.page.Days;
import de.stadtkern.page.Step;
import de.stadtkern.problem.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the address of a Datastream's page asks for, as it was typed.
///
/// @param with ids of other Datastreams in the same chart
record Question(String from, String to, String by, List<Long> with) {

    static final int MOST_OTHERS = 3;

    /// What is shown: what was asked for, or, where that made no sense, the nearest that does.
    ///
    /// @param problem key of the text that says what is wrong, empty if nothing is
    /// @param field   the field it stands at
    record Answer(Days days, Step step, String problem, String field) {

        Answer instead(Step other, String problem) {
            return new Answer(days, other, problem, "by");
        }
    }

    /// The parts of the address as they come, each of which may be missing.
    record Parameters(
            @Nullable String from,
            @Nullable String to,
            @Nullable String by,
            @Nullable List<String> with) {

        Question question() {
            return new Question(
                    orEmpty(from),
                    orEmpty(to),
                    orEmpty(by),
                    with == null
                            ? List.of()
                            : with.stream()
                                    .filter(id -> id.matches("\\d{1,16}"))
                                    .map(Long::valueOf)
                                    .distinct()
                                    .limit(MOST_OTHERS)
                                    .toList());
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text.strip();
        }
    }

    /// @param usual what is shown where nobody asked for a period
    Answer answer(Days usual) {
        Optional<LocalDate> first = date(from);
        Optional<LocalDate> last = date(to);
        if (!from.isEmpty() && first.isEmpty()) {
            return new Answer(usual, Step.fitting(usual), "sensors.period.no-date", "from");
        }
        if (!to.isEmpty() && last.isEmpty()) {
            return new Answer(usual, Step.fitting(usual), "sensors.period.no-date", "to");
        }
        LocalDate end =
                last.orElse(first.isPresent() && first.get().isAfter(usual.last()) ? first.get() : usual.last());
        LocalDate begin = first.orElse(last.isPresent() ? end.minusDays(usual.count() - 1) : usual.first());
        if (end.isBefore(begin)) {
            return new Answer(usual, Step.fitting(usual), "sensors.period.reversed", "to");
        }
        Days days = new Days(begin, end);
        Step fitting = Step.fitting(days);
        if (by.isEmpty() || by.equals("auto")) {
            return new Answer(days, fitting, "", "");
        }
        return Step.of(by)
                .map(step -> step.fits(days)
                        ? new Answer(days, step, "", "")
                        : new Answer(days, fitting, "sensors.period.too-many", "by"))
                .orElse(new Answer(days, fitting, "sensors.period.no-step", "by"));
    }

    /// For files, which have room for everything; nonsense is refused.
    Answer strictly(Days usual) {
        Answer answer = answer(usual);
        Optional<Step> step = Step.of(by);
        if (answer.problem().equals("sensors.period.too-many") && step.isPresent()) {
            return new Answer(answer.days(), step.get(), "", "");
        }
        if (!answer.problem().isEmpty()) {
            throw Problem.field(
                    answer.field(),
                    "period-invalid",
                    "'from' and 'to' are days such as 2026-03-01, in this order; 'by' is raw, hour, day, week or"
                            + " month.");
        }
        return answer;
    }

    private static Optional<LocalDate> date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() >= 1900 && date.getYear() < 2200 ? Optional.of(date) : Optional.empty();
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    boolean chosen(Step step) {
        return by.equals(step.key());
    }

    /// The part of an address behind the question mark.
    static String query(@Nullable Days days, String by, List<Long> with) {
        List<String> parts = new ArrayList<>();
        if (days != null) {
            parts.add("from=" + days.first());
            parts.add("to=" + days.last());
        }
        if (!by.isEmpty()) {
            parts.add("by=" + URLEncoder.encode(by, StandardCharsets.UTF_8));
        }
        with.forEach(id -> parts.add("with=" + id));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
