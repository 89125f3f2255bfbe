package de.stadtkern.watches;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Backups;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.PeopleScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A town restored beside itself tells nobody what the town has told or is about to tell.
@StadtkernTest
class CopiedTownTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    Backups backups;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private WatchScenario town;
    private Path archive;

    @BeforeEach
    void anArchiveOfATownInWhichSomethingGoesOn() throws IOException {
        town = new WatchScenario(context, TestTown.create(cities, port), "mean");
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30", "hook", "https://example.invalid/hook");
        assertThat(town.mails("Wache")).isEqualTo("Wache");
        archive = backups.write(List.of(town.town().city()), folder.resolve("a.zip"), text -> {});
    }

    @Test
    void inACopyWatchesPauseAndWhatWaitsIsStopped() throws IOException {
        Backups.Restored copy = backups.restore(
                        archive, new Backups.Wish(null, town.town().city().slug() + "-copy", null), text -> {})
                .getFirst();
        assertThat(copy.stopped())
                .containsExactlyInAnyOrder("mails stopped: 1", "web-hooks stopped: 1", "watches paused: 1");
        PeopleScenario there = look(copy);
        assertThat(state(there)).isEqualTo("1 mail, 0 waiting; 1 web-hook, 0 waiting; paused true");
        assertThat(state(town.people)).as("the town itself").endsWith("1 waiting; paused false");
    }

    @Test
    void aTownPutBackInItsPlaceGoesOn() throws IOException {
        Backups.Restored back = backups.restore(
                        archive, new Backups.Wish(null, null, town.town().city().name()), text -> {})
                .getFirst();
        assertThat(back.stopped()).isEmpty();
        assertThat(state(look(back))).isEqualTo("1 mail, 1 waiting; 1 web-hook, 1 waiting; paused false");
    }

    private PeopleScenario look(Backups.Restored restored) {
        TestTown there = TestTown.of(restored.city(), port);
        there.in(() -> {
            context.getBean(WatchJob.class).look(Instant.now());
            return true;
        });
        return new PeopleScenario(context, there);
    }

    private static String state(PeopleScenario people) {
        return people.text("""
            select (select count(*) || ' mail, ' || count(next_at) || ' waiting; ' from mail)
              || (select count(*) || ' web-hook, ' || count(next_at) || ' waiting; ' from watch_hook)
              || (select 'paused ' || paused from watch)
            """);
    }
}
