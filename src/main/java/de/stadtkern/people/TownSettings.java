package de.stadtkern.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import de.stadtkern.city.TownEditor;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.page.LogoFile;
import de.stadtkern.page.TownLogos;
import de.stadtkern.problem.Flaws;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a town says of itself: name, addresses, colour, logo, languages, legal texts. Admins change it, and each change
/// can be taken back.
@Service
class TownSettings implements Versioned, TownEditor {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "town";
    /// Of these settings among the advisory locks of the database; the town's number follows.
    private static final long LOCK = 0x7365_7474L << 32;

    private final JdbcClient jdbc;
    private final Cities cities;
    private final Rights rights;
    private final Changes changes;
    private final TownLogos logos;
    private final TransactionTemplate transaction;

    TownSettings(
            JdbcClient jdbc,
            Cities cities,
            Rights rights,
            Changes changes,
            TownLogos logos,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.cities = cities;
        this.rights = rights;
        this.changes = changes;
        this.logos = logos;
        this.transaction = transaction;
    }

    /// @param logo  name of its picture; null for none, and then not written down, as in versions from before there
    ///     were logos
    /// @param legal texts by name: `operator`, `address`, `mail`, `privacy`, `enforcement`
    record State(
            String name,
            String ars,
            List<String> hosts,
            List<String> languages,
            String colour,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String logo,

            Map<String, String> legal) {

        static State of(City city) {
            return of(NewCity.of(city));
        }

        static State of(NewCity wish) {
            return new State(
                    wish.name(),
                    wish.ars(),
                    wish.hosts(),
                    wish.languages(),
                    wish.colour(),
                    wish.logo().isEmpty() ? null : wish.logo(),
                    wish.legal());
        }
    }

    City town() {
        rights.require(Role.ADMIN, Area.TOWN);
        return cities.getBySlug(CityContext.current().slug());
    }

    String version(City city) {
        return Version.of(State.of(city));
    }

    /// @param version of the town the admin saw
    /// @param picture to be the logo in place of the one `to` says; null for that one
    /// @param flaws   what is wrong with it already; the rest is added
    @Transactional
    public void change(String version, State to, @Nullable LogoFile picture, String why, Flaws flaws) {
        City city = lock();
        Version.require(version, version(city));
        flaws.check(() -> cities.requireFree(wish(city, to, logo(to, picture)), city))
                .end();
        change(city, to, picture, why);
    }

    /// The town as it is stored, until the end of the transaction changed by nobody else. Its row lies in the
    /// installation's schema, out of reach of the town's transaction, so a word that means the row is locked.
    private City lock() {
        City city = town();
        jdbc.sql("select 1 from pg_advisory_xact_lock(:key)")
                .param("key", LOCK + city.id())
                .query(Integer.class)
                .single();
        return cities.reread(city);
    }

    private void change(City city, State to, @Nullable LogoFile picture, String why) {
        String logo = logo(to, picture);
        NewCity wish = wish(city, to, logo);
        if (picture != null) {
            logos.keep(picture);
        }
        changes.record(
                new Changes.Subject(Area.TOWN, KIND, city.slug(), to.name()), State.of(city), State.of(wish), why);
        logos.show(logo, logosOfChanges(city));
        cities.change(city, wish);
    }

    private static String logo(State to, @Nullable LogoFile picture) {
        return picture != null ? picture.name() : Objects.requireNonNullElse(to.logo(), "");
    }

    private static NewCity wish(City city, State to, String logo) {
        return new NewCity(
                city.slug(),
                to.name(),
                to.ars(),
                to.hosts(),
                city.zone(),
                to.languages(),
                to.colour(),
                logo,
                to.legal(),
                city.demo());
    }

    /// So that each of these changes can be taken back.
    private Set<String> logosOfChanges(City city) {
        return changes.of(KIND, city.slug()).stream()
                .flatMap(change -> Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after())))
                .flatMap(Optional::stream)
                .map(state -> state.path("logo").asString(""))
                .collect(Collectors.toSet());
    }

    @Override
    public City edit(City city, NewCity to, byte @Nullable [] logo) {
        LogoFile picture = logo == null ? null : LogoFile.of(logo);
        return CityContext.call(
                city,
                () -> rights.asOperator(() -> {
                    transaction.executeWithoutResult(_ -> change(lock(), State.of(to), picture, ""));
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

    /// A town is neither made nor removed by such a change, so there is always a state to go back to.
    @Override
    public void restore(String subject, @Nullable JsonNode state) {
        if (state != null) {
            change(lock(), JSON.treeToValue(state, State.class), null, "");
        }
    }
}
