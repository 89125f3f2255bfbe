package de.stadtkern.footfall;

import de.stadtkern.footfall.RaisedFlag.Verdict;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The front door to flags: editors confirm that a sensor was at fault, or say why it was right.
@Service
class CounterFlags {

    private static final int LONGEST = 500;

    private final FlagStore store;
    private final Counters counters;
    private final CounterPeriods periods;
    private final Changes changes;

    CounterFlags(FlagStore store, Counters counters, CounterPeriods periods, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.periods = periods;
        this.changes = changes;
    }

    List<RaisedFlag> open() {
        return readable(store.open());
    }

    List<RaisedFlag> judged() {
        return readable(store.judged());
    }

    private List<RaisedFlag> readable(List<RaisedFlag> flags) {
        Set<Long> seen = counters.list().stream().map(Counter::id).collect(Collectors.toSet());
        return flags.stream().filter(flag -> seen.contains(flag.counterId())).toList();
    }

    /// Its hours are an outage from now on, and are worked out where that can be done.
    ///
    /// @return number of the change that can be taken back
    @Transactional
    public long confirm(long id, String cause) {
        RaisedFlag flag = judge(id, Verdict.CONFIRMED, cause);
        return periods.add(
                new CounterPeriod(
                        0, flag.counterId(), CounterPeriod.Kind.OUTAGE, flag.from(), flag.to(), cause.strip()),
                new Flaws());
    }

    @Transactional
    public void explain(long id, String cause) {
        judge(id, Verdict.EXPLAINED, cause);
    }

    private RaisedFlag judge(long id, Verdict verdict, String cause) {
        counters.require();
        RaisedFlag flag = store.find(id)
                .orElseThrow(
                        () -> new Problem(Problem.Kind.MISSING, "flag-unknown", "There is no flag %d.".formatted(id)));
        Counter counter = counters.get(flag.counterId());
        if (cause.isBlank() || cause.length() > LONGEST) {
            throw Problem.field("cause-" + id, "reason-missing", "Say why, in 1 to 500 characters.");
        }
        store.judge(id, verdict, cause.strip(), Instant.now());
        changes.record(
                new Changes.Subject(
                        Area.FOOTFALL,
                        "counter-flag",
                        String.valueOf(id),
                        counter.wish().name()),
                Map.of("verdict", flag.verdict().key(), "cause", flag.cause()),
                Map.of("verdict", verdict.key(), "cause", cause.strip()),
                cause.strip());
        return flag;
    }
}
