package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to the opening hours of places. The hours they touch are looked at again, and what is usual there is
/// learned anew.
@Service
class Openings implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 500;

    private final OpeningStore store;
    private final CounterStore counters;
    private final HourStore hours;
    private final ProfileStore profiles;
    private final Counters register;
    private final Changes changes;

    Openings(
            OpeningStore store,
            CounterStore counters,
            HourStore hours,
            ProfileStore profiles,
            Counters register,
            Changes changes) {
        this.store = store;
        this.counters = counters;
        this.hours = hours;
        this.profiles = profiles;
        this.register = register;
        this.changes = changes;
    }

    OpeningHours of(long counter) {
        return store.of(counter);
    }

    /// @param flaws what is wrong with it already; the rest is added
    @Transactional
    public long add(Opening opening, Flaws flaws) {
        register.require();
        counters.lock();
        check(opening, flaws);
        long id = store.put(null, opening);
        touch(opening);
        return record(id, Optional.empty());
    }

    @Transactional
    public long delete(long counter, long id) {
        register.require();
        counters.lock();
        Opening before = store.find(id)
                .filter(one -> one.counterId() == counter)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "opening-unknown", "There are no opening hours %d.".formatted(id)));
        store.delete(id);
        touch(before);
        return record(id, Optional.of(before));
    }

    private void check(Opening opening, Flaws flaws) {
        register.get(opening.counterId());
        LocalDate until = opening.until();
        if (until != null && until.isBefore(opening.from())) {
            flaws.add(Problem.field("until", "opening-reversed", "The last day does not lie before the first."));
        }
        if (!opening.isSingleDay() && opening.week().isEmpty()) {
            flaws.add(Problem.field(
                    "monday",
                    "opening-never",
                    "Say for one day at least when it is open; a time in which it is closed is a period."));
        }
        flaws.check(() -> requireReason("reason", opening.reason())).end();
    }

    static void requireReason(String field, String reason) {
        if (reason.length() > LONGEST) {
            throw Problem.field(field, "opening-reason-long", "At most 500 characters.");
        }
    }

    private void touch(Opening opening) {
        ZoneId zone = CityContext.current().zone();
        Instant now = Instant.now();
        Instant from = opening.from().atStartOfDay(zone).toInstant();
        LocalDate until = opening.until();
        Instant end = until == null ? now : until.plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = end.isBefore(now) ? end : now;
        if (from.isBefore(to)) {
            hours.mark(opening.counterId(), from, to);
        }
        profiles.forget(opening.counterId(), now);
        counters.learnAt(opening.counterId(), now);
    }

    private long record(long id, Optional<Opening> before) {
        Optional<Opening> after = store.find(id);
        Opening either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                kind(),
                                String.valueOf(id),
                                counters.find(either.counterId())
                                        .map(counter -> counter.wish().name())
                                        .orElse("")),
                        before.map(Openings::tree).orElse(null),
                        after.map(Openings::tree).orElse(null),
                        either.reason())
                .orElse(0L);
    }

    private static Map<String, String> tree(Opening opening) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("counter", String.valueOf(opening.counterId()));
        tree.put("from", opening.from().toString());
        tree.put("to", opening.until() == null ? "" : opening.until().toString());
        for (DayOfWeek weekday : DayOfWeek.values()) {
            tree.put(OpeningStore.key(weekday), opening.text(weekday));
        }
        tree.put("reason", opening.reason());
        return tree;
    }

    @Override
    public String kind() {
        return "counter-opening";
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(opening -> JSON.valueToTree(tree(opening)))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        register.require();
        counters.lock();
        long id = Long.parseLong(subject);
        Optional<Opening> before = store.find(id);
        before.ifPresent(this::touch);
        if (state == null) {
            store.delete(id);
        } else {
            Opening opening = opening(id, state);
            check(opening, new Flaws());
            store.put(id, opening);
            touch(opening);
        }
        record(id, before);
    }

    private static Opening opening(long id, JsonNode state) {
        String until = state.path("to").asString();
        Map<DayOfWeek, List<Opening.Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            String key = OpeningStore.key(weekday);
            week.put(weekday, Opening.spans(key, state.path(key).asString("")));
        }
        return new Opening(
                id,
                Long.parseLong(state.path("counter").asString()),
                LocalDate.parse(state.path("from").asString()),
                until.isEmpty() ? null : LocalDate.parse(until),
                week,
                state.path("reason").asString());
    }
}
