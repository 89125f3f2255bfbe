package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.installation.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@StadtkernTest
class PersonCommandTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    PersonCommand command;

    @LocalServerPort
    int port;

    @Test
    void whoeverIsOnTheMachineLetsSomebodyBackIn() {
        TestTown town = TestTown.create(cities, port);
        PeopleScenario people = new PeopleScenario(context, town);
        var ole = people.person("ole@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        assertThat(run(town, "list")).isEqualTo("ole@example.org                          admin of town");
        String said = run(town, "link", "Ole@example.org");
        assertThat(said).startsWith("Good once, for 24 hours, behind the town's address: /link/");
        String link = said.substring(said.indexOf("/link/"));
        ole.fill(link, link, "password", "ganz andere lange Worte", "repeated", "ganz andere lange Worte");
        assertThat(ole.login("ganz andere lange Worte")).isEqualTo("303 /account");
    }

    private String run(TestTown town, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--town", town.city().slug()));
        Lines lines = new Lines();
        assertThat(command.run(all, lines)).isZero();
        return String.join("\n", lines.said);
    }

    private static final class Lines implements Command.Terminal {

        private final List<String> said = new ArrayList<>();

        @Override
        public Path folder() {
            return Path.of("");
        }

        @Override
        public void line(String text) {
            said.add(text);
        }

        @Override
        public void progress(String text) {}

        @Override
        public void error(String text) {
            said.add(text);
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }
}
