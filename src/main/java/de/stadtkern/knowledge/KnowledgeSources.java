package de.stadtkern.knowledge;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.knowledge.KnowledgeSource.Kind;
import de.stadtkern.knowledge.KnowledgeSource.Wish;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to where texts come from, for editors. What they change can be taken back.
@Service
class KnowledgeSources implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "knowledge-source";
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ADDRESS = 2_000;

    private final KnowledgeSourceStore store;
    private final KnowledgeStore texts;
    private final DuePages pages;
    private final EventStore events;
    private final Rights rights;
    private final Changes changes;

    KnowledgeSources(
            KnowledgeSourceStore store,
            KnowledgeStore texts,
            DuePages pages,
            EventStore events,
            Rights rights,
            Changes changes) {
        this.store = store;
        this.texts = texts;
        this.pages = pages;
        this.events = events;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.EDITOR, Area.CHAT);
    }

    List<KnowledgeSource> list() {
        require();
        return store.list();
    }

    KnowledgeSource get(String slug) {
        require();
        return store.find(slug).orElseThrow(() -> unknown(slug));
    }

    private static Problem unknown(String slug) {
        return new Problem(
                Problem.Kind.MISSING, "knowledge-source-unknown", "There is no source '%.60s'.".formatted(slug));
    }

    @Transactional
    public KnowledgeSource create(Wish wish, Flaws flaws) {
        require();
        check(wish, flaws);
        if (store.find(wish.slug()).isPresent()) {
            flaws.add(Problem.field("name", "slug-taken", "There is a source of this name already."));
        }
        if (store.list().size() >= MOST) {
            flaws.add(Problem.field("name", "too-many-sources", "A town has at most %d sources.".formatted(MOST)));
        }
        flaws.end();
        long id = store.insert(null, wish, true);
        begin(id, wish);
        record(id, Optional.empty());
        return store.find(id).orElseThrow();
    }

    private void begin(long id, Wish wish) {
        if (wish.isFetched()) {
            pages.begin(id, wish.address());
        }
    }

    /// What was read at one address is found no more when the source has another.
    private void leave(KnowledgeSource before, Wish wish) {
        if (!before.wish().address().equals(wish.address())) {
            pages.end(before.id());
            texts.deleteOthers(before.id(), List.of(), texts.nextVersion());
            events.delete(before.id());
        }
    }

    /// Looks again now at what is there.
    @Transactional
    public void readAgain(String slug) {
        KnowledgeSource source = get(slug);
        begin(source.id(), source.wish());
    }

    private static void check(Wish wish, Flaws flaws) {
        if (wish.name().isBlank() || wish.name().length() > LONGEST_NAME) {
            flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
        }
        // The address is made of the name, and has no field of its own.
        if (!wish.slug().matches("[a-z0-9][a-z0-9-]{1,59}")
                || List.of("new", "synonyms").contains(wish.slug())) {
            flaws.add(Problem.field("name", "slug-invalid", "The name needs at least two letters or digits."));
        }
        boolean needsAddress = wish.kind() == Kind.WEB || wish.isFetched();
        if (needsAddress && !isAddress(wish.address())) {
            flaws.add(
                    Problem.field("address", "address-invalid", "An address begins with https:// and names a server."));
        }
        if (!wish.language().matches("[a-z]{2,3}")) {
            flaws.add(Problem.field("language", "language-invalid", "A language is written like de."));
        }
        if (!Audience.isKnown(wish.audience())) {
            flaws.add(Problem.field("audience", "choice-missing", "Choose one of these."));
        }
        if (wish.owner().length() > LONGEST_NAME) {
            flaws.add(Problem.field("owner", "name-invalid", "A name has 1 to 200 characters."));
        }
    }

    private static boolean isAddress(String address) {
        try {
            URI uri = new URI(address);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && address.length() <= LONGEST_ADDRESS;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    /// @param version of the source the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(String slug, String version, Wish wish, Flaws flaws) {
        KnowledgeSource before = locked(slug);
        Version.require(version, before.version());
        check(wish, flaws);
        flaws.end();
        return write(before, wish, before.active());
    }

    /// What comes from a source that is withdrawn is neither found nor shown, from now on.
    @Transactional
    public long activate(String slug, boolean active) {
        KnowledgeSource before = locked(slug);
        return write(before, before.wish(), active);
    }

    /// Nothing but a source that is withdrawn can be deleted: its texts go for good.
    @Transactional
    public long delete(String slug) {
        KnowledgeSource before = locked(slug);
        if (before.active()) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "knowledge-source-active",
                    "Withdraw '%s' before you delete it.".formatted(slug));
        }
        texts.deleteOthers(before.id(), List.of(), texts.nextVersion());
        store.delete(before.id());
        return record(before.id(), Optional.of(before));
    }

    private KnowledgeSource locked(String slug) {
        require();
        store.lock(get(slug).id());
        return get(slug);
    }

    private long write(KnowledgeSource before, Wish wish, boolean active) {
        leave(before, wish);
        store.update(before.id(), wish, active);
        begin(before.id(), wish);
        texts.touch(before.id(), texts.nextVersion());
        return record(before.id(), Optional.of(before));
    }

    private long record(long id, Optional<KnowledgeSource> before) {
        Optional<KnowledgeSource> after = store.find(id);
        KnowledgeSource either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.CHAT,
                                KIND,
                                String.valueOf(id),
                                either.wish().name()),
                        before.map(KnowledgeSource::tree).orElse(null),
                        after.map(KnowledgeSource::tree).orElse(null),
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

    /// The texts of a source that was deleted do not come back with it.
    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        long id = Long.parseLong(subject);
        store.lock(id);
        Optional<KnowledgeSource> before = store.find(id);
        if (state == null) {
            texts.deleteOthers(id, List.of(), texts.nextVersion());
            store.delete(id);
        } else {
            Wish wish = wish(state);
            var flaws = new Flaws();
            check(wish, flaws);
            flaws.end();
            boolean active = state.path("active").asString("").equals("true");
            if (store.find(wish.slug()).filter(other -> other.id() != id).isPresent()) {
                throw new Problem(Problem.Kind.CONFLICTING, "slug-taken", "Another source has this address meanwhile.");
            }
            if (before.isEmpty()) {
                store.insert(id, wish, active);
            } else {
                leave(before.get(), wish);
                store.update(id, wish, active);
                texts.touch(id, texts.nextVersion());
            }
            begin(id, wish);
        }
        record(id, before);
    }

    private static Wish wish(JsonNode state) {
        String review = state.path("review-on").asString("");
        return new Wish(
                state.path("slug").asString(""),
                state.path("name").asString(""),
                Kind.find(state.path("kind").asString("")).orElseThrow(),
                state.path("address").asString(""),
                state.path("language").asString(""),
                state.path("audience").asString(""),
                state.path("owner").asString(""),
                review.isEmpty() ? null : LocalDate.parse(review));
    }
}
