package de.stadtkern.sources;

import de.stadtkern.connect.MessageReader;
import de.stadtkern.connect.MessageReading;
import de.stadtkern.connect.SourceMapping;
import de.stadtkern.connect.SourceTargets;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sources.Source.Kind;
import de.stadtkern.sources.Source.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to sources, for stewards of the platform. What they change can be taken back; keys and secrets are
/// no part of that.
@Service
class Sources implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "source";
    private static final int MOST = 1_000;
    private static final int LONGEST_SECRET = 4_000;

    private final SourceStore store;
    private final MessageStore messages;
    private final Messages intake;
    private final SourceTargets targets;
    private final Rights rights;
    private final Changes changes;

    Sources(
            SourceStore store,
            MessageStore messages,
            Messages intake,
            SourceTargets targets,
            Rights rights,
            Changes changes) {
        this.store = store;
        this.messages = messages;
        this.intake = intake;
        this.targets = targets;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.STEWARD, Area.PLATFORM);
    }

    List<Source> list() {
        require();
        return store.list();
    }

    Source get(String slug) {
        require();
        return store.find(slug).orElseThrow(() -> unknown(slug));
    }

    private static Problem unknown(String slug) {
        return new Problem(Problem.Kind.MISSING, "source-unknown", "There is no source '%.60s'.".formatted(slug));
    }

    /// The newest message of each source, by the source's id.
    Map<Long, Message> newest() {
        require();
        return messages.newest().stream()
                .collect(java.util.stream.Collectors.toMap(Message::source, message -> message));
    }

    /// Of a web-hook the key, which is said this once; of others empty.
    record Made(Source source, String key) {}

    /// @param secret to be shown to the other side; empty: none
    /// @param flaws  what is wrong with the wish already; the rest is added
    @Transactional
    public Made create(Wish wish, String secret, Flaws flaws) {
        require();
        if (store.find(wish.slug()).isPresent()) {
            flaws.add(Problem.field("slug", "slug-taken", "There is a source of this address already."));
        }
        check(wish, secret, flaws);
        if (store.list().size() >= MOST) {
            throw Problem.field("name", "too-many-sources", "A town has at most %d sources.".formatted(MOST));
        }
        long id = store.insert(null, wish, true);
        if (!secret.isEmpty()) {
            store.setSecret(id, secret);
        }
        String key = wish.kind() == Kind.WEBHOOK ? giveKey(id) : "";
        record(id, Optional.empty());
        return new Made(store.find(id).orElseThrow(), key);
    }

    private void check(Wish wish, String secret, Flaws flaws) {
        SourceCheck.check(wish, flaws);
        if (secret.length() > LONGEST_SECRET || secret.chars().anyMatch(letter -> letter < ' ')) {
            flaws.add(Problem.field("secret", "secret-invalid", "A secret is one line."));
        }
        flaws.end();
        targets.requireWrite(SourceCheck.mapping(wish.mapping()));
    }

    private String giveKey(long id) {
        SourceKey key = SourceKey.random();
        store.setKey(id, key);
        return key.text();
    }

    /// @param version of the source the steward saw
    /// @param secret  empty: as it is
    /// @param flaws   what is wrong with the wish already; the rest is added
    /// @return number of the change, 0 if nothing changed that can be taken back
    @Transactional
    public long change(String slug, String version, Wish wish, String secret, Flaws flaws) {
        require();
        store.lock(get(slug).id());
        Source before = get(slug);
        Version.require(version, before.version());
        check(wish, secret, flaws);
        store.update(before.id(), wish, before.active());
        if (!secret.isEmpty()) {
            store.setSecret(before.id(), secret);
        }
        return record(before.id(), Optional.of(before));
    }

    /// Another key; the one before is good no longer. Said this once.
    @Transactional
    public String newKey(String slug) {
        require();
        store.lock(get(slug).id());
        Source before = get(slug);
        if (before.wish().kind() != Kind.WEBHOOK) {
            throw new Problem(Problem.Kind.CONFLICTING, "source-no-webhook", "Only a web-hook has a key.");
        }
        String key = giveKey(before.id());
        record(before.id(), Optional.of(before));
        return key;
    }

    @Transactional
    public long activate(String slug, boolean active) {
        require();
        store.lock(get(slug).id());
        Source before = get(slug);
        store.update(before.id(), before.wish(), active);
        return record(before.id(), Optional.of(before));
    }

    @Transactional
    public long delete(String slug) {
        require();
        store.lock(get(slug).id());
        Source before = get(slug);
        store.delete(before.id());
        return record(before.id(), Optional.of(before));
    }

    /// How a message would be understood, as the first of its source; stores nothing.
    ///
    /// @param flaws what is wrong with the message already; that of the mapping is added
    MessageReading attempt(String mapping, String text, Flaws flaws) {
        require();
        SourceMapping read = flaws.end(() -> SourceCheck.mapping(mapping));
        return MessageReader.read(read, text, Instant.now(), MessageReading.Known.NOTHING);
    }

    int messages(Source source) {
        require();
        return messages.count(source.id());
    }

    List<Message> messages(Source source, int from, int most) {
        require();
        return messages.list(source.id(), from, most);
    }

    /// Takes a message that was refused once more, with the mapping as it is now.
    Message retry(String slug, long message) {
        Source source = get(slug);
        Message kept = messages.find(source.id(), message)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "message-unknown", "There is no message %d.".formatted(message)));
        if (!kept.canBeRetried()) {
            throw new Problem(
                    Problem.Kind.CONFLICTING, "message-not-kept", "This message was not kept, or needs no retry.");
        }
        return intake.again(source, kept);
    }

    /// What somebody has sent by page.
    Message take(String slug, String text) {
        Source source = get(slug);
        if (source.wish().kind() != Kind.FILE) {
            throw new Problem(Problem.Kind.CONFLICTING, "source-no-file", "This source gets its messages by itself.");
        }
        return intake.take(source, text);
    }

    private long record(long id, Optional<Source> before) {
        Optional<Source> after = store.find(id);
        Source either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.PLATFORM,
                                KIND,
                                String.valueOf(id),
                                either.wish().name()),
                        before.map(Source::tree).orElse(null),
                        after.map(Source::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(source -> JSON.valueToTree(source.tree()))
                .orElse(null);
    }

    /// The key stays the one that is good now; a source that was deleted has lost it and gets a new one by page.
    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        long id = Long.parseLong(subject);
        store.lock(id);
        Optional<Source> before = store.find(id);
        if (state == null) {
            store.delete(id);
        } else {
            Wish wish = wish(state);
            check(wish, "", new Flaws());
            boolean active = state.path("active").asString("").equals("true");
            if (store.find(wish.slug()).filter(other -> other.id() != id).isPresent()) {
                throw new Problem(Problem.Kind.CONFLICTING, "slug-taken", "Another source has this address meanwhile.");
            }
            if (before.isEmpty()) {
                store.insert(id, wish, active);
            } else {
                store.update(id, wish, active);
            }
        }
        record(id, before);
    }

    private static Wish wish(JsonNode state) {
        return new Wish(
                state.path("slug").asString(""),
                state.path("name").asString(""),
                Kind.of(state.path("kind").asString()),
                state.path("mapping").asString(""),
                SourceStore.settings(state));
    }
}
