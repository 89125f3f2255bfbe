package de.stadtkern.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a text says in a form that can be worked with; empty where it does not.
///
/// @param hours       when it is open, as [Hours] reads it
/// @param appointment where an appointment is made, an address with https
/// @param place       a street address
/// @param documents   what has to be brought
public record Details(
        String hours, String phone, String mail, String appointment, String place, String fee, List<String> documents) {

    public static final Details NONE = new Details("", "", "", "", "", "", List.of());

    /// In the order in which they are asked for.
    static final List<String> FIELDS = List.of("hours", "phone", "mail", "appointment", "place", "fee", "documents");

    private static final int LONGEST_HOURS = 1_000;
    private static final int LONGEST_LINE = 500;
    private static final int MOST_DOCUMENTS = 30;
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()/–-]{2,39}");
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]+\\.[^\\s@<>\".]{2,63}");
    private static final Pattern APPOINTMENT = Pattern.compile("https://[^\\s/]+(/\\S*)?");

    public Details {
        documents = List.copyOf(documents);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /// What is wrong with a field.
    ///
    /// @param name short and stable
    /// @param more that its text says, empty for nothing
    record Mistake(String field, String name, String message, String more) {}

    List<Mistake> mistakes() {
        List<Mistake> mistakes = new ArrayList<>();
        try {
            if (hours.length() > LONGEST_HOURS) {
                throw new Hours.Unclear("they have at most %d characters".formatted(LONGEST_HOURS));
            }
            if (!hours.isBlank()) {
                Hours.read(hours);
            }
        } catch (Hours.Unclear unclear) {
            String why = String.valueOf(unclear.getMessage());
            mistakes.add(new Mistake("hours", "hours-unclear", why, why));
        }
        require(mistakes, phone, PHONE, "phone", "it is written like +49 3641 49-0");
        require(mistakes, mail, MAIL, "mail", "it is an address such as amt@example.org");
        require(mistakes, appointment, APPOINTMENT, "appointment", "it begins with https://");
        if (place.length() > LONGEST_LINE) {
            mistakes.add(tooLong("place"));
        }
        if (fee.length() > LONGEST_LINE) {
            mistakes.add(tooLong("fee"));
        }
        boolean areRight = documents.size() <= MOST_DOCUMENTS
                && documents.stream().allMatch(one -> !one.isBlank() && one.length() <= LONGEST_LINE);
        if (!areRight) {
            mistakes.add(new Mistake(
                    "documents",
                    "documents-invalid",
                    "a list of at most %d lines of at most %d characters is expected"
                            .formatted(MOST_DOCUMENTS, LONGEST_LINE),
                    ""));
        }
        return mistakes;
    }

    private static void require(List<Mistake> mistakes, String text, Pattern form, String field, String message) {
        if (text.length() > LONGEST_LINE) {
            mistakes.add(tooLong(field));
        } else if (!text.isEmpty() && !form.matcher(text).matches()) {
            mistakes.add(new Mistake(field, field + "-invalid", message, ""));
        }
    }

    private static Mistake tooLong(String field) {
        return new Mistake(field, "line-too-long", "it has at most %d characters".formatted(LONGEST_LINE), "");
    }

    /// By the names of its fields; what is empty is not there.
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        texts().forEach((name, text) -> {
            if (!text.isEmpty()) {
                tree.put(name, name.equals("documents") ? documents : text);
            }
        });
        return tree;
    }

    /// By the names of its fields, each as one text; a list has its lines.
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("hours", hours);
        texts.put("phone", phone);
        texts.put("mail", mail);
        texts.put("appointment", appointment);
        texts.put("place", place);
        texts.put("fee", fee);
        texts.put("documents", String.join("\n", documents));
        return texts;
    }

    /// Of [#tree].
    static Details of(JsonNode tree) {
        List<String> documents = new ArrayList<>();
        tree.path("documents").forEach(one -> documents.add(one.asString("")));
        return new Details(
                text(tree, "hours"),
                text(tree, "phone"),
                text(tree, "mail"),
                text(tree, "appointment"),
                text(tree, "place"),
                text(tree, "fee"),
                documents);
    }

    private static String text(JsonNode tree, String name) {
        return tree.path(name).asString("");
    }

    /// Of a form's fields.
    static Details of(Map<String, String> texts) {
        return new Details(
                texts.getOrDefault("hours", ""),
                texts.getOrDefault("phone", ""),
                texts.getOrDefault("mail", ""),
                texts.getOrDefault("appointment", ""),
                texts.getOrDefault("place", ""),
                texts.getOrDefault("fee", ""),
                texts.getOrDefault("documents", "")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }
}
