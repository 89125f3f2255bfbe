package de.stadtkern.page;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gives a town its outline and districts, replaces and removes them. Admins do, and each change can be taken back.
@Service
public class TownAreas implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "town-areas";
    private static final String SUBJECT = "areas";

    private final TownMap map;
    private final TownMapStore store;
    private final Rights rights;
    private final Changes changes;

    TownAreas(TownMap map, TownMapStore store, Rights rights, Changes changes) {
        this.map = map;
        this.store = store;
        this.rights = rights;
        this.changes = changes;
    }

    /// What versions keep; the areas themselves lie in `town_areas`.
    ///
    /// @param areas     their name there
    /// @param districts the names in them
    record State(String areas, List<String> districts) {}

    /// What is shown now, for whoever may change it.
    ///
    /// @param given     whether there is anything
    /// @param districts the names in it
    public record Shown(boolean given, List<String> districts) {}

    public Shown shown() {
        rights.require(Role.ADMIN, Area.TOWN);
        return new Shown(store.name().isPresent(), map.districtNames());
    }

    /// @return number of the change, empty where the same areas were shown already
    @Transactional
    public Optional<Long> set(AreasFile file, String why) {
        rights.require(Role.ADMIN, Area.TOWN);
        store.lock();
        store.keep(file);
        return show(new State(file.name(), file.districts()), why);
    }

    /// @return number of the change, empty where there was nothing to remove
    @Transactional
    public Optional<Long> remove() {
        rights.require(Role.ADMIN, Area.TOWN);
        store.lock();
        return show(null, "");
    }

    private Optional<Long> show(@Nullable State to, String why) {
        Changes.Subject subject = new Changes.Subject(
                Area.TOWN, KIND, SUBJECT, CityContext.current().name());
        Optional<Long> change = changes.record(subject, state().orElse(null), to, why);
        store.show(to == null ? "" : to.areas(), areasOfChanges());
        return change;
    }

    private Optional<State> state() {
        return store.name().map(name -> new State(name, map.districtNames()));
    }

    /// So that each of these changes can be taken back.
    private Set<String> areasOfChanges() {
        return changes.of(KIND, SUBJECT).stream()
                .flatMap(change -> Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after())))
                .flatMap(Optional::stream)
                .map(state -> state.path("areas").asString(""))
                .collect(Collectors.toSet());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return state().<JsonNode>map(JSON::valueToTree).orElse(null);
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        rights.require(Role.ADMIN, Area.TOWN);
        store.lock();
        show(state == null ? null : JSON.treeToValue(state, State.class), "");
    }
}
