package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to the register of counters. Editors of pedestrian counting change it and can take that back; who may
/// not read a counter's Datastreams does not see it.
///
/// A counter is never removed, because what it published is to be produced again: it is hidden.
@Service
public class Counters implements Versioned {

    static final String KIND = "counter";

    private static final JsonMapper JSON = new JsonMapper();

    private final CounterStore store;
    private final HourStore hours;
    private final MeasuringPoints points;
    private final DataSets dataSets;
    private final Rights rights;
    private final Changes changes;

    Counters(
            CounterStore store,
            HourStore hours,
            MeasuringPoints points,
            DataSets dataSets,
            Rights rights,
            Changes changes) {
        this.store = store;
        this.hours = hours;
        this.points = points;
        this.dataSets = dataSets;
        this.rights = rights;
        this.changes = changes;
    }

    void require() {
        rights.require(Role.EDITOR, Area.FOOTFALL);
    }

    boolean mayEdit() {
        return rights.allow(Role.EDITOR, Area.FOOTFALL);
    }

    /// For editors: hidden ones too.
    List<Counter> list() {
        require();
        return readable(store.list());
    }

    /// For everybody.
    List<Counter> shown() {
        return readable(
                store.list().stream().filter(counter -> counter.wish().shown()).toList());
    }

    private List<Counter> readable(List<Counter> all) {
        return all.stream().filter(counter -> isReadable(counter.wish())).toList();
    }

    private boolean isReadable(Counter.Wish wish) {
        return wish.channels().stream()
                .filter(channel -> !(wish.sumForAll() && channel.isPart()))
                .map(Counter.Channel::datastreamId)
                .allMatch(dataSets::mayRead);
    }

    /// The parts everybody can read hour by hour, as they came: the rule of small numbers does not reach them.
    List<Counter.Channel> openParts(Counter counter) {
        return counter.wish().channels().stream()
                .filter(channel -> channel.isPart() && dataSets.isPublic(channel.datastreamId()))
                .toList();
    }

    /// Whether the caller can put Datastreams into a data set.
    boolean mayClose() {
        return rights.allow(Role.STEWARD, Area.PLATFORM);
    }

    /// For editors.
    Counter get(long id) {
        require();
        return readable(store.find(id).stream().toList()).stream()
                .findFirst()
                .orElseThrow(() -> unknown(String.valueOf(id)));
    }

    /// For everybody; a hidden one only for editors.
    Counter get(String slug) {
        return readable(store.find(slug).stream().toList()).stream()
                .filter(counter -> counter.wish().shown() || mayEdit())
                .findFirst()
                .orElseThrow(() -> unknown(slug));
    }

    private static Problem unknown(String which) {
        return new Problem(Problem.Kind.MISSING, "counter-unknown", "There is no counter '%.80s'.".formatted(which));
    }

    /// Makes a Thing a counter as it proposes itself, unless it is one; for work that nobody asked for over the
    /// network.
    ///
    /// @param technique how it counts
    /// @param responsible who answers for it
    /// @param texts    of its sign, by topic and language such as `sees.de`
    @Transactional
    public void ensure(long thingId, String technique, String responsible, Map<String, String> texts) {
        MeasuringPoint point = points.find(thingId).orElseThrow();
        boolean known = store.list().stream().anyMatch(counter -> counter.wish().thingId() == thingId);
        Counter.Wish wish = CounterProposal.of(point, CityContext.current().zone());
        if (!known && !wish.counted().isEmpty()) {
            rights.asOperator(() -> create(
                    new Counter.Wish(
                            free(wish.slug()),
                            thingId,
                            wish.name(),
                            wish.place(),
                            "",
                            technique,
                            "",
                            wish.since(),
                            responsible,
                            "",
                            texts,
                            wish.simulated(),
                            true,
                            false,
                            wish.channels()),
                    new Flaws()));
        }
    }

    /// The same words, with a number behind them where another counter has them.
    String free(String slug) {
        String free = slug;
        for (int number = 2; store.find(free).isPresent(); number++) {
            free = slug + "-" + number;
        }
        return free;
    }

    /// @param flaws what is wrong with the wish already; the rest is added
    @Transactional
    public long create(Counter.Wish wish, Flaws flaws) {
        require();
        store.lock();
        check(0, wish, flaws);
        long id = store.insert(null, wish);
        hours.markAll(id);
        record(id, Optional.empty());
        return id;
    }

    /// @param version of the counter the editor saw
    /// @param flaws   what is wrong with the wish already; the rest is added
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(long id, String version, Counter.Wish wish, Flaws flaws) {
        require();
        store.lock();
        Counter before = get(id);
        requireParts(before);
        Version.require(version, before.version());
        check(id, wish, flaws);
        put(id, before, wish);
        return record(id, Optional.of(before));
    }

