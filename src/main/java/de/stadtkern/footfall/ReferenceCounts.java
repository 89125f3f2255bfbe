package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to what people counted beside a counter, and how far the counter lay off.
@Service
class ReferenceCounts implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_NAME = 100;
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(24);
    /// A clock of a phone may be ahead of ours.
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration BEFORE = Duration.ofHours(1);
    private static final int MOST_VALUES = 20_000;

    private final ReferenceStore store;
    private final Counters counters;
    private final CounterStore lock;
    private final MeasuringPoints points;
    private final Changes changes;

    ReferenceCounts(
            ReferenceStore store, Counters counters, CounterStore lock, MeasuringPoints points, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.lock = lock;
        this.points = points;
        this.changes = changes;
    }

    /// The newest first.
    List<ReferenceCount> of(long counter) {
        return store.of(counter);
    }

    /// What is sent twice under one key is stored once.
    ///
    /// @param flaws what is wrong with the count already; the rest is added
    /// @return number of the change; 0 if it was there
    @Transactional
    public long add(ReferenceCount count, Flaws flaws) {
        Counter counter = counters.get(count.counterId());
        lock.lock();
        Optional<ReferenceCount> there = store.find(count.key());
        if (there.isPresent()) {
            if (there.get().counterId() != counter.id()) {
                throw Problem.field("key", "reference-elsewhere", "This count was sent for another counter.");
            }
            flaws.end();
            return 0;
        }
        check(count, flaws);
        return record(store.put(null, count), Optional.empty());
    }

    @Transactional
    public long delete(long counter, long id) {
        counters.get(counter);
        lock.lock();
        ReferenceCount before = store.find(id)
                .filter(one -> one.counterId() == counter)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "reference-unknown", "There is no reference count %d.".formatted(id)));
        store.delete(id);
        return record(id, Optional.of(before));
    }

    private static void check(ReferenceCount count, Flaws flaws) {
        if (count.countedBy().isBlank() || count.countedBy().length() > LONGEST_NAME) {
            flaws.add(Problem.field("counted-by", "counted-by-missing", "Say who counted, in 1 to 100 characters."));
        }
        if (!count.to().isAfter(count.from())) {
            flaws.add(Problem.field("count-to", "period-reversed", "The end lies after the beginning."));
        }
        if (Duration.between(count.from(), count.to()).compareTo(LONGEST) > 0) {
            flaws.add(Problem.field("count-to", "reference-long", "A count lasts at most a day."));
        }
        if (count.to().isAfter(Instant.now().plus(AHEAD))) {
            flaws.add(Problem.field("count-to", "reference-ahead", "This time is not over yet."));
        }
        amount("count-total", count.everybody(), flaws);
        amount("count-in", count.inward(), flaws);
        amount("count-out", count.outward(), flaws);
        flaws.end();
    }

    private static void amount(String field, @Nullable Integer number, Flaws flaws) {
        if (number != null && (number < 0 || number > MOST)) {
            flaws.add(Problem.field(field, "amount-invalid", "A whole number from 0 to 1000000."));
        }
    }

    /// What the counter said in the same time; empty where the two cannot be compared.
    Optional<Deviation> deviation(Counter counter, ReferenceCount count, Role role) {
        Integer byHand = count.of(role);
        if (byHand == null) {
            return Optional.empty();
        }
        List<Long> datastreams = counter.wish().of(role);
        Map<Long, Duration> usual = points.usualIntervals(datastreams);
        return Deviation.of(
                datastreams.stream()
                        .map(id -> Deviation.Part.of(
                                points.values(id, count.from().minus(BEFORE), count.to(), MOST_VALUES),
                                usual.getOrDefault(id, BEFORE),
                                count.from(),
                                count.to()))
                        .toList(),
                byHand,
                count.from(),
                count.to());
    }

    private long record(long id, Optional<ReferenceCount> before) {
        Optional<ReferenceCount> after = store.find(id);
        ReferenceCount either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                kind(),
                                String.valueOf(id),
                                counters.get(either.counterId()).wish().name()),
                        before.map(ReferenceCount::tree).orElse(null),
                        after.map(ReferenceCount::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return "counter-reference";
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(count -> JSON.valueToTree(count.tree()))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        counters.require();
        lock.lock();
        long id = Long.parseLong(subject);
        Optional<ReferenceCount> before = store.find(id);
        store.delete(id);
        if (state != null) {
            store.put(id, count(id, state));
        }
        record(id, before);
    }

    private static ReferenceCount count(long id, JsonNode state) {
        return new ReferenceCount(
                id,
                Long.parseLong(state.path("counter").asString()),
                state.path("key").asString(),
                Instant.parse(state.path("from").asString()),
                Instant.parse(state.path("to").asString()),
                state.path("counted-by").asString(),
                Integer.parseInt(state.path("everybody").asString()),
                number(state.path("in").asString()),
                number(state.path("out").asString()));
    }

    private static @Nullable Integer number(String text) {
        return text.isEmpty() ? null : Integer.valueOf(text);
    }
}
