package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClosedStadtkernTest
class ApiKeysTest extends TownWithAdmin {

    private static final String THING = """
        {"name":"Zähler","description":"","Datastreams":[%s,%s]}
        """;
    private static final String DATASTREAM = """
        {"name":"%s","description":"","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
         "unitOfMeasurement":{"name":"Personen","symbol":"","definition":""},
         "Sensor":{"name":"s","description":"","encodingType":"text/plain","metadata":"-"},
         "ObservedProperty":{"name":"p","definition":"https://example.org/p","description":""}}
        """;

    /// A page of others can send a form with a file and the browser adds the session's cookie.
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/imports", "/%61pi/v1/imports", "/api;x=1/v1/imports", "/ap%69;x/v1/imports"})
    void aSessionWritesFromTheTownsOwnPagesOnlyHoweverTheAddressIsWritten(String address) {
        var answer = admin.upload(address, "file", "werte.csv", new byte[] {'a'});
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("A session changes data from the town's own pages only");
        assertThat(people.text("select count(*) from import_job")).isEqualTo("0");
    }

    @Test
    void aKeyForTheWholeTownReadsFiguresAndHasNoOtherRole() {
        String key = create("area", "town", "role", "operator");
        var figures = town.send(town.request("/actuator/prometheus").header("Authorization", "Bearer " + key));
        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(admin.where(admin.fill(
                        "/keys", "/keys", "name", "Zu viel", "area", "town", "role", "editor", "days", "30")))
                .contains("role: Für die ganze Stadt hat ein Schlüssel nur die Rolle Betrieb");
    }

