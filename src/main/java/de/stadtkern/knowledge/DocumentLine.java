package de.stadtkern.knowledge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One line of a file of texts: a JSON object as [NewDocument] names its fields, or a service of an administration
/// with `name`, `description`, `fees` and `forms`.
final class DocumentLine {

    static final int LONGEST_LINE = 4 << 20;
    private static final int LONGEST_TEXT = 2 << 20;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int MOST_TAGS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode object;

    private DocumentLine(JsonNode object) {
        this.object = object;
    }

    /// What is wrong with a line.
    ///
    /// @param line  from 1
    /// @param field empty where it is the line as a whole
    record Finding(int line, String field, String message) {

        @Override
        public String toString() {
            return field.isEmpty()
                    ? "line %d: %s".formatted(line, message)
                    : "line %d, field '%s': %s".formatted(line, field, message);
        }
    }

    /// The caller names the line.
    static final class Refused extends Exception {

        private final String field;

        Refused(String field, String message) {
            super(message, null, false, false);
            this.field = field;
        }

        Finding at(int line) {
            return new Finding(line, field, String.valueOf(getMessage()));
        }
    }

    static NewDocument read(String json) throws Refused {
        if (json.length() > LONGEST_LINE) {
            throw new Refused("", "it is longer than %d MB".formatted(LONGEST_LINE >> 20));
        }
        try {
            return read(JSON.readTree(json));
        } catch (JacksonException unreadable) {
            throw new Refused("", "this is no JSON: " + unreadable.getOriginalMessage());
        }
    }

    static NewDocument read(JsonNode object) throws Refused {
        if (!object.isObject()) {
            throw new Refused(
                    "", "a JSON object is expected, such as {\"id\": \"1\", \"title\": \"…\", \"text\": \"…\"}");
        }
        DocumentLine line = new DocumentLine(object);
        return object.has("name") && !object.has("title") ? line.service() : line.document();
    }

    private NewDocument document() throws Refused {
        String html = longText("html");
        String text = longText("text");
        if (!html.isBlank() && !text.isBlank()) {
            throw new Refused("text", "give 'html' or 'text', not both");
        }
        String audience = shortText("audience", LONGEST_KEY);
        if (!audience.isEmpty() && !Audience.isKnown(audience)) {
            throw new Refused("audience", "it is one of " + String.join(", ", Audience.all()));
        }
        return new NewDocument(
                required("id", LONGEST_KEY),
                address(),
                required("title", LONGEST_TITLE),
                html,
                text,
                language(),
                updated(),
                audience,
                shortText("owner", LONGEST_TITLE),
                tags(),
                day("review"),
                details());
    }

    private Details details() throws Refused {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String field : Details.FIELDS) {
            JsonNode value = object.path(field);
            texts.put(field, value.isArray() ? lines(field, value) : longText(field));
            if (!field.equals("documents")) {
                texts.compute(field, (_, text) -> Sections.line(String.valueOf(text)));
            }
        }
        Details details = Details.of(texts);
        List<Details.Mistake> mistakes = details.mistakes();
        if (!mistakes.isEmpty()) {
            throw new Refused(mistakes.getFirst().field(), mistakes.getFirst().message());
        }
        return details;
    }

    private static String lines(String field, JsonNode list) throws Refused {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : list) {
            if (!one.isString() || !field.equals("documents")) {
                throw new Refused(field, field.equals("documents") ? "each one is a text" : "a text is expected");
            }
            lines.add(Sections.line(clean(one.asString())));
        }
        return String.join("\n", lines);
    }

    /// What it costs and its forms become sections with headings, so that they can be quoted.
    private NewDocument service() throws Refused {
        StringBuilder html = new StringBuilder(longText("description"));
        String fees = longText("fees");
        if (!fees.isBlank()) {
            html.append("<h2 id=\"fees\">Gebühren</h2>").append(fees);
        }
        List<String> forms = new ArrayList<>();
        for (JsonNode form : object.path("forms")) {
            String name = form.path("name").asString("");
            if (!name.isBlank()) {
                forms.add("<li>%s</li>".formatted(name));
            }
        }
        if (!forms.isEmpty()) {
            html.append("<h2 id=\"forms\">Formulare und Links</h2><ul>")
                    .append(String.join("", forms))
                    .append("</ul>");
        }
        return new NewDocument(
                required("id", LONGEST_KEY),
                address(),
                required("name", LONGEST_TITLE),
                clean(html.toString()),
                "",
                language(),
                updated(),
                "",
                shortText("authority", LONGEST_TITLE),
                List.of(),
                null,
                details());
    }

    private String required(String field, int longest) throws Refused {
        String text = shortText(field, longest);
        if (text.isEmpty()) {
            throw new Refused(field, "it is missing");
        }
        return text;
    }

    /// Of one line.
    private String shortText(String field, int longest) throws Refused {
        String text = Sections.line(value(field));
        if (text.length() > longest) {
            throw new Refused(field, "it has more than %d characters".formatted(longest));
        }
        return text;
    }

    private String longText(String field) throws Refused {
        String text = value(field);
        if (text.length() > LONGEST_TEXT) {
            throw new Refused(field, "it has more than %d million characters".formatted(LONGEST_TEXT >> 20));
        }
        return text;
    }

    private String value(String field) throws Refused {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString() && !value.isNumber()) {
            throw new Refused(field, "a text is expected");
        }
        return clean(value.asString());
    }

    /// PostgreSQL stores no NUL and UTF-8 knows no half of a surrogate pair.
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(letter -> letter != 0 && Character.getType(letter) != Character.SURROGATE)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private String address() throws Refused {
        String address = shortText("url", LONGEST_ADDRESS);
        if (!address.isEmpty() && !address.matches("https?://\\S+|/(?!/)\\S*")) {
            throw new Refused("url", "it begins with https:// or with a slash");
        }
        return address;
    }

    private String language() throws Refused {
        String language = shortText("language", LONGEST_KEY).toLowerCase(Locale.ROOT);
        if (!language.isEmpty() && !language.matches("[a-z]{2,3}(-[a-z0-9]{1,8})*")) {
            throw new Refused("language", "it is a language tag such as de");
        }
        return language.replaceFirst("-.*", "");
    }

    private @Nullable Instant updated() throws Refused {
        String text = shortText("updated", LONGEST_KEY);
        try {
            if (text.isEmpty()) {
                return null;
            }
            return text.length() == "2026-11-22".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Refused("updated", "it is written like 2026-11-22 or 2026-11-22T14:05:00Z");
        }
    }

    private @Nullable LocalDate day(String field) throws Refused {
        String text = shortText(field, LONGEST_KEY);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw new Refused(field, "it is written like 2026-11-22");
        }
    }

    private List<String> tags() throws Refused {
        JsonNode given = object.path("tags");
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray() || given.size() > MOST_TAGS) {
            throw new Refused("tags", "a list of at most %d words is expected".formatted(MOST_TAGS));
        }
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : given) {
            String text = Sections.line(clean(tag.asString("")));
            if (text.isEmpty() || text.length() > LONGEST_KEY) {
                throw new Refused("tags", "each one is a text of at most %d characters".formatted(LONGEST_KEY));
            }
            tags.add(text);
        }
        return List.copyOf(tags);
    }
}
