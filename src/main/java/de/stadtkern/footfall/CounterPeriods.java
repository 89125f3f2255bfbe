package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to what editors know of times: works, outages, events, breaks of the method. The hours they touch are
/// looked at again.
@Service
class CounterPeriods implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 500;

    private final PeriodStore store;
    private final CounterStore counters;
    private final HourStore hours;
    private final Counters register;
    private final Changes changes;

    CounterPeriods(PeriodStore store, CounterStore counters, HourStore hours, Counters register, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.hours = hours;
        this.register = register;
        this.changes = changes;
    }

    /// Of the counter and of all; the newest first.
    List<CounterPeriod> of(long counter) {
        return store.of(counter);
    }

    /// @param flaws what is wrong with it already; the rest is added
    @Transactional
    public long add(CounterPeriod period, Flaws flaws) {
        register.require();
        counters.lock();
        check(period, flaws);
        long id = store.put(null, period);
        touch(period);
        return record(id, Optional.empty());
    }

    @Transactional
    public long delete(long counter, long id) {
        register.require();
        counters.lock();
        CounterPeriod before = store.find(id)
                .filter(one -> one.concerns(counter))
                .orElseThrow(() ->
                        new Problem(Problem.Kind.MISSING, "period-unknown", "There is no period %d.".formatted(id)));
        store.delete(id);
        touch(before);
        return record(id, Optional.of(before));
    }

    private void check(CounterPeriod period, Flaws flaws) {
        if (period.reason().isBlank() || period.reason().length() > LONGEST) {
            flaws.add(Problem.field("reason", "reason-missing", "Say why, in 1 to 500 characters."));
        }
        Instant to = period.to();
        if (to != null && !to.isAfter(period.from())) {
            flaws.add(Problem.field("to", "period-reversed", "The end lies after the beginning."));
        }
        if (period.counterId() != null) {
            register.get(period.counterId());
        }
        flaws.end();
    }

    private void touch(CounterPeriod period) {
        List<Counter> touched = counters.list().stream()
                .filter(counter -> period.concerns(counter.id()))
                .toList();
        for (Counter counter : touched) {
            Instant to = period.to() == null ? Instant.now() : period.to();
            if (period.kind() != CounterPeriod.Kind.BREAK && period.kind() != CounterPeriod.Kind.NOTE) {
                hours.mark(counter.id(), period.from(), to);
            }
            counters.learnAt(counter.id(), Instant.now());
        }
    }

    private long record(long id, Optional<CounterPeriod> before) {
        Optional<CounterPeriod> after = store.find(id);
        CounterPeriod either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(Area.FOOTFALL, kind(), String.valueOf(id), title(either)),
                        before.map(CounterPeriods::tree).orElse(null),
                        after.map(CounterPeriods::tree).orElse(null),
                        either.reason())
                .orElse(0L);
    }

    private String title(CounterPeriod period) {
        String place = period.counterId() == null
                ? CityContext.current().name()
                : counters.find(period.counterId())
                        .map(counter -> counter.wish().name())
                        .orElse("");
        return "%s: %s".formatted(place, period.reason());
    }

    private static Map<String, String> tree(CounterPeriod period) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("counter", period.counterId() == null ? "" : period.counterId().toString());
        tree.put("kind", period.kind().key());
        tree.put("from", period.from().toString());
        tree.put("to", period.to() == null ? "" : period.to().toString());
        tree.put("reason", period.reason());
        return tree;
    }

    @Override
    public String kind() {
        return "counter-period";
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(period -> JSON.valueToTree(tree(period)))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        register.require();
        counters.lock();
        long id = Long.parseLong(subject);
        Optional<CounterPeriod> before = store.find(id);
        before.ifPresent(this::touch);
        if (state == null) {
            store.delete(id);
        } else {
            CounterPeriod period = period(id, state);
            check(period, new Flaws());
            store.put(id, period);
            touch(period);
        }
        record(id, before);
    }

    private static CounterPeriod period(long id, JsonNode state) {
        String counter = state.path("counter").asString();
        String to = state.path("to").asString();
        return new CounterPeriod(
                id,
                counter.isEmpty() ? null : Long.valueOf(counter),
                CounterPeriod.Kind.of(state.path("kind").asString()),
                Instant.parse(state.path("from").asString()),
                to.isEmpty() ? null : Instant.parse(to),
                state.path("reason").asString());
    }
}
