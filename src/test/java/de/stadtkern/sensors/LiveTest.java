package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Pages that stay open hear of new values within a second or two.
@StadtkernTest
class LiveTest {

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private TestTown town;
    private MeasuredTown measured;
    private final List<Stream> open = new ArrayList<>();

    @BeforeEach
    void twoCounters() {
        town = TestTown.create(cities, port);
        measured = new MeasuredTown(context, town)
                .point("A")
                .counts("eins", "Personen")
                .counts("zwei", "Personen");
    }

    @AfterEach
    void close() throws IOException {
        for (Stream stream : open) {
            stream.socket.close();
        }
    }

    @Test
    void aNewValueOfTheDatastreamIsToldAndThatOfAnotherIsNot() throws IOException {
        Stream one = listen("/datastreams/1/live", "");
        Stream two = listen("/datastreams/2/live", "");
        measured.value(Instant.now(), 3); // of the second
        assertThat(two.nextEvent(5_000)).startsWith("id: ");
        assertThat(one.nextEvent(1_200)).isEmpty();
    }

    @Test
    void whoComesBackHearsWhatHappenedMeanwhile() throws IOException {
        measured.value(Instant.now(), 3);
        Stream first = listen("/datastreams/2/live?after=0", "");
        String id = first.nextEvent(5_000);
        assertThat(id).startsWith("id: ");
        first.socket.close();
        Stream again = listen("/datastreams/2/live", "Last-Event-ID: " + id.substring(4) + "\r\n");
        assertThat(again.nextEvent(1_200)).isEmpty();
        again.socket.close();
        measured.value(Instant.now(), 4);
        assertThat(listen("/datastreams/2/live", "Last-Event-ID: " + id.substring(4) + "\r\n")
                        .nextEvent(5_000))
                .startsWith("id: ");
    }

    @Test
    void aListenerWhoReadsNothingKeepsNobodyUp() throws IOException {
        for (int number = 0; number < 50; number++) {
            listen("/datastreams/2/live", "");
        }
        Stream reader = listen("/datastreams/2/live", "");
        measured.value(Instant.now(), 3);
        assertThat(reader.nextEvent(5_000)).startsWith("id: ");
        assertThat(town.get("/").statusCode()).isEqualTo(200);
    }

    /// Returns when the server has begun to answer.
    private Stream listen(String path, String header) throws IOException {
        Stream stream = new Stream(new Socket("localhost", port));
        open.add(stream);
        stream.socket
                .getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: %s.localhost\r\n%s\r\n"
                        .formatted(path, town.city().slug(), header)
                        .getBytes(StandardCharsets.UTF_8));
        stream.socket.setSoTimeout(5_000);
        assertThat(stream.in.readLine()).isEqualTo("HTTP/1.1 200 ");
        for (String line = stream.in.readLine(); !line.startsWith("retry:"); line = stream.in.readLine()) {
            assertThat(line).isNotNull();
        }
        return stream;
    }

    private static final class Stream {
        final Socket socket;
        final BufferedReader in;

        Stream(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /// The line that names the next event, empty if none comes in time.
        String nextEvent(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                while (true) {
                    String line = in.readLine();
                    if (line == null) {
                        return "";
                    }
                    if (line.startsWith("id: ")) {
                        return line;
                    }
                }
            } catch (java.net.SocketTimeoutException silence) {
                return "";
            }
        }
    }
}
