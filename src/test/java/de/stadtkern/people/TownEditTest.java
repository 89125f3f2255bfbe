package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.installation.Command;
import de.stadtkern.page.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// `town edit`: what a town says of itself, changed on the machine.
@StadtkernTest
class TownEditTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    List<Command> commands;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void whatIsNamedChangesAtOnceAndTheRestStays() throws IOException {
        TestTown town = TestTown.create(cities, port);
        String slug = town.city().slug();
        String host = "daten-" + slug + ".example";
        assertThat(run(
                        "edit",
                        slug,
                        "--name",
                        "Neustadt",
                        "--host",
                        host,
                        "--colour",
                        "#0b5394",
                        "--operator",
                        "Amt für Probe"))
                .isEqualTo("Changed: Neustadt.");
        assertThat(town.get("/").body()).contains("Neustadt", "town.css?v=0b5394");
        assertThat(run("edit", slug, "--mail", "stadt@example.org")).isEqualTo("Changed: Neustadt.");
        City city = cities.getBySlug(slug);
        assertThat(city.hosts()).containsExactly(host);
        assertThat(city.legal()).containsEntry("operator", "Amt für Probe").containsEntry("mail", "stadt@example.org");
        assertThat(new PeopleScenario(context, town).text("select string_agg(who || ' ' || kind, ', ') from change"))
                .isEqualTo("system town, system town");
    }

    @Test
    void aLogoIsSetFromAFileAndRemoved() throws IOException {
        TestTown town = TestTown.create(cities, port);
        String slug = town.city().slug();
        Files.write(folder.resolve("wappen.svg"), TestPictures.towers());
        assertThat(run("edit", slug, "--logo", "wappen.svg", "--name", "Neustadt"))
                .isEqualTo("Changed: Neustadt.");
        String logo = cities.getBySlug(slug).logo();
        assertThat(logo).endsWith("-300x100.svg");
        assertThat(town.get("/").body()).contains("src=\"/logo/" + logo + "\"");
        assertThat(town.get("/logo/" + logo).statusCode()).isEqualTo(200);
        assertThat(run("edit", slug, "--colour", "#0b5394")).isEqualTo("Changed: Neustadt.");
        assertThat(cities.getBySlug(slug).logo()).isEqualTo(logo);
        assertThat(run("edit", slug, "--no-logo")).isEqualTo("Changed: Neustadt.");
        assertThat(town.get("/").body()).doesNotContain("/logo/");
        assertThat(town.get("/logo/" + logo).statusCode()).isEqualTo(404);
    }

    @Test
    void aLogoThatCannotBeOneIsRefusedAndNothingChanges() throws IOException {
        TestTown town = TestTown.create(cities, port);
        String slug = town.city().slug();
        Files.write(folder.resolve("wappen.png"), TestPictures.jpeg());
        assertThatThrownBy(() -> run("edit", slug, "--name", "X", "--logo", "wappen.png"))
                .hasMessageContaining("is a PNG or an SVG");
        assertThatThrownBy(() -> run("edit", slug, "--logo", "nirgends.png")).hasMessageContaining("There is no file");
        assertThatThrownBy(() -> run("edit", slug, "--logo")).hasMessageContaining("--logo FILE");
        assertThatThrownBy(() -> run("edit", slug, "--no-logo", "--logo", "wappen.png"))
                .hasMessageContaining("--logo FILE");
        assertThatThrownBy(() -> run("add", slug + "x", "X", "--logo", "wappen.png"))
                .hasMessageContaining("--logo FILE");
        assertThat(cities.getBySlug(slug)).isEqualTo(town.city());
    }

    /// The record and the change are one: what another town's host name forbids leaves no trace.
    @Test
    void aChangeThatIsRefusedIsNotRecorded() throws IOException {
        TestTown town = TestTown.create(cities, port);
        TestTown other = TestTown.create(cities, port);
        String host = "taken-" + other.city().slug() + ".example";
        run("edit", other.city().slug(), "--host", host);
        assertThatThrownBy(() -> run("edit", town.city().slug(), "--host", host))
                .hasMessageContaining("belongs to another town");
        assertThat(new PeopleScenario(context, town).text("select count(*) from change"))
                .isEqualTo("0");
    }

    @Test
    void whatCannotBeIsRefusedAndNothingChanges() {
        TestTown town = TestTown.create(cities, port);
        String slug = town.city().slug();
        assertThatThrownBy(() -> run("edit", slug, "--colour", "blau")).hasMessageContaining("is no colour");
        assertThatThrownBy(() -> run("edit", slug, "--zone", "UTC")).hasMessageContaining("time zone of a town stays");
        assertThatThrownBy(() -> run("edit", slug, "--nmae", "X")).hasMessageContaining("A SETTING is");
        assertThatThrownBy(() -> run("edit", "nirgends", "--name", "X")).hasMessageContaining("There is no town");
        assertThat(cities.getBySlug(slug).name()).isEqualTo(town.city().name());
    }

    @Test
    void aNewTownGetsItsSettingsAndItsFirstAdminAtOnce() throws IOException {
        String slug = "neu-" + Long.toString(System.nanoTime(), 36);
        assertThat(run("add", slug, "Neu", "--colour", "#0b5394", "--language", "de"))
                .contains("Created: Neu.", "The first admin logs in at /login as 'admin' with the one-time password");
        assertThat(cities.getBySlug(slug).languages()).containsExactly("de");
    }

    private String run(String... words) throws IOException {
        Command town = commands.stream()
                .filter(command -> command.name().equals("town"))
                .findFirst()
                .orElseThrow();
        CommandLines lines = new CommandLines(folder);
        assertThat(town.run(List.of(words), lines)).isZero();
        return lines.text();
    }
}
