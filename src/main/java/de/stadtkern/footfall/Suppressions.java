package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to the rule of small numbers: editors set it, and can take that back.
@Service
class Suppressions implements Versioned {

    static final String KIND = "footfall-privacy";
    static final String SUBJECT = "1";

    private static final JsonMapper JSON = new JsonMapper();

    private final SuppressionStore store;
    private final CounterStore lock;
    private final Counters register;
    private final Changes changes;

    Suppressions(SuppressionStore store, CounterStore lock, Counters register, Changes changes) {
        this.store = store;
        this.lock = lock;
        this.register = register;
        this.changes = changes;
    }

    Suppression find() {
        return store.find();
    }

    /// @param version of the rule the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long set(String version, Suppression rule) {
        register.require();
        lock.lock();
        Suppression before = store.find();
        Version.require(version, before.version());
        return put(before, rule);
    }

    private long put(Suppression before, Suppression rule) {
        if (rule.smallest() < Suppression.LEAST || rule.smallest() > Suppression.MOST) {
            throw Problem.field("smallest", "smallest-invalid", "A whole number from 3 to 100.");
        }
        if (!before.equals(rule)) {
            store.put(rule);
        }
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                KIND,
                                SUBJECT,
                                CityContext.current().name()),
                        before.tree(),
                        rule.tree(),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode state(String subject) {
        return JSON.valueToTree(store.find().tree());
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        register.require();
        lock.lock();
        Suppression rule = state == null
                ? Suppression.USUAL
                : new Suppression(Integer.parseInt(state.path("smallest").asString()));
        put(store.find(), rule);
    }
}
