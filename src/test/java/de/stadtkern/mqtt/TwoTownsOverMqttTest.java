package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.City;
import de.stadtkern.mqtt.MqttScenario.Inbox;
import de.stadtkern.sensorthings.StoreScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Two towns behind one broker: what belongs to one is never heard in the other.
@StadtkernTest
class TwoTownsOverMqttTest {

    private static final int MESSAGES = 400;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @Test
    void noMessageCrosses() throws Exception {
        try (MqttScenario a = new MqttScenario(context, port);
                MqttScenario b = new MqttScenario(context, port)) {
            // The same ids in both, so that only the town tells them apart.
            long inA = a.datastream();
            long inB = b.datastream();
            assertThat(inA).isEqualTo(inB);
            String topic = "v1.1/Datastreams(%d)/Observations".formatted(inA);
            List<Inbox> ofA = inboxes(a, b, topic);
            List<Inbox> ofB = inboxes(b, a, topic);
            int[] sent = hammer(a, b, topic);
            for (Inbox inbox : ofA) {
                assertOnly(inbox, sent[0], "{\"result\":1}");
            }
            for (Inbox inbox : ofB) {
                assertOnly(inbox, sent[1], "{\"result\":2}");
            }
        }
    }

    /// By user name, and by prefix as a client of the other town; one set, one Datastream.
    private static List<Inbox> inboxes(MqttScenario own, MqttScenario other, String topic) {
        String select = "?$select=result";
        String prefix = own.city().slug() + "/";
        return List.of(
                own.inbox(topic + select),
                own.inbox("v1.1/Observations" + select),
                own.inbox(other.client(), prefix + topic + select),
                own.inbox(other.client("anybody", null), prefix + "v1.1/Observations" + select));
    }

    private static int[] hammer(MqttScenario a, MqttScenario b, String topic) throws Exception {
        int[] sent = new int[2];
        List<Callable<String>> work = new ArrayList<>();
        List<List<Mqtt5BlockingClient>> clients =
                List.of(List.of(a.client(), a.client(), b.client()), List.of(b.client(), b.client(), a.client()));
        Random random = new Random(7);
        for (int i = 0; i < MESSAGES; i++) {
            int town = random.nextInt(2);
            int way = random.nextInt(3);
            sent[town]++;
            // The third client belongs to the other town and says by the topic where this goes.
            String to = way == 2 ? (town == 0 ? a : b).city().slug() + "/" + topic : topic;
            Mqtt5BlockingClient client = clients.get(town).get(way);
            work.add(() -> MqttScenario.publish(client, to, "{\"result\": %d}".formatted(town + 1)));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isEqualTo("SUCCESS");
            }
        }
        return sent;
    }

    private static void assertOnly(Inbox inbox, int count, String text) {
        for (int i = 0; i < count; i++) {
            assertThat(inbox.nextText()).isEqualTo(text);
        }
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void whoeverNamesNoTownIsInTheDefaultTown() {
        try (MqttScenario any = new MqttScenario(context, port)) {
            City town = any.cities().defaultCity();
            long datastream = new StoreScenario(context, TestTown.of(town, port)).datastream("sum");
            String topic = "v1.1/Datastreams(%d)/Observations".formatted(datastream);
            Mqtt5BlockingClient client = any.client("sensor-17", null);
            Inbox bare = any.inbox(client, topic + "?$select=result");
            Inbox prefixed = any.inbox(any.client(), town.slug() + "/" + topic + "?$select=result");
            assertThat(MqttScenario.publish(client, topic, "{\"result\": 3}")).isEqualTo("SUCCESS");
            assertThat(bare.nextText()).isEqualTo("{\"result\":3}");
            assertThat(prefixed.nextText()).isEqualTo("{\"result\":3}");
            assertThat(bare.rest() + prefixed.rest()).isEmpty();
        }
    }

    @Test
    void aSessionOfAnotherTownIsNotTakenOverByItsId() {
        try (MqttScenario a = new MqttScenario(context, port);
                MqttScenario b = new MqttScenario(context, port)) {
            Mqtt5BlockingClient first = a.waiting("pump", null).client;
            Mqtt5BlockingClient second = b.waiting("pump", null).client;
            assertThat(first.getState().isConnected()).isTrue();
            assertThat(second.getState().isConnected()).isTrue();
        }
    }
}
