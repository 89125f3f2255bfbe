package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is read for a caller who went away is ended. Statements take long here because somebody holds the table they
/// read.
@StadtkernTest
class CallerGoneTest {

    /// As many as one asker has at once.
    private static final int ALL_TURNS = 6;

    private static final String HEAVY = "/sta/v1.1/Observations?$filter=result%20ge%200&$select=result";

    @Autowired
    ApplicationContext context;

    @Autowired
    DataSource dataSource;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private HeldTable table;
    private long datastream;

    @BeforeEach
    void aTownWithThreeObservations() {
        sta = new SensorThingsScenario(context, port);
        table = new HeldTable(sta, dataSource);
        datastream = sta.datastream("Markt");
        sta.minutes(datastream, 3);
    }

    private Socket ask(String... paths) throws IOException {
        Socket socket = new Socket("localhost", port);
        StringBuilder requests = new StringBuilder();
        for (String path : paths) {
            requests.append("GET %s HTTP/1.1\r\nHost: %s.localhost\r\n\r\n"
                    .formatted(path, sta.town.city().slug()));
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void await(Duration most, BooleanSupplier condition) {
        Instant end = Instant.now().plus(most);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still not so after " + most).isBefore(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }
    }

    @Test
    void statementsOfCallersWhoWentAwayAreEndedAndTheirTurnsGivenBack() {
        String heavyOfOthers = "/Things?$filter=name eq 'Markt'&$select=name";
        table.during(_ -> {
            List<Socket> callers = new ArrayList<>();
            for (int caller = 0; caller < ALL_TURNS; caller++) {
                callers.add(ask(HEAVY));
            }
            await(Duration.ofSeconds(10), () -> table.waiting() == ALL_TURNS);
            assertThat(sta.outcome(heavyOfOthers)).isEqualTo("429 queries-of-one");
            for (Socket caller : callers) {
                caller.close();
            }
            await(Duration.ofSeconds(3), () -> table.waiting() == 0);
            assertThat(sta.names(heavyOfOthers)).isEqualTo("Markt");
        });
    }

    @Test
    void aPlainRequestIsEndedToo() {
        table.during(_ -> {
            try (Socket _ = ask("/sta/v1.1/Datastreams(" + datastream + ")/Observations")) {
                await(Duration.ofSeconds(10), () -> table.waiting() == 1);
            }
            await(Duration.ofSeconds(3), () -> table.waiting() == 0);
        });
    }

    /// Looking whether somebody is there takes nothing of what they sent meanwhile.
    @Test
    void whoeverWaitsIsAnsweredAndSoIsWhatTheySentInTheMeantime() {
        table.during(holder -> {
            try (Socket caller = ask(HEAVY)) {
                await(Duration.ofSeconds(10), () -> table.waiting() == 1);
                rest(Duration.ofMillis(1_200));
                caller.getOutputStream()
                        .write(
                                "GET /sta/v1.1/Things?$select=name HTTP/1.1\r\nHost: %s.localhost\r\nConnection: close\r\n\r\n"
                                        .formatted(sta.town.city().slug())
                                        .getBytes(StandardCharsets.US_ASCII));
                rest(Duration.ofMillis(1_200));
                assertThat(table.waiting()).isEqualTo(1);
                holder.rollback();
                assertThat(text(caller.getInputStream()))
                        .containsSubsequence(
                                "HTTP/1.1 200",
                                "{\"result\":0},{\"result\":1},{\"result\":2}",
                                "HTTP/1.1 200",
                                "Markt");
            }
        });
    }

    /// The other requests lie in the web server's buffer already when the first one is answered.
    @Test
    void requestsSentAtOnceAreAllAnsweredInTheirOrder() {
        table.during(holder -> {
            try (Socket caller = ask(HEAVY, HEAVY + "&$top=1", HEAVY + "&$orderby=result%20desc")) {
                await(Duration.ofSeconds(10), () -> table.waiting() == 1);
                rest(Duration.ofMillis(1_200));
                holder.rollback();
                caller.shutdownOutput();
                assertThat(text(caller.getInputStream()))
                        .containsSubsequence(
                                "[{\"result\":0},{\"result\":1},{\"result\":2}]",
                                "[{\"result\":0}]",
                                "[{\"result\":2},{\"result\":1},{\"result\":0}]");
            }
        });
    }

    private static void rest(Duration time) {
        Instant end = Instant.now().plus(time);
        await(time.plusSeconds(1), () -> Instant.now().isAfter(end));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
