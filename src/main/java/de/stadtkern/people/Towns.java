package de.stadtkern.people;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.FirstAdmin;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The towns of the installation, as the admins of its default town see them and make more. For every other town
/// there is no such page: what stands beside it is not its business.
@Service
class Towns {

    private final Cities cities;
    private final FirstAdmin firstAdmin;
    private final Rights rights;
    private final Changes changes;

    Towns(Cities cities, FirstAdmin firstAdmin, Rights rights, Changes changes) {
        this.cities = cities;
        this.firstAdmin = firstAdmin;
        this.rights = rights;
        this.changes = changes;
    }

    /// @param access of its first admin, told this once; empty only where somebody else was quicker to make one
    record Made(City city, Optional<FirstAdmin.Access> access) {}

    List<City> list() {
        requireDefaultTown();
        return cities.list();
    }

    /// Not in one transaction: the new town's people are written as the new town. The change is recorded before the
    /// password is made, so that whatever fails, no password is made that nobody was told: without people the town
    /// gets its admin at the next start.
    ///
    /// @param flaws what is wrong with the wish already; the rest is added
    Made create(NewCity wish, String why, Flaws flaws) {
        requireDefaultTown();
        flaws.check(() -> cities.requireFree(wish, null)).end();
        City city = cities.create(wish);
        changes.record(
                new Changes.Subject(Area.TOWN, "new-town", city.slug(), city.name()),
                null,
                TownSettings.State.of(city),
                why);
        return new Made(city, firstAdmin.admit(city));
    }

    private void requireDefaultTown() {
        rights.require(Role.ADMIN, Area.TOWN);
        if (!CityContext.current().isDefault()) {
            throw new Problem(
                    Problem.Kind.MISSING,
                    "towns-elsewhere",
                    "Towns are made in the town that came first in this installation.");
        }
    }
}
