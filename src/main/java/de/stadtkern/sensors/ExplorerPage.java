package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Step;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.ExplorerAnswers;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Builds an address of SensorThings from what was clicked, asks it, and shows what comes in every way it can be shown.
@Component
class ExplorerPage {

    static final String PATH = "/explorer";
    static final String SERVICE = "/sta/v1.1/";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_JSON = 20_000;
    private static final int MOST_LINES = 6;

    /// Which field of the form an option comes from.
    private static final Map<String, String> FIELDS = Map.of(
            "$filter", "filter", "$apply", "filter", "$expand", "expand", "$select", "select", "$orderby", "orderby");

    /// Problems the page has words of its own for.
    private static final Set<String> TOLD_APART = Set.of("property-unknown", "filter-invalid", "entity-unknown");
    private static final String SAID = "said";

    private static final int MOST_OFFERED = 500;

    private final ExplorerAnswers answers;
    private final MeasuringPoints points;

    ExplorerPage(ExplorerAnswers answers, MeasuringPoints points) {
        this.answers = answers;
        this.points = points;
    }

    ExplorerView view(Frame frame, Form form, ExplorerView.@Nullable Found found, String refusal) {
        return new ExplorerView(ExplorerForm.of(frame, form, this::series), found, refusal);
    }

    private List<Field.Choice> series() {
        return points.list().stream()
                .flatMap(point -> point.series().stream()
                        .map(one -> Field.Choice.data(
                                String.valueOf(one.datastreamId()), point.name() + " – " + one.name())))
                .limit(MOST_OFFERED)
                .toList();
    }

    /// What the API says of a question it refuses, in its English.
    static String refusal(Problem problem) {
        return String.valueOf(problem.facts().getOrDefault(SAID, ""));
    }

    /// @param base scheme, host and port
    ExplorerView.Found ask(Frame frame, Form form, String base) {
        ZoneId zone = frame.wording().zone();
        ExplorerQuestion question = ExplorerQuestion.read(form, zone);
        String root = base + SERVICE;
        JsonNode answer = JSON.readTree(asked(root, question, form));
        JsonNode values = answer.path("value");
        String link = SERVICE + question.path() + "?" + question.query();
        String json = answer.toPrettyString();
        return new ExplorerView.Found(
                question.readable(),
                link,
                "curl '" + base + link.replace("'", "%27") + "'",
                frame.say(
                        "sensors.explorer.count",
                        values.size(),
                        answer.path("@iot.count").asLong(values.size())),
                ExplorerTable.of(values, form).shown(frame),
                chart(frame, question, values),
                whole(form),
                values.isEmpty() ? "" : question.places(SERVICE),
                json.substring(0, Math.min(json.length(), MOST_JSON)),
                json.length() > MOST_JSON);
    }

    /// The same answer, to be taken home as a table.
    ///
    /// @param base scheme, host and port
    ExplorerTable table(Frame frame, Form form, String base) {
        ExplorerQuestion question = ExplorerQuestion.read(form, frame.wording().zone());
        return ExplorerTable.of(
                JSON.readTree(asked(base + SERVICE, question, form)).path("value"), form);
    }

    /// The same question without its first and last day.
    private static String whole(Form form) {
        Map<String, String> said = ExplorerQuestion.said(form);
        said.keySet().removeAll(List.of("from", "to"));
        return new TableQuestion(PATH, said, "", 1).at(PATH);
    }

    private byte[] asked(String root, ExplorerQuestion question, Form form) {
        try {
            return answers.ask(root, question.path(), question.query());
        } catch (Problem problem) {
            String field = FIELDS.get(String.valueOf(problem.facts().get("option")));
            if ("filter".equals(field) && form.value("filter").isBlank()) {
                field = "property-1";
            }
            if (field == null && problem.kind() == Problem.Kind.MISSING) {
                field = "datastream";
            }
            if (field == null) {
                throw problem;
            }
            String name = TOLD_APART.contains(problem.name()) ? problem.name() : "refused";
            throw Problem.field(
                    field,
                    "explorer-" + name,
                    String.valueOf(problem.getMessage()),
                    Map.of(SAID, String.valueOf(problem.getMessage())));
        }
    }

    /// Where there are numbers over time.
    private static @Nullable Chart chart(Frame frame, ExplorerQuestion question, JsonNode values) {
        Map<String, List<Chart.Value>> lines = new TreeMap<>();
        for (JsonNode value : values) {
            if (value.path("phenomenonTime").isString() && value.path("result").isNumber()) {
                String time = value.get("phenomenonTime").asString();
                String name = value.has("Datastream")
                        ? "Datastream " + value.get("Datastream").path("@iot.id")
                        : question.path();
                lines.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(new Chart.Value(
                                Instant.parse(time.contains("/") ? time.substring(0, time.indexOf('/')) : time),
                                value.get("result").asDouble()));
            }
        }
        if (lines.isEmpty()) {
            return null;
        }
        lines.values().forEach(line -> line.sort(Comparator.comparing(Chart.Value::start)));
        Days days = days(lines, frame.wording().zone());
        Step step = step(question);
        if (!step.fits(days)) {
            return null;
        }
        boolean isSum = List.of("sum", "count").contains(question.method());
        Chart.Kind kind = question.isSummary() && isSum ? Chart.Kind.SUM : Chart.Kind.MEAN;
        return Chart.of(
                frame.wording(),
                days,
                step,
                lines.entrySet().stream()
                        .limit(MOST_LINES)
                        .map(line -> new Chart.Line(line.getKey(), "", kind, line.getValue()))
                        .toList());
    }

    /// A chart knows no years and nothing finer than hours but single values.
    private static Step step(ExplorerQuestion question) {
        return switch (question.by()) {
            case "", "15min" -> Step.RAW;
            case "year" -> Step.MONTH;
            default -> Step.of(question.by()).orElseThrow();
        };
    }

    private static Days days(Map<String, List<Chart.Value>> lines, ZoneId zone) {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (List<Chart.Value> line : lines.values()) {
            first = line.getFirst().start().isBefore(first) ? line.getFirst().start() : first;
            last = line.getLast().start().isAfter(last) ? line.getLast().start() : last;
        }
        return new Days(LocalDate.ofInstant(first, zone), LocalDate.ofInstant(last, zone));
    }
}
