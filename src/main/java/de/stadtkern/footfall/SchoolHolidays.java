package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to the school holidays of a town: one list, which editors change as a whole and can take back. All
/// counters are learned anew then.
@Service
class SchoolHolidays implements Versioned {

    static final String KIND = "school-holidays";
    static final String SUBJECT = "1";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FIELD = "holidays";

    private final HolidayStore store;
    private final CounterStore counters;
    private final Counters register;
    private final Changes changes;

    SchoolHolidays(HolidayStore store, CounterStore counters, Counters register, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
    }

    List<SchoolHoliday> list() {
        return store.list();
    }

    static String version(List<SchoolHoliday> holidays) {
        return Version.of(tree(holidays));
    }

    /// @param version of the list the editor saw
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long change(String version, List<SchoolHoliday> holidays) {
        register.require();
        counters.lock();
        List<SchoolHoliday> before = store.list();
        Version.require(version, version(before));
        return put(before, holidays);
    }

    private long put(List<SchoolHoliday> before, List<SchoolHoliday> holidays) {
        store.put(holidays);
        if (!before.equals(holidays)) {
            counters.list().forEach(counter -> counters.learnAt(counter.id(), Instant.now()));
        }
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                KIND,
                                SUBJECT,
                                CityContext.current().name()),
                        tree(before),
                        tree(store.list()),
                        "")
                .orElse(0L);
    }

    private static Map<String, String> tree(List<SchoolHoliday> holidays) {
        return Map.of(FIELD, SchoolHoliday.text(holidays));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return JSON.valueToTree(tree(store.list()));
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        register.require();
        counters.lock();
        put(
                store.list(),
                state == null
                        ? List.of()
                        : SchoolHoliday.read(FIELD, state.path(FIELD).asString("")));
    }
}
