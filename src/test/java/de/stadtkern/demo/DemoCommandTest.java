package de.stadtkern.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.installation.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@StadtkernTest
class DemoCommandTest {

    @Autowired
    Cities cities;

    @Autowired
    DemoCommand command;

    private final List<String> lines = new ArrayList<>();

    @Test
    void theDemoTownGoesWhenItsNameIsTypedAndNotBefore() throws IOException {
        cities.create(NewCity.named("demo-removed", FirstTown.DEMO_NAME).asDemo());
        assertThatThrownBy(() -> run("remove", "--confirm", "Jena")).hasMessageContaining(FirstTown.DEMO_NAME);
        assertThat(cities.findBySlug("demo-removed")).isPresent();

        assertThat(run("remove", "--confirm", FirstTown.DEMO_NAME)).isZero();
        assertThat(lines).singleElement().asString().startsWith("Removed: Jena (Demo). Its archive: ");
        assertThat(cities.findBySlug("demo-removed")).isEmpty();
        assertThatThrownBy(() -> run("remove", "--confirm", FirstTown.DEMO_NAME))
                .hasMessage("There is no demo town here.");
    }

    @Test
    void calledOtherwiseItSaysHowItIsCalled() {
        assertThatThrownBy(() -> run("remove")).hasMessage("It is called so: demo remove --confirm \"Jena (Demo)\"");
    }

    private int run(String... words) throws IOException {
        return command.run(List.of(words), new Command.Terminal() {
            @Override
            public Path folder() {
                return Path.of("");
            }

            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void progress(String text) {}

            @Override
            public void error(String text) {}

            @Override
            public boolean isGone() {
                return false;
            }
        });
    }
}
