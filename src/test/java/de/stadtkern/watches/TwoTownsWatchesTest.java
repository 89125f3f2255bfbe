package de.stadtkern.watches;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Two towns at once with the same ids of Datastreams and watches: each hears of its own values only.
@StadtkernTest
class TwoTownsWatchesTest {

    private static final int THREADS = 8;
    private static final int VALUES = 30;

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private WatchScenario town(String name) {
        WatchScenario town = new WatchScenario(context, TestTown.create(cities, port), "mean");
        town.value("2026-05-01T09:00:00Z", 20);
        String where = town.watch("above", "30", "name", name, "mails", name + "@example.org", "feed", "on");
        assertThat(where).isEqualTo("303 /watches/1");
        return town;
    }

    @Test
    void aLimitCrossedInOneTownIsToldInThatTownOnly() throws Exception {
        WatchScenario loud = town("laut");
        WatchScenario quiet = town("leise");
        assertThat(loud.datastream).isEqualTo(quiet.datastream);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            boolean crossing = thread % 2 == 0;
            int second = thread;
            work.add(() -> {
                for (int minute = 0; minute < VALUES; minute++) {
                    String time = "2026-05-01T10:%02d:%02dZ".formatted(minute, second);
                    (crossing ? loud : quiet).value(time, crossing ? 40 : 20);
                    (crossing ? loud : quiet).look();
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(loud.mails("laut")).isEqualTo("laut");
        assertThat(loud.people.text("select distinct recipient from mail")).isEqualTo("laut@example.org");
        assertThat(quiet.mails("")).isEmpty();
        assertThat(quiet.open()).isEqualTo("Alles ruhig");
        assertThat(loud.town().get("/watches.atom").body()).contains("<title>laut</title>");
        assertThat(quiet.town().get("/watches.atom").body()).doesNotContain("laut");

        quiet.value("2026-05-01T11:00:00Z", 50);
        assertThat(quiet.mails("leise")).isEqualTo("leise");
        assertThat(loud.people.text("select count(*)::text from mail where subject like '%leise%'"))
                .isEqualTo("0");
    }
}
