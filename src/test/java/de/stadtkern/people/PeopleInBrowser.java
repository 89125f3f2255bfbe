package de.stadtkern.people;

import com.microsoft.playwright.Page;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A town with an admin, and browsers that look at the pages about people, with pictures in `target/screens`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleInBrowser {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    TestTown town;
    PeopleScenario people;
    PeopleScenario.Browser admin;

    /// @param send whether the form of the page is sent without its first field, so that it shows its errors
    record Place(String name, String path, boolean send) {

        Place(String name, String path) {
            this(name, path, false);
        }
    }

    record Visit(Place place, Look look) {
        @Override
        public String toString() {
            return "people-%s-%s".formatted(place.name(), look);
        }
    }

    static Stream<Visit> visits(List<Place> places) {
        return IntStream.range(0, places.size())
                .boxed()
                .flatMap(number -> Look.two(number).stream().map(look -> new Visit(places.get(number), look)));
    }

    @BeforeAll
    final void aTownWithAnAdmin() {
        town = TestTown.create(cities, port);
        people = new PeopleScenario(context, town);
        admin = people.loggedIn("grit.admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
    }

    /// The page as it is opened, or as it answers to its form.
    void look(Page page, String address, Visit visit) {
        page.navigate(address);
        if (visit.place().send()) {
            if (visit.place().path().equals("/town")) {
                page.locator("#name").fill("");
            }
            page.locator("main form.form .kern-btn--primary").last().click();
            page.locator(".form-errors:focus").waitFor();
        }
        if (page.locator("[data-map]").count() > 0) {
            page.locator("[data-map]").scrollIntoViewIfNeeded();
            page.locator("[data-map][data-ready=true] canvas").waitFor();
        }
        browsers.look(page, visit.toString());
    }

    Page ofAdmin(Look look) {
        return browsers.window(town, look, admin.session());
    }
}
