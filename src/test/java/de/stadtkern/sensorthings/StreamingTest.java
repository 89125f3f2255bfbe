package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.StatementCount;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Answers far larger than what the server may hold of them.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamingTest {

    private static final int ROWS = 1_000_000;
    private static final int SLOW_READERS = 24;
    private static final long EXTRA_HEAP = 64L << 20;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;

    @BeforeAll
    void aMillionObservations() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
        sta.observe(datastream, "2025-01-01T00:00:00Z", "0");
        sta.town.in(() -> sta.jdbc().sql("""
            insert into observation (id, datastream_id, phenomenon_start, result)
            select (extract(epoch from t)::bigint / 3600 << 33) | (1000000 + i), ?, t, i
            from (select i, timestamptz '2025-01-01 00:00:00Z' + i * interval '10 seconds' as t from generate_series(1, ?) i) x
            """).params(datastream, ROWS - 1).update());
        sta.town.in(() -> sta.jdbc()
                .sql("update datastream_state set n = ? where datastream_id = ?")
                .params(ROWS, datastream)
                .update());
    }

    private String address() {
        return "/sta/v1.1/Datastreams(" + datastream
                + ")/Observations?$top=1000000&$count=true&$select=phenomenonTime,result";
    }

    @Test
    void aMillionObservationsTakeLittleOfTheHeap() throws IOException, InterruptedException {
        long before = usedHeap();
        long most = 0;
        long bytes = 0;
        int lines = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + address()))
                    .header("Host", sta.town.city().slug() + ".localhost")
                    .build();
            InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            byte[] buffer = new byte[65_536];
            long nextLook = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '{' ? 1 : 0;
                }
                if (bytes >= nextLook) {
                    nextLook = bytes + (12 << 20);
                    most = Math.max(most, usedHeap());
                }
            }
        }
        assertThat(lines).isEqualTo(ROWS + 1);
        assertThat(most - before).isLessThan(EXTRA_HEAP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sta/v1.1/Observations?$top=30000",
                "/api/v1/datastreams/1/observations.csv",
                "/api/v1/datastreams/1/observations.json"
            })
    void whatFailsInTheMiddleDoesNotLookWhole(String path) throws IOException {
        SensorThingsScenario broken = new SensorThingsScenario(context, port);
        broken.minutes(broken.datastream("Markt"), 200_000);
        try (Socket socket = new Socket()) {
            // So small that the whole answer cannot be on its way before the reading fails.
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("localhost", port));
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s.localhost\r\n\r\n"
                            .formatted(path, broken.town.city().slug())
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            broken.town.in(() -> broken.jdbc()
                    .sql("alter table observation rename to observation_away")
                    .update());
            byte[] rest = socket.getInputStream().readAllBytes();
            assertThat(new String(rest, StandardCharsets.UTF_8))
                    .startsWith("TTP/1.1 200")
                    .contains("chunked")
                    .doesNotEndWith("0\r\n\r\n")
                    .doesNotContain("our-fault");
        } finally {
            broken.town.in(() -> broken.jdbc()
                    .sql("alter table if exists observation_away rename to observation")
                    .update());
        }
    }

    @Test
    void anOrderWithoutAnIndexIsSortedOnce() {
        sta.get("/Things?$top=1"); // After it the data sets are known for a moment.
        assertThat(StatementCount.of(
                        sta.town,
                        () -> assertThat(sta.list(
                                        "/Observations?$top=20000&$orderby=result desc&$select=result", "result"))
                                .startsWith("999999, 999998, 999997")
                                .endsWith(", 980001, 980000")))
                .isEqualTo(1);
    }

    @Test
    void expandedAnswersStreamToo() throws IOException, InterruptedException {
        long before = usedHeap();
        long most = 0;
        int lines = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port
                            + "/sta/v1.1/Observations?$top=300000&$select=result&$expand=Datastream($select=name)"))
                    .header("Host", sta.town.city().slug() + ".localhost")
                    .build();
            InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            byte[] buffer = new byte[65_536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int known = lines;
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '{' ? 1 : 0;
                }
                if (lines / 100_000 > known / 100_000) {
                    most = Math.max(most, usedHeap());
                }
            }
        }
        assertThat(lines).isEqualTo(2 * 300_000 + 1);
        assertThat(most - before).isLessThan(EXTRA_HEAP);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void slowReadersBlockNobody() throws IOException {
        slowReadersOf(address(), "/Observations?$top=3");
    }

    /// They keep no turn among the few heavy requests that are answered at once.
    @Test
    void slowReadersOfFilteredAnswersBlockNobody() throws IOException {
        slowReadersOf(address() + "&$filter=result%20ge%200", "/Observations?$top=3&$filter=result ge 0");
    }

    @Test
    void anAnswerThatCannotBeDividedHasItsLimit() {
        Spool spool = new Spool(10);
        spool.write("0123456789");
        assertThatThrownBy(() -> spool.write("0")).hasMessageContaining("more than 10 bytes");
        spool.clear();
    }

    private void slowReadersOf(String address, String quick) throws IOException {
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                Socket socket = new Socket("localhost", port);
                readers.add(socket);
                socket.getOutputStream()
                        .write("GET %s HTTP/1.1\r\nHost: %s.localhost\r\n\r\n"
                                .formatted(address, sta.town.city().slug())
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            Instant start = Instant.now();
            assertThat(sta.list(quick, "result")).isEqualTo("0, 1, 2");
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }
}