    /// Whoever does not see all of a counter would take away what they do not see.
    private void requireParts(Counter counter) {
        if (!counter.wish().datastreams().stream().allMatch(dataSets::mayRead)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "counter-parts-closed",
                    "Datastreams of this counter are closed to you. Whoever may read them changes it.");
        }
    }

    private void put(long id, Counter before, Counter.Wish wish) {
        store.update(id, wish);
        if (!before.wish().isMadeOfTheSame(wish)) {
            hours.markAll(id);
        }
    }

    private void check(long id, Counter.Wish wish, Flaws flaws) {
        MeasuringPoint point = points.find(wish.thingId())
                .orElseThrow(() -> Problem.field("thing", "thing-unknown", "This Thing is not there."));
        Map<Long, String> taken = store.list().stream()
                .filter(other -> other.id() != id)
                .flatMap(other -> other.wish().channels().stream()
                        .map(channel ->
                                Map.entry(channel.datastreamId(), other.wish().name())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        CounterCheck.check(wish, point, taken, flaws);
        store.find(wish.slug()).filter(other -> other.id() != id).ifPresent(other -> {
            flaws.add(Problem.field("slug", "slug-taken", "Another counter has this address."));
        });
        wish.datastreams().stream()
                .filter(one -> !dataSets.mayRead(one))
                .findFirst()
                .ifPresent(closed -> flaws.add(Problem.field("thing", "thing-unknown", "This Thing is not there.")));
        flaws.end();
    }

    private long record(long id, Optional<Counter> before) {
        Optional<Counter> after = store.find(id);
        Counter either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                KIND,
                                String.valueOf(id),
                                either.wish().name()),
                        before.map(Counters::tree).orElse(null),
                        after.map(Counters::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    static Map<String, String> tree(Counter counter) {
        Counter.Wish wish = counter.wish();
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("slug", wish.slug());
        tree.put("thing", String.valueOf(wish.thingId()));
        tree.put("name", wish.name());
        tree.put("place", wish.place());
        tree.put("section", wish.section());
        tree.put("technique", wish.technique());
        tree.put("mounting", wish.mounting());
        tree.put("since", wish.since() == null ? "" : wish.since().toString());
        tree.put("responsible", wish.responsible());
        tree.put("contact", wish.contact());
        tree.put("simulated", String.valueOf(wish.simulated()));
        tree.put("shown", String.valueOf(wish.shown()));
        tree.put("sum-for-all", String.valueOf(wish.sumForAll()));
        wish.texts().forEach((key, text) -> tree.put("text-" + key, text));
        tree.put(
                "channels",
                wish.channels().stream()
                        .map(one -> "%d %s %s"
                                .formatted(one.datastreamId(), one.role().key(), one.name()))
                        .collect(Collectors.joining("\n")));
        return tree;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(counter -> JSON.valueToTree(tree(counter)))
                .orElse(null);
    }

    /// That it was made is taken back by hiding it.
    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        require();
        store.lock();
        long id = Long.parseLong(subject);
        Counter before = get(id);
        requireParts(before);
        Counter.Wish wish = state == null ? hidden(before.wish()) : wish(state);
        check(id, wish, new Flaws());
        put(id, before, wish);
        record(id, Optional.of(before));
    }

    private static Counter.Wish hidden(Counter.Wish wish) {
        return new Counter.Wish(
                wish.slug(),
                wish.thingId(),
                wish.name(),
                wish.place(),
                wish.section(),
                wish.technique(),
                wish.mounting(),
                wish.since(),
                wish.responsible(),
                wish.contact(),
                wish.texts(),
                wish.simulated(),
                false,
                wish.sumForAll(),
                wish.channels());
    }

    private static Counter.Wish wish(JsonNode state) {
        String since = state.path("since").asString();
        Map<String, String> texts = new LinkedHashMap<>();
        Counter.textKeys()
                .forEach(key -> texts.put(key, state.path("text-" + key).asString("")));
        return new Counter.Wish(
                state.path("slug").asString(),
                Long.parseLong(state.path("thing").asString()),
                state.path("name").asString(),
                state.path("place").asString(),
                state.path("section").asString(),
                state.path("technique").asString(),
                state.path("mounting").asString(),
                since.isEmpty() ? null : LocalDate.parse(since),
                state.path("responsible").asString(),
                state.path("contact").asString(),
                texts,
                state.path("simulated").asString().equals("true"),
                state.path("shown").asString().equals("true"),
                state.path("sum-for-all").asString("").equals("true"),
                state.path("channels").asString().lines().map(Counters::channel).toList());
    }

    private static Counter.Channel channel(String line) {
        String[] words = line.split(" ", 3);
        return new Counter.Channel(Long.parseLong(words[0]), Counter.Role.of(words[1]), words[2]);
    }

    /// What is usual there is learned anew soon.
    void learnAnew(long id) {
        store.learnAt(id, Instant.now());
    }
}
