package de.stadtkern.identity;

import org.junit.jupiter.api.BeforeEach;

/// The same with an admin who is logged in, `admin@example.org`.
public abstract class TownWithAdmin extends TownWithPeople {

    protected PeopleScenario.Browser admin;

    @BeforeEach
    protected final void logTheAdminIn() {
        admin = people.loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
    }
}
