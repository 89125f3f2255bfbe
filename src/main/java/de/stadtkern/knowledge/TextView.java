package de.stadtkern.knowledge;

import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.page.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text as its page shows it.
///
/// @param language of the text; null where it is the page's
/// @param from     who says so and when, may be empty
/// @param original where else it stands, empty for nowhere
/// @param details  hours, contact and the like, by their names
record TextView(
        String title,
        @Nullable String language,
        String from,
        String original,
        List<Part> parts,
        Map<String, String> details) {

    /// @param anchor by which it can be linked, may be empty
    record Part(String anchor, String heading, List<String> lines) {}

    static TextView of(Frame frame, Documents.Readable text) {
        Head head = text.head();
        List<String> from = new ArrayList<>();
        if (!head.owner().isEmpty()) {
            from.add(head.owner());
        }
        if (head.updated() != null) {
            from.add(frame.say(
                    "knowledge.changed", frame.wording().date(frame.wording().day(head.updated()))));
        }
        return new TextView(
                head.title(),
                head.language().equals(frame.wording().locale().getLanguage()) ? null : head.language(),
                String.join(", ", from),
                head.url(),
                text.sections().stream()
                        .map(section -> new Part(
                                section.anchor(),
                                section.heading(),
                                section.body().lines().toList()))
                        .toList(),
                details(frame, head.details()));
    }

    private static Map<String, String> details(Frame frame, Details details) {
        Map<String, String> named = new LinkedHashMap<>();
        details.texts().forEach((name, text) -> {
            if (!text.isEmpty()) {
                named.put(frame.say("knowledge.details.%s".formatted(name)), text.replace("\n", "; "));
            }
        });
        return named;
    }
}
