package de.stadtkern.chat;

import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.knowledge.Knowledge.Hit;
import de.stadtkern.page.Texts;
import java.util.List;
import org.springframework.stereotype.Component;

/// Finds the sentences of the town's texts that answer a question.
@Component
class Answers {

    private static final int MOST = 3;

    private final Knowledge knowledge;
    private final Texts texts;

    Answers(Knowledge knowledge, Texts texts) {
        this.knowledge = knowledge;
        this.texts = texts;
    }

    Reply find(Asked asked) {
        List<Hit> hits = knowledge
                .search(new Knowledge.Asked(asked.text(), asked.language(), "", 1))
                .hits();
        List<Reply.Source> sources = hits.stream()
                .limit(MOST)
                .map(hit -> new Reply.Source(hit.address(), hit.title(), hit.address(), said(hit), hit.changed()))
                .toList();
        return sources.isEmpty()
                ? Reply.said(Reply.Kind.UNKNOWN, texts.say(asked.language(), "chat.unknown"), "")
                : new Reply(
                        Reply.Kind.ANSWER,
                        Reply.Label.QUOTE,
                        sources.getFirst().quote(),
                        1,
                        sources,
                        List.of(),
                        List.of(),
                        "");
    }

    private static String said(Hit hit) {
        StringBuilder said = new StringBuilder();
        hit.excerpt().pieces().forEach(piece -> said.append(piece.text()));
        return said.toString();
    }
}
