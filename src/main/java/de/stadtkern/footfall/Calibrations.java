package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.Calibration.Edition;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to calibrations. Whatever is done to one, the books keep what they said before: figures that were
/// published then are worked out again by the factors of then.
@Service
class Calibrations implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 500;
    private static final double SMALLEST = 0.1;
    private static final double LARGEST = 10;

    private final CalibrationStore store;
    private final Counters counters;
    private final CounterStore lock;
    private final HourStore hours;
    private final ReferenceCounts references;
    private final Changes changes;

    Calibrations(
            CalibrationStore store,
            Counters counters,
            CounterStore lock,
            HourStore hours,
            ReferenceCounts references,
            Changes changes) {
        this.store = store;
        this.counters = counters;
        this.lock = lock;
        this.hours = hours;
        this.references = references;
        this.changes = changes;
    }

    /// In the books now.
    Factors of(long counter) {
        return store.factors(counter, null);
    }

    /// All that ever was in the books, the newest first.
    List<Calibration> all(long counter) {
        return store.all(counter);
    }

    /// What reference counts say a counter is to be multiplied by.
    Factor factor(Counter counter, Role role, List<Long> chosen) {
        List<ReferenceCount> counts = references.of(counter.id()).stream()
                .filter(count -> chosen.contains(count.id()))
                .toList();
        if (counts.size() < chosen.size()) {
            throw Problem.field("factor", "reference-gone", "One of these reference counts is not there any more.");
        }
        List<Factor.Pair> pairs = counts.stream()
                .map(count -> references
                        .deviation(counter, count, role)
                        .orElseThrow(() -> Problem.field(
                                "reference-" + count.id(),
                                "reference-incomparable",
                                "The counter says too little of this time, or this direction was not counted."))
                        .pair())
                .toList();
        double counted = pairs.stream().mapToDouble(Factor.Pair::counted).sum();
        double byHand = pairs.stream().mapToDouble(Factor.Pair::byHand).sum();
        if (counted <= 0 || byHand <= 0) {
            throw Problem.field(
                    "reference-" + counts.getFirst().id(),
                    "reference-nobody",
                    "Where nobody was counted, no factor can be told. Count when people pass.");
        }
        return Factor.of(pairs);
    }

    /// @param flaws what is wrong with it already; the rest is added
    @Transactional
    public long add(Calibration calibration, Flaws flaws) {
        Counter counter = counters.get(calibration.counterId());
        lock.lock();
        check(counter, 0, calibration, "valid-to", flaws);
        long id = put(null, calibration);
        return record(id, Optional.empty());
    }

    /// It ends then, sooner or later than it did.
    ///
    /// @param version of the calibration the editor saw
    /// @param flaws   what is wrong with the end already; the rest is added
    @Transactional
    public long end(long counter, long id, String version, Instant end, Flaws flaws) {
        Counter known = counters.get(counter);
        lock.lock();
        Calibration before = get(counter, id);
        Version.require(version, before.version());
        Calibration after = before.until(end);
        check(known, id, after, CalibrationForm.end(id), flaws);
        put(id, after);
        return record(id, Optional.of(before));
    }

    /// Out of the books, for all its time.
    ///
    /// @param version of the calibration the editor saw
    @Transactional
    public long withdraw(long counter, long id, String version) {
        counters.get(counter);
        lock.lock();
        Calibration before = get(counter, id);
        Version.require(version, before.version());
        store.close(id, Instant.now());
        return record(id, Optional.of(before));
    }

    Calibration get(long counter, long id) {
        return store.find(id)
                .filter(one -> one.counterId() == counter)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "calibration-unknown", "There is no calibration %d.".formatted(id)));
    }

    private long put(@Nullable Long id, Calibration calibration) {
        touch(calibration);
        return store.put(id, calibration, Instant.now());
    }

    /// Of hours from before directions were kept, what went in is read from the Datastreams.
    private void touch(Calibration calibration) {
        if (calibration.role() != Role.TOTAL) {
            Instant to = calibration.to();
            Instant now = Instant.now();
            hours.mark(calibration.counterId(), calibration.from(), to == null || to.isAfter(now) ? now : to);
        }
    }

    /// @param end the field that says until when
    private void check(Counter counter, long id, Calibration calibration, String end, Flaws flaws) {
        boolean isDirection = calibration.role() == Role.IN || calibration.role() == Role.OUT;
        if (calibration.role() != Role.TOTAL && !(isDirection && counter.wish().countsDirections())) {
            flaws.add(Problem.field(
                    "role", "calibration-role", "This counter does not count directions. Take the factor for all."));
        }
        Factor factor = calibration.factor();
        if (!(factor.value() >= SMALLEST && factor.value() <= LARGEST)) {
            flaws.add(Problem.field("factor", "factor-invalid", "A factor lies between 0.1 and 10."));
        }
        if (!(factor.low() >= 0 && factor.high() <= LARGEST * LARGEST)) {
            flaws.add(Problem.field("uncertainty", "uncertainty-invalid", "From 0 to 100 percent."));
        }
        whole("valid-from", calibration.from(), flaws);
        Instant to = calibration.to();
        if (to != null) {
            whole(end, to, flaws);
            if (!to.isAfter(calibration.from())) {
                flaws.add(Problem.field(end, "period-reversed", "The end lies after the beginning."));
            }
        }
        if (calibration.reason().isBlank() || calibration.reason().length() > LONGEST) {
            flaws.add(Problem.field("why", "reason-missing", "Say why, in 1 to 500 characters."));
        }
        if (flaws.isFine("valid-from", "valid-from-time", end, end + "-time")) {
            of(counter.id()).calibrations().stream()
                    .filter(other -> other.edition().id() != id && other.overlaps(calibration))
                    .findFirst()
                    .ifPresent(other -> flaws.check(() -> refuse(other)));
        }
        flaws.end();
    }

    private static void whole(String field, Instant time, Flaws flaws) {
        if (!time.equals(time.truncatedTo(ChronoUnit.HOURS))) {
            flaws.add(Problem.field(field + "-time", "hour-broken", "A factor holds for whole hours."));
        }
    }

    private static void refuse(Calibration other) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("other", other.edition().name());
        facts.put("from", day(other.from()));
        facts.put("to", other.to() == null ? "…" : day(other.to()));
        throw Problem.field(
                "valid-from",
                "calibration-overlaps",
                "From %s to %s the calibration %s is in force. Begin after it, end it first, or withdraw it."
                        .formatted(facts.get("from"), facts.get("to"), facts.get("other")),
                facts);
    }

    private static String day(Instant time) {
        return time.atZone(CityContext.current().zone())
                .toLocalDateTime()
                .toString()
                .replace('T', ' ');
    }

    private long record(long id, Optional<Calibration> before) {
        Optional<Calibration> after = store.find(id);
        Calibration either = after.or(() -> before).orElseThrow();
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                kind(),
                                String.valueOf(id),
                                counters.get(either.counterId()).wish().name()),
                        before.map(Calibration::tree).orElse(null),
                        after.map(Calibration::tree).orElse(null),
                        either.reason())
                .orElse(0L);
    }

    @Override
    public String kind() {
        return "counter-calibration";
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find(Long.parseLong(subject))
                .<JsonNode>map(calibration -> JSON.valueToTree(calibration.tree()))
                .orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        counters.require();
        lock.lock();
        long id = Long.parseLong(subject);
        Optional<Calibration> before = store.find(id);
        if (state == null) {
            store.close(id, Instant.now());
        } else {
            Calibration calibration = calibration(state);
            check(counters.get(calibration.counterId()), id, calibration, "valid-to", new Flaws());
            put(id, calibration);
        }
        record(id, before);
    }

    private static Calibration calibration(JsonNode state) {
        String to = state.path("to").asString();
        return new Calibration(
                Edition.NONE,
                Long.parseLong(state.path("counter").asString()),
                Role.of(state.path("role").asString()),
                new Factor(
                        Double.parseDouble(state.path("factor").asString()),
                        Double.parseDouble(state.path("low").asString()),
                        Double.parseDouble(state.path("high").asString())),
                Instant.parse(state.path("from").asString()),
                to.isEmpty() ? null : Instant.parse(to),
                Stream.of(state.path("references").asString().split(" "))
                        .filter(one -> !one.isEmpty())
                        .map(Long::valueOf)
                        .toList(),
                state.path("reason").asString());
    }
}
