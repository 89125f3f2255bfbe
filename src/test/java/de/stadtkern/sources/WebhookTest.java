package de.stadtkern.sources;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.problem.Problem;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is sent to a source is there when it is acknowledged, once, and only from whoever has its key.
@StadtkernTest
class WebhookTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private SourceScenario sources;
    private String key;

    @BeforeEach
    void aTownWithAWebhook() {
        sources = new SourceScenario(context, TestTown.create(cities, port));
        key = sources.webhook("markt", SourceScenario.delivered("ttn-generic"));
    }

    @Test
    void totalsBecomeCountsAndAMessageThatComesAgainChangesNothing() {
        assertThat(sources.send("markt", key, SourceScenario.ttn(0, 65_530, "00"))
                        .body())
                .contains("\"outcome\":\"begun\"");
        String second = SourceScenario.ttn(1, 4, "10");
        assertThat(sources.send("markt", key, second).body()).contains("\"outcome\":\"stored\"", "\"written\":1");
        // As a sender does that has heard no answer because a process died.
        assertThat(sources.send("markt", key, second).body()).contains("\"outcome\":\"repeated\"", "\"written\":0");
        assertThat(sources.send("markt", key, SourceScenario.ttn(4, 34, "40")).statusCode())
                .isEqualTo(200);
        assertThat(sources.values()).isEqualTo("A1 in 05-01 10:00 10:10 10 | A1 in 05-01 10:10 10:40 30 lost");
        assertThat(sources.outcomes()).isEqualTo("begun stored repeated stored");
    }

    @Test
    void whatWasNotCommittedIsNotThereAndComesWhole() {
        sources.send("markt", key, SourceScenario.ttn(0, 100, "00"));
        // A process that dies in the transaction leaves nothing: neither the row nor the total.
        sources.people.execute("alter table source_message add constraint dying check (outcome <> 'stored')");
        assertThat(sources.send("markt", key, SourceScenario.ttn(1, 107, "10")).statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(sources.values()).isEmpty();
        assertThat(sources.people.text("select total::text from source_state")).isEqualTo("100");
        assertThat(sources.people.text("select count(*)::text from source_seen"))
                .isEqualTo("1");
        sources.people.execute("alter table source_message drop constraint dying");
        assertThat(sources.send("markt", key, SourceScenario.ttn(1, 107, "10")).statusCode())
                .isEqualTo(200);
        assertThat(sources.values()).isEqualTo("A1 in 05-01 10:00 10:10 7");
    }

    @Test
    void manyAtTheSameMomentCountEachPersonOnce() throws Exception {
        sources.send("markt", key, SourceScenario.ttn(0, 0, "00"));
        List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
        for (int frame = 1; frame <= 30; frame++) {
            String message = SourceScenario.ttn(frame, frame * 3, "%02d".formatted(frame));
            calls.add(() -> sources.send("markt", key, message));
            calls.add(() -> sources.send("markt", key, message));
        }
        java.util.Collections.shuffle(calls, new java.util.Random(7));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(calls)) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(sources.people.text("select sum(result)::text from observation"))
                .isEqualTo("90");
    }

    @Test
    void onlyTheKeyOpensIt() {
        String message = SourceScenario.ttn(0, 1, "00");
        sources.webhook("dom", SourceScenario.delivered("ttn-generic"));
        HttpResponse<String> without = sources.town.post("/sources/markt", message);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(without.body()).contains("urn:stadtkern:problem:source-key-unknown");
        assertThat(sources.send("dom", key, message).statusCode()).isEqualTo(401);
        assertThat(sources.send("elsewhere", key, message).statusCode()).isEqualTo(401);
        String basic = Base64.getEncoder().encodeToString(("any:" + key).getBytes(StandardCharsets.UTF_8));
        assertThat(sources.town
                        .send(sources.town
                                .request("/sources/markt")
                                .header("Authorization", "Basic " + basic)
                                .POST(HttpRequest.BodyPublishers.ofString(message)))
                        .statusCode())
                .isEqualTo(200);
        String another = SourceScenario.key(sources.steward.fill("/sources/markt", "/sources/markt/key"));
        assertThat(sources.send("markt", key, message).statusCode()).isEqualTo(401);
        assertThat(sources.send("markt", another, message).statusCode()).isEqualTo(200);
    }

    @Test
    void theKeyIsNeitherStoredNorSaidAgain() {
        String where = "select count(*)::text from %s x where x::text like '%%" + key.substring(15) + "%%'";
        assertThat(sources.people.text(where.formatted("source"))).isEqualTo("0");
        assertThat(sources.people.text(where.formatted("change"))).isEqualTo("0");
        assertThat(sources.steward.open("/sources/markt").body()).doesNotContain(key);
    }

    @Test
    void aMessageThatIsRefusedSaysWhyAndIsReadOnceMoreAfterTheMappingIsMended() {
        String message = "{\"id\": \"m\", \"when\": \"2026-05-01T10:00Z\", \"in\": 4}";
        String json = sources.webhook("json", SourceScenario.delivered("generic"));
        HttpResponse<String> refused = sources.send("json", json, message);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("urn:stadtkern:problem:message-refused", "does not say when it was");
        assertThat(sources.steward.open("/sources/json").body())
                .contains("nennt keine Zeit wie iso", "Noch einmal lesen");
        String mended = SourceScenario.delivered("generic").replace("path: time,", "path: when,");
        mended = mended.substring(0, mended.indexOf("examples:"));
        assertThat(sources.steward.where(sources.steward.change("/sources/json/edit", "yaml", mended)))
                .isEqualTo("303 /sources/json");
        assertThat(sources.steward.where(sources.steward.fill("/sources/json", "/sources/json/messages/1/retry")))
                .isEqualTo("303 /sources/json");
        assertThat(sources.values()).isEqualTo("m in 05-01 10:00 11:00 4");
        assertThat(sources.outcomes()).isEqualTo("stored");
    }

    @Test
    void whatTellsPeopleApartIsNowhere() {
        String json = sources.webhook("json", SourceScenario.delivered("generic"));
        HttpResponse<String> refused = sources.send(
                "json", json, "{\"id\": \"m\", \"time\": \"2026-05-01T10:00Z\", \"in\": 4, \"track_id\": \"GEHEIM\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("track_id", "one person or track").doesNotContain("GEHEIM");
        assertThat(sources.values()).isEmpty();
        assertThat(sources.people.text("select body from source_message"))
                .contains("\"in\":4")
                .doesNotContain("GEHEIM");
        assertThat(sources.steward.open("/sources/json").body()).doesNotContain("Noch einmal lesen");
    }

    @Test
    void aPausedSourceTakesNothingAndSaysSo() {
        sources.steward.fill("/sources/markt", "/sources/markt/pause");
        assertThat(sources.send("markt", key, SourceScenario.ttn(0, 1, "00")).statusCode())
                .isEqualTo(503);
        sources.steward.fill("/sources/markt", "/sources/markt/go-on");
        assertThat(sources.send("markt", key, SourceScenario.ttn(0, 1, "00")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsTooLargeOrNoJsonIsRefused() {
        assertThat(sources.send("markt", key, "x".repeat((16 << 20) + 1)).statusCode())
                .isEqualTo(413);
        HttpResponse<String> broken = sources.send("markt", key, "{\"end_device_ids\": ");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("is no JSON");
        assertThat(sources.people.text("select body from source_message")).isEmpty();
        String nul = "{\"end_device_ids\": {\"dev_eui\": \"a\\u0000\\ud800\"}, \"uplink_message\": {\"received_at\":"
                + " \"2026-05-01T10:00:00Z\", \"decoded_payload\": {\"total_in\": 1}}}";
        assertThat(sources.send("markt", key, nul).statusCode()).isEqualTo(400);
    }

    @Test
    void onlySoManyComeThroughInAMinute() {
        Turnstile turnstile = new Turnstile(3);
        List<String> answers = new ArrayList<>();
        for (int at = 0; at < 4; at++) {
            try {
                turnstile.require("a");
                answers.add("through");
            } catch (Problem problem) {
                answers.add(problem.name());
            }
        }
        turnstile.require("b");
        assertThat(answers).containsExactly("through", "through", "through", "too-many-messages");
    }

    @Test
    void onlyTheLastMessagesAreKept() {
        for (int frame = 0; frame < 5; frame++) {
            sources.send("markt", key, SourceScenario.ttn(frame, frame, "0" + frame));
        }
        sources.town.in(() -> {
            sources.bean(MessageStore.class).clean(3, java.time.Duration.ofDays(14));
            return true;
        });
        assertThat(sources.people.text("select string_agg(id::text, ' ' order by id) from source_message"))
                .isEqualTo("3 4 5");
        sources.people.execute("update source_message set received_at = now() - interval '15 days' where id = 3");
        sources.people.execute("update source_seen set seen_at = now() - interval '15 days'");
        sources.town.in(() -> {
            sources.bean(MessageStore.class).clean(3, java.time.Duration.ofDays(14));
            return true;
        });
        assertThat(sources.people.text("select count(*)::text from source_message"))
                .isEqualTo("2");
        assertThat(sources.people.text("select count(*)::text from source_seen"))
                .isEqualTo("0");
    }
}
