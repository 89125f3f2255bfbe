package de.stadtkern.knowledge;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.knowledge.KnowledgeSource.Kind;
import de.stadtkern.knowledge.KnowledgeSource.Wish;
import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door for texts that are brought in.
@Service
class Documents implements Versioned {

    /// Of the source for texts that name none.
    static final String IMPORTED = "import";

    private static final int MOST_AT_ONCE = 500;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "knowledge-text";

    private final KnowledgeStore store;
    private final KnowledgeSourceStore sources;
    private final Rights rights;
    private final Changes changes;

    Documents(KnowledgeStore store, KnowledgeSourceStore sources, Rights rights, Changes changes) {
        this.store = store;
        this.sources = sources;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.EDITOR, Area.CHAT);
    }

    /// The source for what is brought by command or API.
    ///
    /// @param slug empty for the usual one, which is made when it is needed first
    @Transactional
    public KnowledgeSource target(String slug) {
        require();
        String wanted = slug.isEmpty() ? IMPORTED : slug;
        Optional<KnowledgeSource> known = sources.find(wanted);
        if (known.isEmpty() && slug.isEmpty()) {
            String language = CityContext.current().languages().getFirst();
            long id = sources.insert(
                    null, new Wish(IMPORTED, "Import", Kind.IMPORT, "", language, Audience.PUBLIC, "", null), true);
            return sources.find(id).orElseThrow();
        }
        KnowledgeSource source = known.orElseThrow(() ->
                Problem.field("source", "knowledge-source-unknown", "There is no source '%.60s'.".formatted(wanted)));
        if (!source.wish().kind().takesTexts()) {
            throw Problem.field(
                    "source",
                    "knowledge-source-fetched",
                    "What '%s' holds is fetched by Stadtkern itself.".formatted(wanted));
        }
        return source;
    }

    /// Stores texts, each in the place of the one of its key.
    ///
    /// @return how many are new or changed
    @Transactional
    public int put(KnowledgeSource source, Collection<NewDocument> documents) {
        require();
        return write(source, documents, store.nextVersion());
    }

    /// The same of all a source has: what is not among them is removed.
    @Transactional
    public int putAll(KnowledgeSource source, Collection<NewDocument> documents) {
        require();
        long version = store.nextVersion();
        store.deleteOthers(source.id(), documents.stream().map(NewDocument::key).toList(), version);
        return write(source, documents, version);
    }

    private int write(KnowledgeSource source, Collection<NewDocument> documents, long version) {
        // Of two with one key the later one counts.
        Map<String, NewDocument> byKey = new LinkedHashMap<>();
        documents.forEach(document -> byKey.put(document.key(), document));
        List<NewDocument> all = new ArrayList<>(byKey.values());
        int written = 0;
        for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
            List<NewDocument> some = all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE));
            Map<String, Long> ids = store.upsert(source.id(), some, version);
            Map<Long, List<Section>> sections = new HashMap<>();
            for (NewDocument document : some) {
                Long id = ids.get(document.key());
                if (id != null) {
                    sections.put(id, document.sections());
                }
            }
            if (!sections.isEmpty()) {
                store.setSections(sections);
            }
            written += sections.size();
        }
        return written;
    }

    /// Removes a text; it is found no more from now on.
    ///
    /// @param slug of its source, empty for the usual one
    @Transactional
    public void remove(String slug, String key) {
        require();
        long version = store.nextVersion();
        boolean isRemoved = sources.find(slug.isEmpty() ? IMPORTED : slug)
                .map(source -> store.delete(source.id(), key, version))
                .orElse(false);
        if (!isRemoved) {
            throw new Problem(Problem.Kind.MISSING, "text-unknown", "There is no text '%.60s'.".formatted(key));
        }
    }

    /// A page that is gone.
    @Transactional
    public void removeIfThere(KnowledgeSource source, String key) {
        require();
        store.delete(source.id(), key, store.nextVersion());
    }

    /// Stores what a file holds. A file that is all its source has takes its place only if it is right as a whole.
    @Transactional
    public void bring(KnowledgeSource source, BroughtFile file) {
        if (!file.isWhole()) {
            put(source, file.documents());
        } else if (file.findings().isEmpty()) {
            putAll(source, file.documents());
        }
    }

    /// Takes a text out of what is found and shown, or puts it back; from now on.
    ///
    /// @param slug of its source
    /// @return number of the change, 0 if it was so already
    @Transactional
    public long withdraw(String slug, String id, boolean withdrawn) {
        require();
        return setWithdrawn(of(slug, id), withdrawn);
    }

    private Head of(String slug, String id) {
        return (id.matches("\\d{1,15}") ? store.find(Long.parseLong(id)) : Optional.<Head>empty())
                .filter(one -> one.sourceSlug().equals(slug))
                .orElseThrow(() ->
                        new Problem(Problem.Kind.MISSING, "text-unknown", "There is no text '%.40s'.".formatted(id)));
    }

    /// A text of which staff say hours, contact and the like here.
    ///
    /// @param slug of its source
    Head detailed(String slug, String id) {
        require();
        Head head = of(slug, id);
        boolean isHere = sources.find(slug)
                .filter(source -> source.wish().kind().isDetailedByStaff())
                .isPresent();
        if (!isHere) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "details-elsewhere",
                    "Hours and contact of this text come with it from where it is brought in.");
        }
        return head;
    }

    static String version(Head head) {
        return Version.of(head.details().tree());
    }

    /// @param version of what the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(String slug, String id, String version, Details details, Flaws flaws) {
        // Whoever takes a version waits for whoever writes.
        long next = store.nextVersion();
        Head head = detailed(slug, id);
        Version.require(version, version(head));
        flaws.end();
        return setDetails(head, details, next);
    }

    private long setDetails(Head head, Details details, long version) {
        if (head.details().equals(details)) {
            return 0;
        }
        store.setDetails(head.id(), details, version);
        return changes.record(
                        new Changes.Subject(Area.CHAT, KIND, String.valueOf(head.id()), head.title()),
                        tree(head.withdrawn(), head.details()),
                        tree(head.withdrawn(), details),
                        "")
                .orElse(0L);
    }

    private long setWithdrawn(Head head, boolean withdrawn) {
        if (!store.withdraw(head.id(), withdrawn, store.nextVersion())) {
            return 0;
        }
        return changes.record(
                        new Changes.Subject(Area.CHAT, KIND, String.valueOf(head.id()), head.title()),
                        tree(!withdrawn, head.details()),
                        tree(withdrawn, head.details()),
                        "")
                .orElse(0L);
    }

    private static Map<String, String> tree(boolean withdrawn, Details details) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("withdrawn", String.valueOf(withdrawn));
        tree.putAll(details.texts());
        return tree;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(head -> JSON.valueToTree(tree(head.withdrawn(), head.details())))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        Optional<Head> head = store.find(Long.parseLong(subject));
        if (state == null || head.isEmpty()) {
            return;
        }
        setWithdrawn(head.get(), state.path("withdrawn").asString("").equals("true"));
        // Older states say nothing of them.
        if (state.has("hours")) {
            Map<String, String> texts = new LinkedHashMap<>();
            Details.FIELDS.forEach(field -> texts.put(field, state.path(field).asString("")));
            setDetails(store.find(head.get().id()).orElseThrow(), Details.of(texts), store.nextVersion());
        }
    }

    /// A text with its sections, for whoever may read it.
    record Readable(Head head, List<Section> sections) {}

    Readable read(long id) {
        Head head = store.find(id)
                .filter(one -> one.shown() && Audience.of(rights).contains(one.audience()))
                .orElseThrow(
                        () -> new Problem(Problem.Kind.MISSING, "text-unknown", "There is no text %d.".formatted(id)));
        return new Readable(head, store.sections(List.of(id)).getOrDefault(id, List.of()));
    }
}
