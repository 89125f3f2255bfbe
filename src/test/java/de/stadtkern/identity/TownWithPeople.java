package de.stadtkern.identity;

import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Each test of such a class begins in a town of its own in which nobody has an account yet. The class says itself
/// which Stadtkern it wants.
public abstract class TownWithPeople {

    @Autowired
    protected ApplicationContext context;

    @Autowired
    protected Cities cities;

    @LocalServerPort
    protected int port;

    protected TestTown town;
    protected PeopleScenario people;

    @BeforeEach
    protected final void makeTheTown() {
        town = TestTown.create(cities, port);
        people = new PeopleScenario(context, town);
    }
}
