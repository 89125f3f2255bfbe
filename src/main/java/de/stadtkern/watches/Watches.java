package de.stadtkern.watches;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.LatestValues;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to watches and their incidents, for editors of the platform. What they change can be taken back.
@Service
class Watches implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String KIND = "watch";
    private static final int MOST = 10_000;
    private static final int LISTED = 100;
    private static final int IN_FEED = 50;
    private static final int PAST = 10_000;

    private final WatchStore store;
    private final Incidents incidents;
    private final HookQueue hooks;
    private final MeasuringPoints points;
    private final LatestValues values;
    private final Rights rights;
    private final Changes changes;
    private final DataSets dataSets;

    Watches(
            WatchStore store,
            Incidents incidents,
            HookQueue hooks,
            MeasuringPoints points,
            LatestValues values,
            Rights rights,
            Changes changes,
            DataSets dataSets) {
        this.store = store;
        this.incidents = incidents;
        this.hooks = hooks;
        this.points = points;
        this.values = values;
        this.rights = rights;
        this.changes = changes;
        this.dataSets = dataSets;
    }

    void require() {
        rights.require(Role.EDITOR, Area.PLATFORM);
    }

    List<Watch> list() {
        require();
        return store.list().stream()
                .filter(watch -> dataSets.mayRead(watch.wish().datastreamId()))
                .toList();
    }

    Watch get(long id) {
        require();
        return store.find(id)
                .filter(watch -> dataSets.mayRead(watch.wish().datastreamId()))
                .orElseThrow(() ->
                        new Problem(Problem.Kind.MISSING, "watch-unknown", "There is no watch %d.".formatted(id)));
    }

    /// @param flaws what is wrong with the wish already; the rest is added
    @Transactional
    public long create(Watch.Wish wish, Flaws flaws) {
        require();
        check(wish, flaws);
        if (store.list().size() >= MOST) {
            throw Problem.field("name", "too-many-watches", "A town has at most %d watches.".formatted(MOST));
        }
        long id = store.insert(null, wish, secret(wish, ""), false);
        beginNow(id, wish);
        record(id, Optional.empty());
        return id;
    }

    /// The newest value is the first that is looked at: whoever asks for a limit that is crossed already hears of it.
    private void beginNow(long id, Watch.Wish wish) {
        Instant newest = values.newest(List.of(wish.datastreamId())).get(wish.datastreamId());
        if (newest != null) {
            store.looked(Map.of(id, newest.minusMillis(1)), Map.of());
        }
    }

    private void check(Watch.Wish wish, Flaws flaws) {
        WatchCheck.check(wish, flaws);
        flaws.end();
        points.aggregation(wish.datastreamId());
    }

    /// @param version of the watch the editor saw
    /// @param flaws   what is wrong with the wish already; the rest is added
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(long id, String version, Watch.Wish wish, Flaws flaws) {
        require();
        store.lock();
        Watch before = get(id);
        Version.require(version, before.version());
        check(wish, flaws);
        if (!wish.equals(before.wish()) && incidents.open().contains(id)) {
            // What is wished otherwise is judged anew.
            incidents.end(id);
        }
        store.update(id, wish, secret(wish, before.hookSecret()), before.paused());
        if (!wish.equals(before.wish())) {
            beginNow(id, wish);
        }
        return record(id, Optional.of(before));
    }

    @Transactional
    public long pause(long id, boolean paused) {
        require();
        store.lock();
        Watch before = get(id);
        if (paused) {
            incidents.end(id);
        } else {
            beginNow(id, before.wish());
        }
        store.update(id, before.wish(), before.hookSecret(), paused);
        return record(id, Optional.of(before));
    }

    @Transactional
    public long delete(long id) {
        require();
        store.lock();
        Watch before = get(id);
        incidents.end(id);
        store.delete(id);
        return record(id, Optional.of(before));
    }

    /// Sends a message marked as a test on each of its ways.
    @Transactional
    public void test(long id) {
        incidents.test(get(id));
    }

    List<String> hookFailures(long id) {
        require();
        return hooks.failures(id);
    }

    Incident.Listed open() {
        require();
        return incidents.list(true, dataSets.unreadable(), LISTED);
    }

    /// Ids of all watches with an open incident, also of those that are not listed.
    Set<Long> withOpen() {
        require();
        return incidents.open();
    }

    /// The newest ten thousand.
    List<Incident> past() {
        require();
        return incidents.list(false, dataSets.unreadable(), PAST).newest();
    }

    /// For everybody: what editors want to be public.
    List<Incident.Told> inFeed() {
        return incidents.inFeed(dataSets.unreadable(), IN_FEED);
    }

    @Transactional
    public void acknowledge(long incident, String note) {
        require();
        if (note.length() > 1_000) {
            throw Problem.field("note", "note-invalid", "A note has at most 1000 characters.");
        }
        if (!incidents.acknowledge(
                incident, dataSets.unreadable(), rights.caller().name(), note.strip())) {
            throw new Problem(Problem.Kind.MISSING, "incident-unknown", "There is no incident %d.".formatted(incident));
        }
    }

    private static String secret(Watch.Wish wish, String before) {
        if (wish.hook().isEmpty() || !before.isEmpty()) {
            return before;
        }
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private long record(long id, Optional<Watch> before) {
        Optional<Watch> after = store.find(id);
        Watch either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.PLATFORM,
                                KIND,
                                String.valueOf(id),
                                either.wish().name()),
                        before.map(Watches::tree).orElse(null),
                        after.map(Watches::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    /// Without the secret: whoever reads the list of changes could sign with it.
    static Map<String, String> tree(Watch watch) {
        Watch.Wish wish = watch.wish();
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("name", wish.name());
        tree.put("datastream", String.valueOf(wish.datastreamId()));
        tree.put("kind", wish.kind().key());
        put(tree, "above", wish.above());
        put(tree, "below", wish.below());
        tree.put("lasting", wish.lasting().toString());
        tree.put("margin", String.valueOf(wish.margin()));
        tree.put("intervals", String.valueOf(wish.intervals()));
        tree.put("silence", wish.silence().toString());
        tree.put("factor", String.valueOf(wish.factor()));
        tree.put("mails", String.join(" ", wish.mails()));
        tree.put("hook", wish.hook());
        tree.put("feed", String.valueOf(wish.feed()));
        put(tree, "quiet-from", wish.quietFrom());
        put(tree, "quiet-to", wish.quietTo());
        tree.put("paused", String.valueOf(watch.paused()));
        return tree;
    }

    private static void put(Map<String, String> tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value.toString());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(watch -> JSON.valueToTree(tree(watch)))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        long id = Long.parseLong(subject);
        Optional<Watch> before = store.find(id);
        if (state == null) {
            delete(id);
            return;
        }
        Watch.Wish wish = wish(state);
        check(wish, new Flaws());
        boolean paused = state.path("paused").asString().equals("true");
        incidents.end(id);
        if (before.isEmpty()) {
            store.insert(id, wish, secret(wish, ""), paused);
        } else {
            store.update(id, wish, secret(wish, before.get().hookSecret()), paused);
        }
        beginNow(id, wish);
        record(id, before);
    }

    private static Watch.Wish wish(JsonNode state) {
        return new Watch.Wish(
                state.path("name").asString(),
                Long.parseLong(state.path("datastream").asString()),
                Watch.Kind.valueOf(state.path("kind").asString().toUpperCase(java.util.Locale.ROOT)),
                state.has("above") ? Double.valueOf(state.path("above").asString()) : null,
                state.has("below") ? Double.valueOf(state.path("below").asString()) : null,
                Duration.parse(state.path("lasting").asString()),
                Double.parseDouble(state.path("margin").asString()),
                Integer.parseInt(state.path("intervals").asString()),
                Duration.parse(state.path("silence").asString()),
                Double.parseDouble(state.path("factor").asString()),
                Watch.Wish.mails(state.path("mails").asString()),
                state.path("hook").asString(),
                state.path("feed").asString().equals("true"),
                state.has("quiet-from")
                        ? LocalTime.parse(state.path("quiet-from").asString())
                        : null,
                state.has("quiet-to") ? LocalTime.parse(state.path("quiet-to").asString()) : null);
    }
}
