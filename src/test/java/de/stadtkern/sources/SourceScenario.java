package de.stadtkern.sources;

import de.stadtkern.TestTown;
import de.stadtkern.connect.DeliveredMappings;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContext;

/// A town with a steward who sets up sources, and what the sources bring.
final class SourceScenario {

    private static final Pattern KEY = Pattern.compile(">(source_[A-Za-z0-9_-]{20,})<");

    final TestTown town;
    final PeopleScenario people;
    final PeopleScenario.Browser steward;
    private final ApplicationContext context;

    SourceScenario(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
        this.people = new PeopleScenario(context, town);
        this.steward = people.loggedIn("sina@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
    }

    static String delivered(String key) {
        return DeliveredMappings.find(key).orElseThrow().yaml();
    }

    HttpResponse<String> create(String kind, String slug, String mapping, String... namesAndValues) {
        Map<String, String> values = new HashMap<>(Map.of(
                "name",
                "Quelle " + slug,
                "slug",
                slug,
                "yaml",
                mapping,
                "every",
                "PT1M",
                "window",
                "PT24H",
                "again",
                "PT0S"));
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        return steward.fill(
                "/sources/new/" + kind,
                "/sources/new/" + kind,
                values.entrySet().stream()
                        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new));
    }

    /// @return the key, as its page says it once
    String webhook(String slug, String mapping) {
        return key(create("webhook", slug, mapping));
    }

    static String key(HttpResponse<String> page) {
        Matcher key = KEY.matcher(page.body());
        if (!key.find()) {
            throw new AssertionError(page.statusCode() + " without a key: " + page.body());
        }
        return key.group(1);
    }

    HttpResponse<String> send(String slug, String key, String message) {
        return town.send(town.request("/sources/" + slug)
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(message)));
    }

    /// All values of the town: `device channel start/end number quality`, in the order of time.
    String values() {
        return people.text("""
            select coalesce(string_agg(concat_ws(' ', t.properties ->> 'key', d.properties ->> 'key',
              to_char(o.phenomenon_start at time zone 'UTC', 'MM-DD HH24:MI'),
              to_char(o.phenomenon_end at time zone 'UTC', 'HH24:MI'), o.result::text, o.result_quality ->> 'resolution'), ' | '
              order by o.phenomenon_start, d.id), '')
            from observation o join datastream d on d.id = o.datastream_id join thing t on t.id = d.thing_id
            """);
    }

    /// What became of the messages, the oldest first.
    String outcomes() {
        return people.text("select coalesce(string_agg(outcome, ' ' order by id), '') from source_message");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// Asks what is due, now.
    void pull() {
        people.execute("update source_run set next_at = now()");
        town.in(() -> {
            bean(Pulls.class).askDue();
            return true;
        });
    }

    static String ttn(int count, int total, String minute) {
        return """
            {"end_device_ids": {"dev_eui": "A1", "dev_addr": "26000001"}, "uplink_message": {%s
             "decoded_payload": {"total_in": %d}, "received_at": "2026-05-01T10:%s:00Z"}}
            """.formatted(count == 0 ? "" : "\"f_cnt\": %d,".formatted(count), total, minute);
    }
}
