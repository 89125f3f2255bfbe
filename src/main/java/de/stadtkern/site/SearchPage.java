package de.stadtkern.site;

import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.knowledge.Knowledge.Asked;
import de.stadtkern.knowledge.Knowledge.Found;
import de.stadtkern.page.Frame;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.seams.Facts;
import de.stadtkern.site.SearchView.Answer;
import de.stadtkern.site.SearchView.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What was found, and above it what can be answered at once.
@Component
class SearchPage {

    private static final String PATH = "/search";

    private final Knowledge knowledge;
    private final List<Facts> facts;

    SearchPage(Knowledge knowledge, List<Facts> facts) {
        this.knowledge = knowledge;
        this.facts = facts;
    }

    /// @param kind narrows it, empty for all
    SearchView view(Frame frame, String text, String kind, int page) {
        Found found = knowledge.search(new Asked(text, frame.wording().locale(), kind, page));
        return new SearchView(
                found.text(),
                kind,
                found.text().isBlank() ? List.of() : answers(frame, found.text()),
                found.hits(),
                found.total(),
                kinds(frame, found, kind),
                found.meant().isEmpty() ? null : new Kind(found.meant(), address(found.meant(), "", 1), 0, false),
                found.isLoosely(),
                found.page(),
                found.pages(),
                found.page() > 1 ? address(found.text(), kind, found.page() - 1) : "",
                found.page() < found.pages() ? address(found.text(), kind, found.page() + 1) : "");
    }

    /// All of them first; a single one is nothing to choose from.
    private static List<Kind> kinds(Frame frame, Found found, String chosen) {
        if (found.kinds().size() < 2 && chosen.isEmpty()) {
            return List.of();
        }
        List<Kind> kinds = new ArrayList<>();
        int all = found.kinds().values().stream().mapToInt(Integer::intValue).sum();
        kinds.add(new Kind(frame.say("site.search.all"), address(found.text(), "", 1), all, chosen.isEmpty()));
        found.kinds()
                .forEach((name, count) ->
                        kinds.add(new Kind(name, address(found.text(), name, 1), count, name.equals(chosen))));
        return List.copyOf(kinds);
    }

    private static String address(String text, String kind, int page) {
        Map<String, String> asked = new java.util.LinkedHashMap<>();
        asked.put("q", text);
        asked.put("kind", kind);
        asked.put("page", page > 1 ? String.valueOf(page) : "");
        return new TableQuestion(PATH, asked, "", 1).at(PATH);
    }

    private List<Answer> answers(Frame frame, String asked) {
        return Facts.of(facts, asked, frame.wording().locale()).stream()
                .map(fact -> new Answer(
                        fact.subject(),
                        fact.sentence(),
                        frame.say(
                                "site.search.answer",
                                fact.source(),
                                frame.wording().dateTime(fact.known())),
                        fact.address()))
                .toList();
    }
}
