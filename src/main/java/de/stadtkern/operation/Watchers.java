package de.stadtkern.operation;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who may watch: the program with the token from the settings sees all towns, an operator of a town the machine and
/// that town. Where a request comes from counts for nothing: behind a proxy, all of them come from the same machine.
@Component
class Watchers {

    private final Rights rights;

    Watchers(Rights rights) {
        this.rights = rights;
    }

    boolean seesThis() {
        return seesAllTowns() || rights.allow(Role.OPERATOR, Area.TOWN);
    }

    boolean seesAllTowns() {
        return rights.caller() instanceof Caller.Monitoring;
    }

    void require() {
        if (!seesAllTowns()) {
            rights.require(Role.OPERATOR, Area.TOWN);
        }
    }

    /// The only town whose figures the caller may see; empty for all.
    Optional<City> onlyTown() {
        return seesAllTowns() ? Optional.empty() : Optional.of(CityContext.current());
    }
}
