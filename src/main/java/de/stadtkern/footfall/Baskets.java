package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to the basket of the index: editors choose it, and can take that back.
@Service
class Baskets implements Versioned {

    static final String KIND = "footfall-basket";
    static final String SUBJECT = "1";
    static final int MOST = 50;

    private static final JsonMapper JSON = new JsonMapper();

    private final BasketStore store;
    private final CounterStore counters;
    private final Counters register;
    private final Changes changes;

    Baskets(BasketStore store, CounterStore counters, Counters register, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
    }

    Optional<Basket> find() {
        return store.find();
    }

    /// That of no basket too, so that two who choose the first one meet as well.
    static String version(Optional<Basket> basket) {
        return basket.map(Basket::version).orElse("none");
    }

    /// @param version of the basket the editor saw
    /// @param flaws   what is wrong with the choice already; the rest is added
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long choose(String version, Basket basket, Flaws flaws) {
        register.require();
        counters.lock();
        Optional<Basket> before = store.find();
        Version.require(version, version(before));
        check(basket, flaws);
        store.put(basket);
        return record(before);
    }

    private void check(Basket basket, Flaws flaws) {
        List<Long> shown = register.shown().stream().map(Counter::id).toList();
        if (basket.counters().isEmpty() || !shown.containsAll(basket.counters())) {
            flaws.add(Problem.field("counters", "basket-empty", "Choose at least one counter that the public sees."));
        }
        if (basket.counters().size() > MOST) {
            flaws.add(Problem.field("counters", "basket-full", "At most 50 counters are in the basket."));
        }
        if (basket.to().isBefore(basket.from())) {
            flaws.add(Problem.field("to", "period-reversed", "'to' is before 'from'."));
        }
        flaws.end();
    }

    private long record(Optional<Basket> before) {
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                KIND,
                                SUBJECT,
                                CityContext.current().name()),
                        before.map(Basket::tree).orElse(null),
                        store.find().map(Basket::tree).orElse(null),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return store.find()
                .<JsonNode>map(basket -> JSON.valueToTree(basket.tree()))
                .orElse(null);
    }

    /// Refused where a counter of it is no longer shown.
    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        register.require();
        counters.lock();
        Optional<Basket> before = store.find();
        if (state == null) {
            store.delete();
        } else {
            Basket basket = basket(state);
            check(basket, new Flaws());
            store.put(basket);
        }
        record(before);
    }

    private static Basket basket(JsonNode state) {
        return new Basket(
                Arrays.stream(state.path("counters").asString().split(" "))
                        .map(Long::valueOf)
                        .collect(Collectors.toList()),
                YearMonth.parse(state.path("from").asString()),
                YearMonth.parse(state.path("to").asString()));
    }
}
