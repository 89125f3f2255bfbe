package de.stadtkern.operation;

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

@StadtkernTest
class StatusCommandTest {

    @Autowired
    Cities cities;

    @Autowired
    StatusCommand command;

    @LocalServerPort
    int port;

    @Test
    void itSaysHowTheMachineAndEachTownIs() {
        TestTown town = TestTown.create(cities, port);
        Lines lines = new Lines();
        command.run(List.of(), lines);
        assertThat(lines.said)
                .anyMatch(line -> line.matches("database +up +\\{version=\\d+.*"))
                .anyMatch(line -> line.startsWith("disk"))
                .contains("%s: 0 waiting, last backup none, 0 jobs failing, 0 mails waiting, 0 failing"
                        .formatted(town.city().slug()));
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
