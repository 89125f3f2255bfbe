package de.stadtkern.chat;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the page of the chat shows of a talk.
@Component
class ChatPage {

    private final ChatSettings settings;

    ChatPage(ChatSettings settings) {
        this.settings = settings;
    }

    /// @param messages    the oldest first
    /// @param suggestions questions to go on with, from the last answer
    /// @param rated       whether the last answer helped: `yes`, `no`, or empty
    /// @param word        by which the talk can be deleted, empty before the first question
    record View(
            List<Turn> messages,
            List<String> suggestions,
            String rated,
            String word,
            int days,
            Field question,
            ChatSetting.Contact contact) {}

    /// @param charts what facts can be looked at in, each a page to be shown inside of this one
    /// @param latest whether it is the last one
    record Turn(
            String question,
            String kind,
            String label,
            List<String> lines,
            List<Link> charts,
            List<Link> links,
            String at,
            boolean latest) {}

    /// @param url  empty where nothing stands elsewhere
    /// @param date of the text, empty where nobody knows
    record Link(String title, String url, String date) {}

    record DeleteView(Field word) {}

    View view(Frame frame, List<Message> messages, String word, Form form) {
        ChatSetting setting = settings.find();
        Message last = messages.isEmpty() ? null : messages.getLast();
        return new View(
                turns(frame, messages),
                last == null ? List.of() : last.reply().suggestions(),
                last == null || last.helpful() == null ? "" : last.helpful() ? "yes" : "no",
                word,
                setting.days(),
                form.field("question", frame.say("chat.question")).hint(frame.say("chat.question.hint")),
                settings.contact());
    }

    private static List<Turn> turns(Frame frame, List<Message> messages) {
        List<Turn> turns = new ArrayList<>();
        for (Message message : messages) {
            Reply reply = message.reply();
            turns.add(new Turn(
                    message.question(),
                    reply.kind().name().toLowerCase(Locale.ROOT),
                    frame.say("chat.label." + reply.label().name().toLowerCase(Locale.ROOT)),
                    reply.text().lines().toList(),
                    reply.facts().stream()
                            .filter(fact -> !fact.chart().isEmpty())
                            .map(fact -> new Link(fact.subject(), fact.chart(), ""))
                            .toList(),
                    links(frame, reply),
                    frame.wording().dateTime(message.at()),
                    turns.size() == messages.size() - 1));
        }
        return turns;
    }

    /// Each place once, though several sentences may be from there.
    private static List<Link> links(Frame frame, Reply reply) {
        return reply.sources().stream()
                .map(source -> new Link(source.title(), web(source.url()), date(frame, source.updated())))
                .distinct()
                .toList();
    }

    /// What else is offered as an address, such as a script, is none.
    static String web(String url) {
        return url.startsWith("/") || url.startsWith("https://") || url.startsWith("http://") ? url : "";
    }

    private static String date(Frame frame, @Nullable Instant updated) {
        return updated == null
                ? ""
                : frame.say(
                        "chat.source.updated",
                        frame.wording().date(frame.wording().day(updated)));
    }

    DeleteView delete(Frame frame, Form form) {
        return new DeleteView(form.field("word", frame.say("chat.word")).hint(frame.say("chat.word.hint")));
    }

    /// To take along: the talk as lines.
    String text(Frame frame, List<Message> messages) {
        StringBuilder text =
                new StringBuilder(frame.say("chat.title")).append(" – ").append(frame.town());
        text.append("\n\n").append(frame.say("chat.greeting.machine")).append('\n');
        for (Turn turn : turns(frame, messages)) {
            text.append("\n[")
                    .append(turn.at())
                    .append("] ")
                    .append(frame.say("chat.you"))
                    .append(": ");
            text.append(turn.question()).append('\n').append(turn.label()).append(":\n");
            turn.lines().forEach(line -> text.append("  ").append(line).append('\n'));
            turn.links()
                    .forEach(link -> text.append("  - ")
                            .append(String.join(" ", link.title(), link.url(), link.date())
                                    .strip())
                            .append('\n'));
        }
        return text.toString();
    }
}
