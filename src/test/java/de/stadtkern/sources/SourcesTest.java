package de.stadtkern.sources;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Backups;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.PeopleScenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// How stewards set up, try, change and take back sources.
@StadtkernTest
class SourcesTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private SourceScenario sources;

    @BeforeEach
    void aTown() {
        sources = new SourceScenario(context, TestTown.create(cities, port));
    }

    @Test
    void aMappingWhoseExampleIsWrongIsRefusedAtTheFieldAndKept() {
        String wrong = SourceScenario.delivered("generic").replace("Z 410", "Z 411");
        var answer = sources.create("webhook", "ww", wrong);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("In Zeile", "but should give", "Z 411");
        assertThat(sources.people.text("select count(*)::text from source")).isEqualTo("0");
    }

    @Test
    void aMessageIsTriedBeforeAnythingIsKept() {
        String json = SourceScenario.delivered("generic");
        String tried = sources.create(
                        "webhook",
                        "w",
                        json,
                        "do",
                        "try",
                        "sample",
                        "{\"id\": \"m\", \"time\": \"2026-05-01T10:00\", \"in\": 4}")
                .body();
        assertThat(tried)
                .contains("m in 2026-05-01T08:00:00Z/2026-05-01T09:00:00Z 4", "So wird die Nachricht verstanden");
        assertThat(sources.create("webhook", "ww", json, "do", "try", "sample", "{\"id\": \"m\"}")
                        .body())
                .contains("nennt keine Zeit");
        assertThat(sources.steward.where(sources.create("webhook", "ww", json, "do", "try")))
                .isEqualTo("422 sample: Fügen Sie eine Nachricht ein.");
        assertThat(sources.create("webhook", "ww", "", "do", "use", "delivered", "telraam")
                        .body())
                .contains("telraam-api.net");
        assertThat(sources.people.text("select count(*)::text from source")).isEqualTo("0");
    }

    @Test
    void whatIsTypedWronglyIsSaidAtItsField() {
        String json = SourceScenario.delivered("generic");
        assertThat(where("webhook", "A B", json)).startsWith("422 slug: ");
        assertThat(where("webhook", "new", json)).startsWith("422 slug: ");
        assertThat(where("pull", "pp", json, "address", "ftp://example.org")).startsWith("422 address: ");
        assertThat(where("pull", "pp", json, "address", "https://example.org/{from}"))
                .startsWith("422 address: ");
        assertThat(where("pull", "pp", json, "address", "https://example.org", "header", "Host"))
                .startsWith("422 header: ");
        assertThat(where("mqtt", "mm", json, "address", "https://example.org", "topic", "a"))
                .startsWith("422 address: ");
        assertThat(where("mqtt", "mm", json, "address", "mqtts://example.org", "topic", "a/#/b"))
                .startsWith("422 topic: ");
        sources.webhook("einmal", json);
        assertThat(where("webhook", "einmal", json)).startsWith("422 slug: ");
    }

    private String where(String kind, String slug, String yaml, String... namesAndValues) {
        return sources.steward.where(sources.create(kind, slug, yaml, namesAndValues));
    }

    @Test
    void aFileIsReadAndWhatBecameOfItIsShown() {
        sources.create("file", "datei", SourceScenario.delivered("hystreet-csv"));
        String token = sources.steward.tokens("/sources/datei").getFirst();
        var answer = sources.steward.upload(
                "/sources/datei/upload?_form=" + token, "file", "a.csv", """
                    timestamp;location_id;pedestrians_count
                    2026-05-01T10:00:00;1;12
                    2026-05-01T11:00:00;1;x
                    """.getBytes(StandardCharsets.UTF_8));
        assertThat(sources.steward.where(answer)).isEqualTo("303 /sources/datei");
        assertThat(sources.values()).isEqualTo("1 total 05-01 10:00 11:00 12");
        assertThat(sources.steward.open("/sources/datei").body())
                .contains("zum Teil gespeichert", "1 Wert (1 neu)", "ist keine Zahl");
        assertThat(sources.steward.plain("GET", "/sources/datei/messages.csv").body())
                .contains("zum Teil gespeichert");
        assertThat(sources.steward.plain("GET", "/sources.csv").body()).contains("Quelle datei");
    }

    @Test
    void aChangeAndADeletionAreTakenBackWithoutTheKeyOrTheSecret() {
        String key = sources.webhook("markt", SourceScenario.delivered("ttn-generic"));
        sources.send("markt", key, SourceScenario.ttn(0, 10, "00"));
        sources.steward.change("/sources/markt/edit", "name", "Am Markt");
        assertThat(sources.people.text("select name from source")).isEqualTo("Am Markt");
        undo();
        assertThat(sources.people.text("select name from source")).isEqualTo("Quelle markt");
        assertThat(sources.send("markt", key, SourceScenario.ttn(1, 11, "10")).statusCode())
                .isEqualTo(200);
        sources.steward.fill("/sources/markt", "/sources/markt/delete");
        assertThat(sources.send("markt", key, SourceScenario.ttn(2, 12, "20")).statusCode())
                .isEqualTo(401);
        undo();
        assertThat(sources.send("markt", key, SourceScenario.ttn(2, 12, "20")).statusCode())
                .as("the key is gone with what was deleted")
                .isEqualTo(401);
        String another = SourceScenario.key(sources.steward.fill("/sources/markt", "/sources/markt/key"));
        sources.send("markt", another, SourceScenario.ttn(3, 15, "30"));
        assertThat(sources.people.text("select sum(result)::text from observation"))
                .as("the total went on where it was")
                .isEqualTo("5");
    }

    private void undo() {
        String change = sources.people.text("select max(id)::text from change");
        assertThat(sources.steward
                        .fill("/sources", "/changes/" + change + "/undo")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void whoEditsWhatSomebodyElseHasChangedIsTold() {
        sources.webhook("markt", SourceScenario.delivered("generic"));
        Map<String, String> seen = sources.steward.form("/sources/markt/edit");
        sources.steward.change("/sources/markt/edit", "name", "Am Markt");
        seen.put("name", "Am Dom");
        var answer = sources.steward.send("/sources/markt/edit", seen);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Am Dom", "Am Markt");
    }

    @Test
    void inACopyOfTheTownSourcesAreStill(@TempDir Path folder) throws IOException {
        sources.webhook("markt", SourceScenario.delivered("generic"));
        Backups backups = sources.bean(Backups.class);
        Path archive = backups.write(List.of(sources.town.city()), folder.resolve("a.zip"), text -> {});
        Backups.Restored copy = backups.restore(
                        archive, new Backups.Wish(null, sources.town.city().slug() + "-copy", null), text -> {})
                .getFirst();
        assertThat(copy.stopped()).contains("sources paused: 1");
        PeopleScenario there = new PeopleScenario(context, TestTown.of(copy.city(), port));
        assertThat(there.text("select active::text from source")).isEqualTo("false");
        assertThat(sources.people.text("select active::text from source")).isEqualTo("true");
    }
}
