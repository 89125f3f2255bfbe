package de.stadtkern.chat;

import de.stadtkern.city.CityContext;
import de.stadtkern.page.Texts;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What programs send: one JSON object, of which every field is looked at.
record ChatBody(JsonNode body) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST = 16 << 10;

    /// @param conversation empty for a new one
    record Asking(Question question, String conversation) {}

    record Rating(String conversation, boolean helpful) {}

    static ChatBody read(HttpServletRequest request) throws IOException {
        byte[] sent = request.getInputStream().readNBytes(LARGEST + 1);
        if (sent.length > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "body-too-large",
                    "The body has at most %d kB.".formatted(LARGEST >> 10),
                    Map.of("most", LARGEST));
        }
        try {
            JsonNode body = JSON.readTree(sent);
            if (body.isObject()) {
                return new ChatBody(body);
            }
        } catch (JacksonException _) {
            // Said below.
        }
        throw new Problem(Problem.Kind.INVALID, "body-invalid", "The body is a JSON object in UTF-8.");
    }

    Asking asking() {
        Flaws flaws = new Flaws();
        known(flaws, "question", "language", "easy", "conversation");
        String text = flaws.read("?", () -> text("question"));
        Locale language = flaws.read(Locale.GERMAN, this::language);
        boolean easy = flaws.read(false, () -> truth("easy", false));
        String conversation = flaws.read("", () -> text("conversation"));
        return new Asking(flaws.end(() -> new Question(text, language, easy)), conversation);
    }

    Rating rating() {
        Flaws flaws = new Flaws();
        known(flaws, "conversation", "helpful");
        String conversation = flaws.read("", () -> text("conversation"));
        boolean helpful = flaws.read(false, () -> {
            if (body.path("helpful").isMissingNode()) {
                throw Problem.field("helpful", "field-missing", "Field 'helpful' is missing.");
            }
            return truth("helpful", false);
        });
        return flaws.end(() -> new Rating(conversation, helpful));
    }

    private void known(Flaws flaws, String... fields) {
        body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !Set.of(fields).contains(name))
                .limit(1)
                .forEach(name -> flaws.add(Problem.field(
                        name.length() > 40 ? name.substring(0, 40) + "…" : name,
                        "field-unknown",
                        "There are the fields '%s'.".formatted(String.join("', '", fields)))));
    }

    private String text(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw Problem.field(field, "field-no-text", "Field '%s' is a text.".formatted(field));
        }
        return value.asString();
    }

    private boolean truth(String field, boolean otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw Problem.field(field, "field-no-truth", "Field '%s' is true or false.".formatted(field));
        }
        return value.asBoolean();
    }

    private Locale language() {
        List<String> offered = Texts.offeredBy(CityContext.current());
        String asked = text("language");
        if (!asked.isEmpty() && !offered.contains(asked)) {
            throw Problem.field(
                    "language",
                    "language-not-offered",
                    "Field 'language' is one of: %s.".formatted(String.join(", ", offered)));
        }
        return Locale.of(asked.isEmpty() ? offered.getFirst() : asked);
    }
}
