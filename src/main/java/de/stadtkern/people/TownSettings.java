package de.stadtkern.people;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import de.stadtkern.city.TownEditor;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Versioned;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a town says of itself: name, addresses, colour, languages, legal texts. Admins change it, and each change can
/// be taken back.
@Service
class TownSettings implements Versioned, TownEditor {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "town";

    private final Cities cities;
    private final Rights rights;
    private final Changes changes;
    private final TransactionTemplate transaction;

    TownSettings(Cities cities, Rights rights, Changes changes, TransactionTemplate transaction) {
        this.cities = cities;
        this.rights = rights;
        this.changes = changes;
        this.transaction = transaction;
    }

    /// @param legal texts by name: `operator`, `address`, `mail`, `privacy`, `enforcement`
    record State(
            String name,
            String ars,
            List<String> hosts,
            List<String> languages,
            String colour,
            Map<String, String> legal) {

        static State of(City city) {
            return new State(city.name(), city.ars(), city.hosts(), city.languages(), city.colour(), city.legal());
        }
    }

    City town() {
        rights.require(Role.ADMIN, Area.TOWN);
        return cities.getBySlug(CityContext.current().slug());
    }

    @Transactional
    public void change(State to, String why) {
        City city = town();
        NewCity wish = new NewCity(
                city.slug(),
                to.name(),
                to.ars(),
                to.hosts(),
                city.zone(),
                to.languages(),
                to.colour(),
                city.logo(),
                to.legal(),
                city.demo());
        State after = new State(to.name(), to.ars(), wish.hosts(), to.languages(), to.colour(), to.legal());
        changes.record(new Changes.Subject(Area.TOWN, KIND, city.slug(), to.name()), State.of(city), after, why);
        cities.change(city, wish);
    }

    @Override
    public City edit(City city, NewCity to) {
        return CityContext.call(
                city,
                () -> rights.asOperator(() -> {
                    State state = new State(to.name(), to.ars(), to.hosts(), to.languages(), to.colour(), to.legal());
                    transaction.executeWithoutResult(_ -> change(state, ""));
                    return cities.getBySlug(city.slug());
                }));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return cities.findBySlug(subject)
                .<JsonNode>map(city -> JSON.valueToTree(State.of(city)))
                .orElse(null);
    }

    /// A town is created and removed by commands only, so there is always a state to go back to.
    @Override
    public void restore(String subject, @Nullable JsonNode state) {
        if (state != null) {
            change(JSON.treeToValue(state, State.class), "");
        }
    }
}