    @Test
    void aKeyWritesShowsItsLastUseAndWorksNoLongerTwoSecondsAfterItIsRevoked() throws InterruptedException {
        String key = create("area", "platform", "role", "editor");
        assertThat(post(key, "/sta/v1.1/Things", thing()).statusCode()).isEqualTo(201);
        assertThat(people.text("select used_at is not null from api_key")).isEqualTo("t");
        String page = admin.open("/keys").body();
        assertThat(page).contains("Zähler am Markt", key.substring(0, 16)).doesNotContain(key);
        admin.fill("/keys", "/keys/%s/revoke".formatted(people.text("select id from api_key")));
        TimeUnit.SECONDS.sleep(2);
        assertThat(post(key, "/sta/v1.1/Things", thing()).statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyForOneDatastreamWritesItsObservationsAndNothingElse() {
        String all = create("area", "platform", "role", "editor");
        post(all, "/sta/v1.1/Things", thing());
        String one = people.text("select min(id) from datastream");
        String other = people.text("select max(id) from datastream");
        String key = create("area", "platform", "role", "editor", "datastream", one);
        String observations = "/sta/v1.1/Datastreams(%s)/Observations";
        String array = "[{\"Datastream\":{\"@iot.id\":%s},\"components\":[\"result\"],\"dataArray\":[[5]]}]";
        assertThat(post(key, observations.formatted(one), "{\"result\":1}").statusCode())
                .isEqualTo(201);
        assertThat(post(key, observations.formatted(other), "{\"result\":1}").statusCode())
                .isEqualTo(403);
        assertThat(post(
                                key,
                                "/sta/v1.1/Observations",
                                "{\"result\":1,\"Datastream\":{\"@iot.id\":%s}}".formatted(other))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(key, "/sta/v1.1/CreateObservations", array.formatted(one))
                        .body())
                .contains("Observations(");
        assertThat(post(key, "/sta/v1.1/CreateObservations", array.formatted(other))
                        .body())
                .doesNotContain("Observations(");
        assertThat(post(key, "/sta/v1.1/Things", thing()).statusCode()).isEqualTo(403);
        String feature = "{\"name\":\"F\",\"description\":\"\",\"encodingType\":\"\",\"feature\":{}}";
        assertThat(post(
                                key,
                                observations.formatted(other),
                                "{\"result\":1,\"FeatureOfInterest\":%s}".formatted(feature))
                        .statusCode())
                .isEqualTo(403);
        String inGroup =
                "{\"requests\":[{\"id\":\"1\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Datastreams(%s)/Observations\","
                    + "\"body\":{\"result\":1}}]}";
        assertThat(post(key, "/sta/v1.1/$batch", inGroup.formatted(other)).body())
                .contains("\"status\":403");
        assertThat(people.text("select string_agg(distinct datastream_id::text, ' ') from observation"))
                .isEqualTo(one);
    }

    @Test
    void aKeyToViewWritesNothingAndAnExpiredOneIsNone() throws InterruptedException {
        String viewer = create("area", "platform", "role", "viewer");
        assertThat(post(viewer, "/sta/v1.1/Things", thing()).statusCode()).isEqualTo(403);
        people.execute("update api_key set expires_at = now()");
        TimeUnit.SECONDS.sleep(2);
        var refused = post(viewer, "/sta/v1.1/Things", thing());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }

    @Test
    void aKeyIsAPasswordForProgramsThatKnowNothingElseWhateverTheUserIsCalled() {
        String key = create("area", "platform", "role", "editor");
        for (String user : new String[] {"sensor", "", "admin@example.org", "Zähler"}) {
            assertThat(basic(user + ":" + key).statusCode()).as(user).isEqualTo(201);
        }
        for (String wrong : new String[] {
            "sensor:" + key + "x",
            "sensor:",
            key + ":",
            "sensor:a:" + key,
            "admin@example.org:" + PeopleScenario.PASSWORD
        }) {
            var refused = basic(wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Basic realm=");
        }
        assertThat(authorized("Basic %%%").statusCode()).isEqualTo(401);
        assertThat(town.send(town.request("/people")
                                .header("Authorization", "Basic " + encoded("sensor:" + key))
                                .header("Accept", "text/html")
                                .GET())
                        .statusCode())
                .isEqualTo(303);
        var nobody = town.post("/sta/v1.1/Things", thing());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().allValues("WWW-Authenticate"))
                .as("no browser opens its window for a password")
                .noneMatch(challenge -> challenge.startsWith("Basic"));
    }

    private HttpResponse<String> basic(String userAndPassword) {
        return authorized("basic " + encoded(userAndPassword));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> authorized(String authorization) {
        return town.send(town.request("/sta/v1.1/Things")
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(thing())));
    }

    @Test
    void aKeyOfOneTownIsNothingInAnotherAndNoKeyOpensAPage() {
        String key = create("area", "platform", "role", "editor");
        TestTown other = TestTown.create(cities, port);
        assertThat(other.send(other.request("/sta/v1.1/Things")
                                .header("Authorization", "Bearer " + key)
                                .GET())
                        .statusCode())
                .isEqualTo(401);
        assertThat(town.send(town.request("/people")
                                .header("Authorization", "Bearer " + key)
                                .header("Accept", "text/html")
                                .GET())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aSessionWritesFromTheTownsOwnPagesOnly() {
        var editor = people.loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        for (String site : new String[] {"cross-site", "same-site", "same-origin"}) {
            var answer = town.send(editor.request("/sta/v1.1/Things")
                    .header("Content-Type", "application/json")
                    .header("Sec-Fetch-Site", site)
                    .POST(HttpRequest.BodyPublishers.ofString(thing())));
            assertThat(answer.statusCode()).as(site).isEqualTo(site.equals("same-origin") ? 201 : 403);
        }
    }

    @Test
    void aWishThatCannotBeGrantedIsToldAtItsField() {
        assertThat(admin.where(
                        admin.fill("/keys", "/keys", "name", "x", "area", "platform", "role", "admin", "days", "10")))
                .startsWith("422 role: ");
        assertThat(admin.where(
                        admin.fill("/keys", "/keys", "name", "", "area", "platform", "role", "editor", "days", "10")))
                .startsWith("422 name: ");
        assertThat(admin.where(admin.fill(
                        "/keys", "/keys", "name", "x", "area", "platform", "role", "editor", "days", "viele")))
                .startsWith("422 days: Das ist keine ganze Zahl.");
    }

    private String create(String... more) {
        String[] values = new String[more.length + 4];
        System.arraycopy(new String[] {"name", "Zähler am Markt", "days", "30"}, 0, values, 0, 4);
        System.arraycopy(more, 0, values, 4, more.length);
        Matcher key = Pattern.compile("stadtkern_[A-Za-z0-9_-]{43}")
                .matcher(admin.fill("/keys", "/keys", values).body());
        assertThat(key.find()).isTrue();
        return key.group();
    }

    private static String thing() {
        return THING.formatted(DATASTREAM.formatted("a"), DATASTREAM.formatted("b"));
    }

    private HttpResponse<String> post(String key, String path, String json) {
        return town.send(town.request(path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }
}
