package de.stadtkern.sensors;

import de.stadtkern.page.Chart;
import de.stadtkern.page.Days;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Step;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityModel;
import de.stadtkern.sensorthings.ExplorerAnswers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /// The fields of the form, as the page's address names them.
    static final List<String> NAMES =
            List.of("set", "filter", "expand", "select", "orderby", "top", "datastream", "from", "to", "by", "method");

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_JSON = 20_000;
    private static final int MOST_LINES = 6;

    /// Which field of the form an option comes from.
    private static final Map<String, String> FIELDS = Map.of(
            "$filter", "filter", "$apply", "filter", "$expand", "expand", "$select", "select", "$orderby", "orderby");

    private final ExplorerAnswers answers;

    ExplorerPage(ExplorerAnswers answers) {
        this.answers = answers;
    }

    ExplorerView view(Frame frame, Form form, ExplorerView.@Nullable Found found) {
        return new ExplorerView(fields(frame, form), EntityModel.all(), found);
    }

    private static List<Field> fields(Frame frame, Form form) {
        return List.of(
                form.field("set", frame.say("sensors.explorer.set"))
                        .select(EntityModel.all().stream()
                                .map(entity -> Field.Choice.of(
                                        entity.set(),
                                        entity.set() + " – " + frame.say("sensors.model." + entity.name())))
                                .toList()),
                form.field("filter", frame.say("sensors.explorer.filter"))
                        .hint(frame.say("sensors.explorer.filter.hint"))
                        .optional(),
                form.field("expand", frame.say("sensors.explorer.expand"))
                        .hint(frame.say("sensors.explorer.expand.hint"))
                        .optional(),
                form.field("select", frame.say("sensors.explorer.select")).optional(),
                form.field("orderby", frame.say("sensors.explorer.orderby")).optional(),
                form.field("top", frame.say("sensors.explorer.top"))
                        .type("number")
                        .optional(),
                form.field("datastream", frame.say("sensors.explorer.datastream"))
                        .hint(frame.say("sensors.explorer.observations"))
                        .type("number")
                        .optional(),
                form.field("from", frame.say("sensors.explorer.from"))
                        .type("date")
                        .optional(),
                form.field("to", frame.say("sensors.explorer.to")).type("date").optional(),
                form.field("by", frame.say("sensors.explorer.by"))
                        .select(choices(frame, "sensors.explorer.by.", ExplorerQuestion.BUCKETS, true)),
                form.field("method", frame.say("sensors.explorer.method"))
                        .select(choices(frame, "sensors.explorer.method.", ExplorerQuestion.METHODS, false)));
    }

    private static List<Field.Choice> choices(Frame frame, String prefix, List<String> keys, boolean none) {
        List<Field.Choice> choices = new ArrayList<>();
        if (none) {
            choices.add(Field.Choice.of("", frame.say(prefix + "none")));
        }
        keys.forEach(key -> choices.add(Field.Choice.of(key, frame.say(prefix + key))));
        return choices;
    }

    /// @param base scheme, host and port
    ExplorerView.Found ask(Frame frame, Form form, String base) {
        ZoneId zone = frame.wording().zone();
        ExplorerQuestion question = ExplorerQuestion.read(form, zone);
        String root = base + SERVICE;
        JsonNode answer = JSON.readTree(asked(root, question));
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
                json.length() > MOST_JSON ? json.substring(0, MOST_JSON) + "\n…" : json);
    }

    /// The same answer, to be taken home as a table.
    ///
    /// @param base scheme, host and port
    ExplorerTable table(Frame frame, Form form, String base) {
        ExplorerQuestion question = ExplorerQuestion.read(form, frame.wording().zone());
        return ExplorerTable.of(JSON.readTree(asked(base + SERVICE, question)).path("value"), form);
    }

    /// The same question without its first and last day.
    private static String whole(Form form) {
        Map<String, String> said = new LinkedHashMap<>();
        NAMES.forEach(name -> said.put(name, form.value(name)));
        said.keySet().removeAll(List.of("from", "to"));
        return new TableQuestion(PATH, said, "", 1).at(PATH);
    }

    private byte[] asked(String root, ExplorerQuestion question) {
        try {
            return answers.ask(root, question.path(), question.query());
        } catch (Problem problem) {
            String field = FIELDS.get(String.valueOf(problem.facts().get("option")));
            if (field == null && problem.kind() == Problem.Kind.MISSING) {
                field = "datastream";
            }
            if (field == null) {
                throw problem;
            }
            throw Problem.field(field, "explorer-" + problem.name(), String.valueOf(problem.getMessage()));
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
        Step step = question.isSummary() ? Step.of(question.by()).orElse(Step.MONTH) : Step.RAW;
        if (!step.fits(days)) {
            return null;
        }
        Chart.Kind kind = question.method().equals("sum") && question.isSummary() ? Chart.Kind.SUM : Chart.Kind.MEAN;
        return Chart.of(
                frame.wording(),
                days,
                step,
                lines.entrySet().stream()
                        .limit(MOST_LINES)
                        .map(line -> new Chart.Line(line.getKey(), "", kind, line.getValue()))
                        .toList());
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
