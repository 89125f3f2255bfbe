package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Every row about MQTT of `docs/routes.md` × everybody who may come.
@ClosedStadtkernTest
class TopicsTest {

    private static final Pattern ROW = Pattern.compile("\\| (PUBLISH|SUBSCRIBE) \\| `([^`]+)` \\| ([a-z ]+) \\|");

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private record Row(String packet, String topic, String who) {
        boolean isAllowed(Grants grants) {
            String[] words = who.split(" ", -1);
            return switch (words[0]) {
                case "everybody" -> true;
                case "nobody" -> false;
                default -> grants.allow(Role.of(words[0]), Area.of(words[1]));
            };
        }
    }

    @Test
    void everybodyMayDoWhatTheTableSaysAndNothingElse() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(10);
        List<String> wrong = new ArrayList<>();
        try (MqttScenario mqtt = new MqttScenario(context, port)) {
            for (Map.Entry<String, Grants> who : everybody().entrySet()) {
                Grants grants = who.getValue();
                Mqtt5BlockingClient client = grants.equals(Grants.NONE)
                        ? mqtt.client()
                        : mqtt.client(mqtt.city().slug(), mqtt.key(grants, null));
                for (Row row : rows) {
                    String answer = row.packet.equals("PUBLISH")
                            ? MqttScenario.publish(client, row.topic, "{\"result\": 1}")
                            : MqttScenario.subscribe(client, row.topic);
                    // Whoever may publish learns that there is no such Datastream, and nobody else learns anything.
                    boolean refused = !answer.startsWith("GRANTED") && !answer.startsWith("PAYLOAD_FORMAT_INVALID");
                    if (refused == row.isAllowed(grants)) {
                        wrong.add("%s by %s: %s".formatted(row, who.getKey(), answer));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Map<String, Grants> everybody() {
        Map<String, Grants> all = new LinkedHashMap<>();
        all.put("nobody", Grants.NONE);
        all.put("key to edit platform", Grants.of(Area.PLATFORM, Role.EDITOR));
        all.put("key to view platform", Grants.of(Area.PLATFORM, Role.VIEWER));
        all.put("key to edit chat", Grants.of(Area.CHAT, Role.EDITOR));
        all.put("key to operate", Grants.of(Area.TOWN, Role.OPERATOR));
        all.put("key to edit the town", Grants.of(Area.TOWN, Role.EDITOR));
        return all;
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Matcher row = ROW.matcher(Files.readString(Path.of("docs/routes.md"))); row.find(); ) {
            rows.add(new Row(row.group(1), row.group(2), row.group(3)));
        }
        return rows;
    }
}
