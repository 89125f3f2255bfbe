package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.mqtt.MqttScenario;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.springframework.context.ApplicationContext;

/// A town where the market place is open to everybody and Geheim is in a protected set which editors and one key may
/// read and another key may write. Geheim has a Datastream and a MultiDatastream, and somebody watches it.
final class DataSetScenario implements AutoCloseable {

    static final String VALUE = "987654";

    private static final String MULTI = """
        {"name": "Mehrfach Geheim", "description": "",
         "multiObservationDataTypes": ["http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"],
         "unitOfMeasurements": [{"name": "Meter", "symbol": "m", "definition": "http://unitsofmeasure.org/ucum.html#m"}],
         "Sensor": {"@iot.id": 2}, "ObservedProperties": [{"@iot.id": 2}]}
        """;

    final MqttScenario mqtt;
    final SensorThingsScenario sta;
    final PeopleScenario.Browser viewer;
    final PeopleScenario.Browser editor;
    final String reading;
    final String writing;
    final String other;
    final long observation;
    final long set;
    private final ApplicationContext context;

    DataSetScenario(ApplicationContext context, int port) {
        this.context = context;
        mqtt = new MqttScenario(context, port);
        sta = mqtt.http;
        sta.observe(sta.datastream("Markt"), "2025-06-01T10:00:00Z", "1");
        long secret = sta.datastream("Geheim");
        for (String path : new String[] {"/Sensors(2)", "/ObservedProperties(2)", "/FeaturesOfInterest(2)"}) {
            sta.patch(path, "{\"name\":\"Geheim " + path.substring(1, 5) + "\"}");
        }
        sta.create("/Things(2)/MultiDatastreams", MULTI);
        PeopleScenario people = new PeopleScenario(context, sta.town);
        viewer = people.loggedIn("v@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        editor = people.loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        watch(editor, secret);
        people.text("""
            insert into watch_incident (watch_id, watch_name, datastream_id, kind, began_at, feed, tell_at, told_at, told)
            select id, name, datastream_id, kind, now(), true, now(), now(), true from watch returning watch_name
            """);
        observation = sta.observe(secret, "2025-06-01T10:00:00Z", VALUE);
        sta.create(
                "/MultiDatastreams(3)/Observations",
                SensorThingsScenario.observation("2025-06-01T10:00:00Z", "[" + VALUE + "]"));
        ApiKeys.Created reader = key("reading", Role.VIEWER);
        ApiKeys.Created writer = key("writing", Role.EDITOR);
        reading = reader.token();
        writing = writer.token();
        other = key("other", Role.VIEWER).token();
        set = asOperator(() -> sets().create(wish(
                DataSet.Openness.PROTECTED,
                Set.of(Role.EDITOR),
                Set.of(reader.key().id()),
                Set.of(writer.key().id()))));
    }

    @Override
    public void close() {
        mqtt.close();
    }

    static void watch(PeopleScenario.Browser editor, long datastream) {
        String page = "/watches/new?datastream=" + datastream;
        assertThat(editor.where(editor.fill(
                        page,
                        page,
                        "name",
                        "Wache Geheim",
                        "kind",
                        "limit",
                        "above",
                        "30",
                        "lasting",
                        "PT0S",
                        "silence",
                        "3",
                        "factor",
                        "3",
                        "feed",
                        "on")))
                .startsWith("303 /watches");
    }

    static DataSet.Wish wish(
            DataSet.Openness openness, Set<Role> readers, Set<Long> readingKeys, Set<Long> writingKeys) {
        return new DataSet.Wish(
                "Schutz", "", openness, readers, Set.of(), readingKeys, writingKeys, Set.of(2L), Set.of());
    }

    DataSets sets() {
        return context.getBean(DataSets.class);
    }

    private <T> T asOperator(ScopedValue.CallableOp<T, RuntimeException> work) {
        return asOperator(sta, work);
    }

    /// What stewards do, in any town.
    <T> T asOperator(SensorThingsScenario town, ScopedValue.CallableOp<T, RuntimeException> work) {
        return town.town.in(() -> context.getBean(Rights.class).asOperator(work));
    }

    private ApiKeys.Created key(String name, Role role) {
        return asOperator(() -> context.getBean(ApiKeys.class)
                .create(new ApiKeys.Wish(name, Area.PLATFORM, role, null, Duration.ofDays(1))));
    }

    HttpResponse<String> with(String token, String method, String path, String body) {
        HttpRequest.Builder request = sta.town
                .request(path.replace(" ", "%20"))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return sta.town.send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    /// Who finds something of Geheim there.
    String seenBy(String path) {
        StringBuilder seen = new StringBuilder();
        note(seen, "nobody", sta.town.get(path.replace(" ", "%20")));
        if (!path.startsWith("/api")) {
            note(seen, "viewer", viewer.open(path.replace(" ", "%20")));
            note(seen, "editor", editor.open(path.replace(" ", "%20")));
        }
        if (path.startsWith("/sta") || path.startsWith("/api")) {
            note(seen, "key", with(reading, "GET", path, ""));
            note(seen, "writer", with(writing, "GET", path, ""));
            note(seen, "other", with(other, "GET", path, ""));
        }
        return seen.toString();
    }

    private static void note(StringBuilder seen, String who, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(who + answer.body()).isIn(200, 404);
        if (answer.body().contains("Geheim") || answer.body().contains(VALUE)) {
            seen.append(seen.isEmpty() ? "" : ", ").append(who);
        }
    }
}
