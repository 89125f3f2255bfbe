package de.stadtkern.sensors;

import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.page.Step;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the form of the explorer asks for, as an address of SensorThings.
///
/// @param days null: of all time
/// @param path below the root of the service
record ExplorerQuestion(
        String set,
        String path,
        String datastream,
        String by,
        String method,
        @Nullable Days days,
        List<Option> options) {

    static final String OBSERVATIONS = "Observations";
    static final List<String> BUCKETS = List.of("15min", "hour", "day", "week", "month", "year");
    static final List<String> METHODS =
            List.of("average", "sum", "count", "min", "max", "first", "last", "median", "p5", "p25", "p75", "p95");
    private static final int MOST = 1_000;
    private static final String USUAL = "100";

    /// The fields of the form besides conditions and checkboxes, as the page's address names them.
    private static final List<String> NAMES =
            List.of("set", "filter", "expand", "select", "orderby", "top", "datastream", "from", "to", "by", "method");

    record Option(String name, String value) {}

    /// What the page's address says about the question, and nothing about its table.
    static Map<String, String> said(Form form) {
        Map<String, String> said = new LinkedHashMap<>();
        NAMES.forEach(name -> said.put(name, form.value(name)));
        ExplorerCondition.names().forEach(name -> said.put(name, form.value(name)));
        ExplorerForm.find(form)
                .ifPresent(entity -> ExplorerForm.ways(entity)
                        .map(way -> ExplorerForm.ALONG + way)
                        .forEach(name -> said.put(name, form.value(name))));
        return said;
    }

    static ExplorerQuestion read(Form form, ZoneId zone) {
        EntityModel entity = ExplorerForm.find(form)
                .orElseThrow(() -> Problem.field("set", "choice-missing", "Choose what to look at."));
        Flaws flaws = new Flaws();
        refuseWhatWouldMeanNothing(form, entity, flaws);
        String datastream = flaws.read("", () -> number("datastream", form.value("datastream")));
        String by = flaws.read("", () -> choice(form, "by", BUCKETS));
        Days days = whole(days(form, zone, flaws), by);
        String chosen = flaws.read("", () -> choice(form, "method", METHODS));
        String method = chosen.isEmpty() ? METHODS.getFirst() : chosen;
        String filter = filter(form, entity, days, zone, flaws);
        List<Option> options = by.isEmpty() ? plain(form, entity, filter, flaws) : summary(filter, by, method);
        flaws.end();
        return new ExplorerQuestion(
                entity.set(),
                datastream.isEmpty() ? entity.set() : "Datastreams(" + datastream + ")/Observations",
                datastream,
                by,
                method,
                days,
                options);
    }

    /// An answer to less than was asked would look like one to all of it.
    private static void refuseWhatWouldMeanNothing(Form form, EntityModel entity, Flaws flaws) {
        if (!entity.set().equals(OBSERVATIONS)) {
            refuse(
                    form,
                    List.of("datastream", "from", "to", "by"),
                    "observations-only",
                    "This is for Observations only.",
                    flaws);
        }
        if (!form.value("by").isEmpty()) {
            List<String> ofEntities = new ArrayList<>();
            ExplorerForm.ways(entity).map(way -> ExplorerForm.ALONG + way).forEach(ofEntities::add);
            ofEntities.addAll(List.of("top", "expand", "select", "orderby"));
            refuse(form, ofEntities, "not-in-summary", "A summary has no single entities; leave this empty.", flaws);
        }
    }

    private static void refuse(Form form, List<String> fields, String problem, String message, Flaws flaws) {
        for (String field : fields) {
            if (!form.value(field).isBlank()) {
                flaws.add(Problem.field(field, problem, message));
            }
        }
    }

    private static String choice(Form form, String field, List<String> choices) {
        String chosen = form.value(field);
        if (!chosen.isEmpty() && !choices.contains(chosen)) {
            throw Problem.field(field, "choice-unknown", "This is none of the choices.");
        }
        return chosen;
    }

    private static String filter(Form form, EntityModel entity, @Nullable Days days, ZoneId zone, Flaws flaws) {
        List<String> conditions = new ArrayList<>();
        ExplorerCondition.of(form)
                .forEach(condition -> conditions.add(flaws.read("", () -> condition.filter(entity, zone))));
        if (days != null) {
            conditions.add("phenomenonTime ge " + days.from(zone) + " and phenomenonTime lt " + days.to(zone));
        }
        String free = form.value("filter").strip();
        if (!free.isEmpty()) {
            conditions.addFirst(conditions.isEmpty() ? free : "(" + free + ")");
        }
        return String.join(" and ", conditions);
    }

    private static List<Option> summary(String filter, String by, String method) {
        String said = method.equals("count")
                ? "$count as result"
                : "$count as count,result with %s as result".formatted(method);
        return List.of(new Option(
                "$apply",
                (filter.isEmpty() ? "" : "filter(" + filter + ")/")
                        + "groupby((Datastream,bucket(phenomenonTime,'%s')),aggregate(%s))".formatted(by, said)));
    }

    private static List<Option> plain(Form form, EntityModel entity, String filter, Flaws flaws) {
        List<String> along = new ArrayList<>(ExplorerForm.ways(entity)
                .filter(way -> form.isChecked(ExplorerForm.ALONG + way))
                .toList());
        along.add(form.value("expand").strip());
        along.removeIf(String::isEmpty);
        List<Option> options = new ArrayList<>();
        add(options, "$filter", filter);
        add(options, "$expand", String.join(",", along));
        add(options, "$select", form.value("select").strip());
        add(options, "$orderby", form.value("orderby").strip());
        String top = flaws.read("", () -> number("top", form.value("top")));
        if (!top.isEmpty() && Integer.parseInt(top) > MOST) {
            flaws.add(Problem.field("top", "top-too-large", "At most %d.".formatted(MOST), Map.of("most", MOST)));
        }
        add(options, "$top", top.isEmpty() ? USUAL : top);
        options.add(new Option("$count", "true"));
        return options;
    }

    private static void add(List<Option> options, String name, String value) {
        if (!value.isEmpty()) {
            options.add(new Option(name, value));
        }
    }

    private static String number(String field, String text) {
        if (!text.strip().matches("\\d{0,9}")) {
            throw Problem.field(field, "number-invalid", "This is not a whole number.");
        }
        return text.strip();
    }

    private static @Nullable Days days(Form form, ZoneId zone, Flaws flaws) {
        LocalDate from = flaws.read(null, () -> date("from", form.value("from")));
        LocalDate to = flaws.read(null, () -> date("to", form.value("to")));
        if (from == null && to == null) {
            return null;
        }
        LocalDate last = to == null ? LocalDate.now(zone) : to;
        return flaws.read(null, () -> new Days(from == null ? last.minusDays(30) : from, last));
    }

    /// With the days of all weeks, months or years that are touched, so that no sum is one of a part.
    private static @Nullable Days whole(@Nullable Days days, String by) {
        if (days == null || by.isEmpty()) {
            return days;
        }
        return by.equals("year")
                ? new Days(days.first().withDayOfYear(1), days.last().with(TemporalAdjusters.lastDayOfYear()))
                : Step.of(by).map(step -> step.whole(days)).orElse(days);
    }

    private static @Nullable LocalDate date(String field, String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException wrong) {
            throw Problem.field(field, "date-invalid", "This is no day.", Map.of("value", text));
        }
    }

    boolean isSummary() {
        return !by.isEmpty();
    }

    /// Percent-encoded, without the question mark.
    String query() {
        List<String> encoded = new ArrayList<>();
        for (Option option : options) {
            encoded.add(option.name() + "="
                    + URLEncoder.encode(option.value(), StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return String.join("&", encoded);
    }

    /// For people.
    String readable() {
        return path + "?"
                + String.join(
                        "&",
                        options.stream()
                                .map(option -> option.name() + "=" + option.value())
                                .toList());
    }

    /// The same places for a map, or nothing where there are none.
    String places(String root) {
        String expand = switch (set) {
            case "Locations", "FeaturesOfInterest" -> "";
            case "Things" -> "&$expand=Locations($select=location)";
            default -> null;
        };
        if (expand == null
                || set.equals("Things")
                        && options.stream().anyMatch(option -> option.name().equals("$expand"))) {
            return "";
        }
        String kept = String.join(
                "&",
                options.stream()
                        .filter(option ->
                                option.name().equals("$filter") || option.name().equals("$top"))
                        .map(option -> option.name() + "="
                                + URLEncoder.encode(option.value(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"))
                        .toList());
        return root + path + "?" + kept + expand + "&$resultFormat=GeoJSON";
    }
}
