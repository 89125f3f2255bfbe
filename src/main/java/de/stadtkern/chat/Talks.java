package de.stadtkern.chat;

import de.stadtkern.chat.Chat.Answered;
import de.stadtkern.identity.Rights;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The front door to talks: everybody may ask, and whoever holds a talk's key reads it, rates it and deletes it. Kept
/// is what the chat has masked, and for no longer than the town's days.
@Service
class Talks {

    /// Whoever has asked so much begins a new one.
    private static final int MOST_MESSAGES = 200;

    private final Chat chat;
    private final TalkStore store;
    private final AskingLimits limits;
    private final Rights rights;

    Talks(Chat chat, TalkStore store, AskingLimits limits, Rights rights) {
        this.chat = chat;
        this.store = store;
        this.limits = limits;
        this.rights = rights;
    }

    record Told(TalkKey key, Reply reply) {}

    /// Begins a talk.
    Told ask(Question question) {
        limits.require("question", rights.asker());
        Answered answered = chat.ask(question.text(), question.language(), question.easy(), Before.NOTHING);
        TalkKey key = TalkKey.random();
        store.add(store.begin(key), answered);
        return new Told(key, answered.reply());
    }

    /// Goes on with one.
    Told ask(Question question, TalkKey key) {
        limits.require("question", rights.asker());
        TalkStore.Head talk = get(key);
        if (talk.messages() >= MOST_MESSAGES) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "conversation-full",
                    "This conversation has %d questions; please begin a new one.".formatted(MOST_MESSAGES),
                    Map.of("field", "conversation"));
        }
        Answered answered = chat.ask(question.text(), question.language(), question.easy(), talk.before());
        // Deleted meanwhile: what was asked is answered, and nothing of it is kept.
        store.add(talk.id(), answered);
        return new Told(key, answered.reply());
    }

    /// Whether a question may still be added.
    boolean isOpen(TalkKey key) {
        return store.find(key).filter(talk -> talk.messages() < MOST_MESSAGES).isPresent();
    }

    /// The oldest message first; empty if the talk is not there, or not any more.
    Optional<List<Message>> find(TalkKey key) {
        return store.find(key).map(talk -> store.messages(talk.id()));
    }

    List<Message> list(TalkKey key) {
        return store.messages(get(key).id());
    }

    private TalkStore.Head get(TalkKey key) {
        return store.find(key).orElseThrow(Talks::unknown);
    }

    static Problem unknown() {
        return new Problem(
                Problem.Kind.MISSING,
                "conversation-unknown",
                "There is no such conversation, or not any more.",
                Map.of("field", "conversation"));
    }

    /// Says whether the last answer helped; may be said again.
    void rate(TalkKey key, boolean helpful) {
        store.rate(get(key).id(), helpful);
    }

    /// @return whether there was one
    boolean delete(TalkKey key) {
        return store.delete(key);
    }

    /// By the word that is shown with a talk, from any device.
    void deleteByWord(String word) {
        limits.require("word", rights.asker());
        if (!store.deleteByWord(word)) {
            throw Problem.field("word", "word-unknown", "There is no conversation with this code word.");
        }
    }
}
