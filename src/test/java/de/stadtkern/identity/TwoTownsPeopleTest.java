package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Two towns at once: sessions, keys, form tokens and mail of one are nothing in the other.
@ClosedStadtkernTest
class TwoTownsPeopleTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 40;

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private record Town(TestTown web, PeopleScenario people, PeopleScenario.Browser admin, String key, String mark) {}

    private Town town(String mark) {
        TestTown web = TestTown.create(cities, port);
        PeopleScenario people = new PeopleScenario(context, web);
        PeopleScenario.Browser admin = people.loggedIn(mark + "@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        String key = web.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish(mark, Area.PLATFORM, Role.EDITOR, null, Duration.ofDays(1)))
                        .token()));
        return new Town(web, people, admin, key, mark);
    }

    @Test
    void nothingOfOneTownWorksInTheOther() throws Exception {
        Town a = town("anna");
        Town b = town("bert");
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            work.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    boolean first = random.nextBoolean();
                    act(first ? a : b, first ? b : a, random.nextInt(4));
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        for (Town town : List.of(a, b)) {
            assertThat(town.people.text("select string_agg(distinct recipient, ' ') from mail"))
                    .isEqualTo(town.mark + "@example.org");
            assertThat(town.people.text("select string_agg(distinct name, ' ') from thing"))
                    .isEqualTo(town.mark);
            assertThat(town.people.text("select string_agg(distinct who, ' ') from change"))
                    .isEqualTo("system");
        }
    }

    private void act(Town town, Town other, int what) {
        switch (what) {
            case 0 -> {
                assertThat(page(town, town).body()).contains(town.mark).doesNotContain(other.mark);
                assertThat(page(town, other).statusCode()).isEqualTo(303);
            }
            case 1 -> {
                assertThat(post(town, town.key)).isEqualTo(201);
                assertThat(post(town, other.key)).isEqualTo(401);
            }
            case 2 -> {
                var answer = town.people.again(town.admin).fill("/account", "/mail/test");
                assertThat(answer.statusCode()).isEqualTo(303);
            }
            default -> {
                PeopleScenario.Browser stranger = town.people.somebody();
                stranger.cookies.put("session", other.admin.session());
                assertThat(stranger.fill("/login", "/mail/test").statusCode()).isEqualTo(401);
            }
        }
    }

    private static java.net.http.HttpResponse<String> page(Town town, Town ofSession) {
        return town.web.send(town.web
                .request("/account")
                .header("Accept", "text/html")
                .header("Cookie", "session=" + ofSession.admin.session())
                .GET());
    }

    private static int post(Town town, String key) {
        return town.web
                .send(town.web
                        .request("/sta/v1.1/Things")
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + key)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"%s\",\"description\":\"\"}".formatted(town.mark))))
                .statusCode();
    }
}
