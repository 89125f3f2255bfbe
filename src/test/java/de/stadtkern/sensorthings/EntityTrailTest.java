package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithPeople;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who changed what through the API stands among the changes.
@StadtkernTest
class EntityTrailTest extends TownWithPeople {

    private static final String THINGS = "/sta/v1.1/Things";

    private PeopleScenario.Browser steward;

    @BeforeEach
    void aSteward() {
        steward = people.loggedIn("ole@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
    }

    @Test
    void whatAPersonCreatesChangesAndDeletesIsKeptWithBeforeAndAfter() {
        send("POST", THINGS, "{\"name\":\"Zähler\",\"description\":\"am Markt\"}");
        send("PATCH", THINGS + "(1)", "{\"description\":\"am Tor\"}");
        send("PATCH", THINGS + "(1)", "{\"description\":\"am Tor\"}");
        send("DELETE", THINGS + "(1)", "");
        assertThat(trail())
                .isEqualTo("Frau ole Thing 1 Zähler: - > am Markt | Frau ole Thing 1 Zähler: am Markt > am Tor"
                        + " | Frau ole Thing 1 Zähler: am Tor > -");
        var admin = people.loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        assertThat(admin.open("/changes").body()).contains("am Markt", "am Tor").doesNotContain("/undo");
    }

    @Test
    void ofAProgramWithAKeyWhatItDeletesIsKept() {
        String key = town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish("Gateway", Area.PLATFORM, Role.EDITOR, null, Duration.ofDays(1)))
                        .token()));
        people.execute("delete from change");
        withKey(key, "POST", THINGS, "{\"name\":\"Zähler\",\"description\":\"am Markt\"}");
        withKey(key, "PATCH", THINGS + "(1)", "{\"description\":\"Batterie 80 %\"}");
        assertThat(trail()).isEmpty();
        withKey(key, "DELETE", THINGS + "(1)", "");
        assertThat(trail()).isEqualTo("Gateway Thing 1 Zähler: Batterie 80 % > -");
    }

    @Test
    void aChangeSetThatFailsLeavesNoTraceAndOneThatDoesNotLeavesOneOfEach() {
        String first = "{\"id\":\"1\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Things\","
                + "\"body\":{\"name\":\"Eins\",\"description\":\"a\"}}";
        String wrong = "{\"id\":\"2\",\"atomicityGroup\":\"g\",\"method\":\"patch\",\"url\":\"Things(4711)\","
                + "\"body\":{\"name\":\"Zwei\"}}";
        String second = "{\"id\":\"2\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Things\","
                + "\"body\":{\"name\":\"Zwei\",\"description\":\"b\"}}";
        send("POST", "/sta/v1.1/$batch", "{\"requests\":[" + first + "," + wrong + "]}");
        assertThat(trail()).isEmpty();
        send("POST", "/sta/v1.1/$batch", "{\"requests\":[" + first + "," + second + "]}");
        assertThat(trail()).contains("Eins: - > a").contains("Zwei: - > b");
    }

    @Test
    void aChangeByPageIsKeptOnceAsPeopleSeeIt() {
        send("POST", THINGS, "{\"name\":\"Zähler\",\"description\":\"am Markt\"}");
        people.execute("delete from change");
        assertThat(steward.where(steward.change("/sensors/1/edit", "description", "am Tor")))
                .startsWith("303 ");
        assertThat(trail()).isEqualTo("Frau ole sensor 1 Zähler: am Markt > am Tor");
    }

    @Test
    void observationsAndWritesOfNobodyAreNotKept() {
        long datastream = new StoreScenario(context, town).datastream("mean");
        send(
                "POST",
                "/sta/v1.1/Datastreams(%d)/Observations".formatted(datastream),
                "{\"phenomenonTime\":\"2026-05-01T10:00:00Z\",\"result\":1}");
        town.patch(THINGS + "(1)", "{\"description\":\"von niemandem\"}");
        assertThat(trail()).isEmpty();
    }

    private String trail() {
        return people.text("""
            select coalesce(string_agg(concat(who, ' ', kind, ' ', subject, ' ', title, ': ',
              coalesce(before ->> 'description', '-'), ' > ', coalesce(after ->> 'description', '-')), ' | ' order by id), '')
            from change
            """);
    }

    private void send(String method, String path, String json) {
        require(town.send(steward.request(path)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))));
    }

    private void withKey(String key, String method, String path, String json) {
        require(town.send(town.request(path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))));
    }

    private static void require(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
}
