package de.stadtkern.people;

import de.stadtkern.identity.Change;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.Wording;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A change as people say it. What modules record are keys and moments; what is no key of ours, such as a name or a
/// property of the town's own, stands as it is.
final class ChangeWords {

    /// Fields whose value is some roles, one after the other.
    private static final Set<String> ROLES = Set.of("role", "readers", "writers", "second-factor-duty");

    /// What only programs read, and another field says for people.
    private static final Set<String> UNSAID = Set.of("draft");

    private ChangeWords() {}

    /// What sort of thing was changed.
    static String kind(Wording wording, Change change) {
        return wording.find("people.changes.kind." + change.kind()).orElse(change.kind());
    }

    /// What has no name of its own is called after its kind.
    static String title(Wording wording, Change change) {
        return change.title().equals(change.kind()) ? kind(wording, change) : change.title();
    }

    static String titleAndKind(Wording wording, Change change) {
        String title = title(wording, change);
        String kind = kind(wording, change);
        return title.equals(kind) ? title : "%s (%s)".formatted(title, kind);
    }

    /// @param called names of the ids in it
    static List<TableCell.Difference> differences(Wording wording, Change change, ChangeNames.Names called) {
        Map<String, String> before = fields(change.before());
        Map<String, String> after = fields(change.after());
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !UNSAID.contains(name))
                .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
                .map(name -> new TableCell.Difference(
                        label(wording, change.kind(), name),
                        value(wording, name, called.name(name, before.getOrDefault(name, ""))),
                        value(wording, name, called.name(name, after.getOrDefault(name, "")))))
                .toList();
    }

    /// What is inside of something is named with it, if it has no text of its own.
    static String label(Wording wording, String kind, String name) {
        if (name.startsWith("roles.")) {
            return wording.say("people.area." + name.substring("roles.".length()));
        }
        int point = name.indexOf('.');
        return wording.find("people.changes.%s.%s".formatted(kind, name))
                .or(() -> wording.find("people.changes.field." + name))
                .or(() -> point < 0
                        ? Optional.empty()
                        : wording.find("people.changes.field." + name.substring(0, point))
                                .map(whole -> "%s: %s".formatted(whole, name.substring(point + 1))))
                .orElse(name);
    }

    static String value(Wording wording, String name, String value) {
        if (ROLES.contains(name) || name.startsWith("roles.")) {
            return Arrays.stream(value.split(" ", -1))
                    .map(role -> key(wording, name, role)
                            .or(() -> wording.find("people.role." + role))
                            .orElse(role))
                    .collect(Collectors.joining(", "));
        }
        if (name.equals("area")) {
            return wording.find("people.area." + value).orElse(value);
        }
        if (value.contains("\n")) {
            return wording.say("people.changes.lines", value.lines().count());
        }
        return key(wording, name, value).orElseGet(() -> moment(wording, value));
    }

    private static Optional<String> key(Wording wording, String name, String value) {
        String key = value.replace(' ', '-');
        return value.equals("true") || value.equals("false")
                ? wording.find("people.changes.value." + key)
                : wording.find("people.changes.value.%s.%s".formatted(name, key));
    }

    /// A moment, a day or a stretch of time, if it is one.
    private static String moment(Wording wording, String value) {
        try {
            if (value.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return wording.date(LocalDate.parse(value));
            }
            if (value.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z")) {
                return wording.dateTime(Instant.parse(value));
            }
            return value.matches("PT[0-9HMS.]+") ? span(wording, Duration.parse(value)) : value;
        } catch (DateTimeException other) {
            return value;
        }
    }

    private static String span(Wording wording, Duration span) {
        if (span.toSeconds() % 3600 == 0) {
            return wording.say("people.changes.hours", span.toHours());
        }
        return span.toSeconds() % 60 == 0
                ? wording.say("people.changes.minutes", span.toMinutes())
                : wording.say("people.changes.seconds", span.toSeconds());
    }

    /// What is inside of something carries its name in front: `roles.platform`.
    private static Map<String, String> fields(@Nullable JsonNode node) {
        Map<String, String> fields = new TreeMap<>();
        if (node != null) {
            gather("", node, fields);
        }
        return fields;
    }

    private static void gather(String prefix, JsonNode node, Map<String, String> fields) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                gather(prefix + field.getKey() + ".", value, fields);
            } else if (!value.isNull()) {
                fields.put(prefix + field.getKey(), text(value));
            }
        }
    }

    /// A list one after the other, what is in it likewise: nobody reads brackets.
    private static String text(JsonNode value) {
        if (value.isString()) {
            return value.asString();
        }
        return value.isArray() || value.isObject()
                ? value.valueStream().map(ChangeWords::text).collect(Collectors.joining(", "))
                : value.toString();
    }
}
