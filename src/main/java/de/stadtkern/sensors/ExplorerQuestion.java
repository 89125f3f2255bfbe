package de.stadtkern.sensors;

import de.stadtkern.page.Days;
import de.stadtkern.page.Form;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
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

    static final List<String> BUCKETS = List.of("hour", "day", "week", "month", "year");
    static final List<String> METHODS = List.of("average", "sum", "min", "max", "median");
    private static final int MOST = 1_000;

    record Option(String name, String value) {}

    static ExplorerQuestion read(Form form, ZoneId zone) {
        EntityModel entity = EntityModel.all().stream()
                .filter(one -> one.set().equals(form.value("set")))
                .findFirst()
                .orElseThrow(() -> Problem.field("set", "choice-missing", "Choose what to look at."));
        boolean isObservations = entity.set().equals("Observations");
        String datastream = isObservations ? number("datastream", form.value("datastream")) : "";
        Days days = isObservations ? days(form) : null;
        String by = isObservations && BUCKETS.contains(form.value("by")) ? form.value("by") : "";
        String method = METHODS.contains(form.value("method")) ? form.value("method") : "average";
        List<String> conditions = new ArrayList<>();
        if (!form.value("filter").isBlank()) {
            conditions.add(form.value("filter").strip());
        }
        if (days != null) {
            conditions.add("phenomenonTime ge " + days.from(zone) + " and phenomenonTime lt " + days.to(zone));
        }
        String filter = conditions.size() == 2
                ? "(" + conditions.get(0) + ") and " + conditions.get(1)
                : String.join("", conditions);
        return new ExplorerQuestion(
                entity.set(),
                datastream.isEmpty() ? entity.set() : "Datastreams(" + datastream + ")/Observations",
                datastream,
                by,
                method,
                days,
                by.isEmpty() ? plain(form, filter) : summary(filter, by, method));
    }

    private static List<Option> summary(String filter, String by, String method) {
        return List.of(new Option(
                "$apply",
                (filter.isEmpty() ? "" : "filter(" + filter + ")/")
                        + "groupby((Datastream,bucket(phenomenonTime,'%s')),aggregate($count as count,result with %s as result))"
                                .formatted(by, method)));
    }

    private static List<Option> plain(Form form, String filter) {
        List<Option> options = new ArrayList<>();
        add(options, "$filter", filter);
        add(options, "$expand", form.value("expand").strip());
        add(options, "$select", form.value("select").strip());
        add(options, "$orderby", form.value("orderby").strip());
        String top = number("top", form.value("top"));
        add(options, "$top", top.isEmpty() || Integer.parseInt(top) > MOST ? "100" : top);
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

    private static @Nullable Days days(Form form) {
        LocalDate from = date("from", form.value("from"));
        LocalDate to = date("to", form.value("to"));
        if (from == null && to == null) {
            return null;
        }
        LocalDate last = to == null ? LocalDate.now() : to;
        return new Days(from == null ? last.minusDays(30) : from, last);
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
