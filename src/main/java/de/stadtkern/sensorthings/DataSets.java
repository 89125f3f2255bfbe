package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Closed;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to data sets: stewards make them, and whoever reads or writes asks here whether they may. What was
/// looked up is good for a second and a half, in each process, as with API keys.
@Service
public class DataSets implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "data-set";
    private static final int MOST = 1_000;
    private static final long FRESH_NANOS = 1_500_000_000L;

    private static final ScopedValue<Set<Long>> WRITABLE = ScopedValue.newInstance();

    private final DataSetStore store;
    private final Rights rights;
    private final Changes changes;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    DataSets(DataSetStore store, Rights rights, Changes changes) {
        this.store = store;
        this.rights = rights;
        this.changes = changes;
    }

    /// @param restricted    sets not everybody may read
    /// @param ofDatastreams which of them a Datastream is in
    private record Known(Map<Long, DataSet> restricted, Map<Long, Long> ofDatastreams, long at) {}

    private Known known() {
        long town = CityContext.current().id();
        Known before = known.get(town);
        if (before != null && System.nanoTime() - before.at < FRESH_NANOS) {
            return before;
        }
        Map<Long, DataSet> restricted = store.closable().stream().collect(Collectors.toMap(DataSet::id, set -> set));
        Known now = new Known(restricted, restricted.isEmpty() ? Map.of() : store.restricted(), System.nanoTime());
        known.put(town, now);
        return now;
    }

    /// What the caller may not see.
    Closed closed() {
        if (Closed.isBound()) {
            return Closed.current();
        }
        List<Long> closed = known().restricted.values().stream()
                .filter(set -> !mayRead(set.wish()))
                .map(DataSet::id)
                .sorted()
                .toList();
        return closed.isEmpty() ? Closed.NONE : new Closed(closed);
    }

    /// For work that nobody asked for over the network, such as jobs and commands: sees everything.
    public <T, X extends Throwable> T seeingAll(ScopedValue.CallableOp<T, X> work) throws X {
        return Closed.NONE.call(work);
    }

    /// Whether the caller may read this Datastream's Observations. Whether it is there is another question.
    public boolean mayRead(long datastreamId) {
        Known known = known();
        Long set = known.ofDatastreams.get(datastreamId);
        return set == null || !closed().dataSets().contains(set);
    }

    /// Whether everybody may.
    public boolean isPublic(long datastreamId) {
        return !known().ofDatastreams.containsKey(datastreamId);
    }

    /// The Datastreams the caller may not read: a list that is cut to the newest leaves them out beforehand.
    public Set<Long> unreadable() {
        Known known = known();
        Closed closed = closed();
        return known.ofDatastreams.entrySet().stream()
                .filter(entry -> closed.dataSets().contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether its data set lets the caller write; what else is needed is [WriteAccess]'s to say.
    public boolean mayWrite(long datastreamId) {
        Known known = known();
        Long set = known.ofDatastreams.get(datastreamId);
        DataSet restricted = set == null ? null : known.restricted.get(set);
        return restricted == null || mayWrite(restricted.wish());
    }

    /// Refuses a Datastream the caller may not write: as unknown, if they may not even read it.
    public void requireWrite(Collection<Long> datastreamIds) {
        if (known().restricted.isEmpty()) {
            return;
        }
        for (long id : datastreamIds) {
            if (!mayWrite(id)) {
                throw mayRead(id) ? refused() : new DatastreamUnknown(id);
            }
        }
    }

    /// The same for a Thing and all that would be added to it.
    public void requireWriteOfThing(long thingId) {
        Long set =
                known().restricted.isEmpty() ? null : store.setOfThing(thingId).orElse(null);
        if (set != null && unwritable().dataSets().contains(set)) {
            throw refused();
        }
    }

    /// The data sets the caller may not write.
    Closed unwritable() {
        List<Long> sets = known().restricted.values().stream()
                .filter(set -> !mayWrite(set.wish()))
                .map(DataSet::id)
                .sorted()
                .toList();
        return sets.isEmpty() ? Closed.NONE : new Closed(sets);
    }

    /// The restricted data sets the caller may write, to be kept with work that is done for them later.
    public Set<Long> writable() {
        return known().restricted.values().stream()
                .filter(set -> mayWrite(set.wish()))
                .map(DataSet::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Does work for somebody who is not there any more: it may write these data sets, and no other that is
    /// restricted or will be.
    public <T, X extends Throwable> T writing(Set<Long> sets, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(WRITABLE, sets).call(work);
    }

    /// In such work: refuses Datastreams it found by other ways than their ids.
    void requireKept(Collection<Long> datastreamIds) {
        if (WRITABLE.isBound() && !WRITABLE.get().containsAll(store.restrictedOf(datastreamIds))) {
            throw refused();
        }
    }

    static Problem refused() {
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "data-set-closed",
                "This belongs to a data set that is written by others; its stewards decide who.");
    }

    private boolean mayRead(DataSet.Wish set) {
        return switch (set.openness()) {
            case PUBLIC -> true;
            case INTERNAL -> rights.allow(Role.VIEWER, Area.PLATFORM);
            case PROTECTED ->
                rights.allow(Role.STEWARD, Area.PLATFORM)
                        || isNamed(set.readers(), set.readingKeys())
                        || isNamed(set.writers(), set.writingKeys());
        };
    }

    private boolean mayWrite(DataSet.Wish set) {
        return switch (set.openness()) {
            case PUBLIC -> true;
            case INTERNAL -> rights.allow(Role.EDITOR, Area.PLATFORM);
            case PROTECTED -> rights.allow(Role.STEWARD, Area.PLATFORM) || isNamed(set.writers(), set.writingKeys());
        };
    }

    private boolean isNamed(Set<Role> roles, Set<Long> keys) {
        return roles.stream().anyMatch(role -> rights.allow(role, Area.PLATFORM))
                || rights.caller() instanceof Caller.Machine machine && keys.contains(machine.key());
    }

    private void require() {
        rights.require(Role.STEWARD, Area.PLATFORM);
    }

    public List<DataSet> list() {
        require();
        return store.list();
    }

    public DataSet get(long id) {
        require();
        return store.find(id)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "data-set-unknown", "There is no data set %d.".formatted(id)));
    }

    @Transactional
    public long create(DataSet.Wish wish) {
        require();
        if (store.list().size() >= MOST) {
            throw Problem.field("name", "too-many-data-sets", "A town has at most %d data sets.".formatted(MOST));
        }
        long id = store.insert(null, wish);
        record(id, Optional.empty());
        return id;
    }

    /// @param version of the set the steward saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(long id, String version, DataSet.Wish wish) {
        require();
        store.lock(id);
        DataSet before = get(id);
        Version.require(version, before.version());
        store.update(id, wish);
        return record(id, Optional.of(before));
    }

    /// What was in it is public again.
    @Transactional
    public long delete(long id) {
        DataSet before = get(id);
        store.delete(id);
        return record(id, Optional.of(before));
    }

    private long record(long id, Optional<DataSet> before) {
        known.remove(CityContext.current().id());
        Optional<DataSet> after = store.find(id);
        DataSet either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.PLATFORM,
                                KIND,
                                String.valueOf(id),
                                either.wish().name()),
                        before.map(DataSets::tree).orElse(null),
                        after.map(DataSets::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    static Map<String, String> tree(DataSet set) {
        DataSet.Wish wish = set.wish();
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("name", wish.name());
        tree.put("description", wish.description());
        tree.put("openness", wish.openness().key());
        tree.put("readers", joined(wish.readers().stream().map(Role::key).toList()));
        tree.put("writers", joined(wish.writers().stream().map(Role::key).toList()));
        tree.put("reading-keys", joined(wish.readingKeys()));
        tree.put("writing-keys", joined(wish.writingKeys()));
        tree.put("things", joined(wish.things()));
        tree.put("datastreams", joined(wish.datastreams()));
        return tree;
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(String::valueOf).sorted().collect(Collectors.joining(" "));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(set -> JSON.valueToTree(tree(set)))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        long id = Long.parseLong(subject);
        if (state == null) {
            delete(id);
            return;
        }
        Optional<DataSet> before = store.find(id);
        if (before.isEmpty()) {
            store.insert(id, wish(state));
        } else {
            store.update(id, wish(state));
        }
        record(id, before);
    }

    private static DataSet.Wish wish(JsonNode state) {
        return new DataSet.Wish(
                state.path("name").asString(),
                state.path("description").asString(),
                DataSet.Openness.of(state.path("openness").asString()),
                roles(state.path("readers")),
                roles(state.path("writers")),
                ids(state.path("reading-keys")),
                ids(state.path("writing-keys")),
                ids(state.path("things")),
                ids(state.path("datastreams")));
    }

    private static Set<Role> roles(JsonNode text) {
        return words(text).stream().map(Role::of).collect(Collectors.toSet());
    }

    private static Set<Long> ids(JsonNode text) {
        return words(text).stream().map(Long::valueOf).collect(Collectors.toSet());
    }

    private static List<String> words(JsonNode text) {
        return Arrays.stream(text.asString().split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
