package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@StadtkernTest
class MailTest extends TownWithPeople {

    private SmallMailServer server;
    private Outbox outbox;

    @BeforeEach
    void aTownWithAMailServer() throws IOException {
        server = new SmallMailServer();
        outbox = outbox(MailProperties.Security.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Outbox outbox(MailProperties.Security security) {
        MailProperties properties =
                new MailProperties("127.0.0.1", server.port(), security, "", "", "stadt@example.org");
        return new Outbox(
                context.getBean(JdbcClient.class), context.getBean(Rights.class), properties, new Postman(properties));
    }

    @Test
    void aMailLeavesOnceAndItsTextIsForgotten() {
        put("ole@example.org", "Grüße\r\nBcc: x@example.org", "Guten Tag, Öle");
        send(outbox);
        send(outbox);
        assertThat(server.mails).hasSize(1);
        assertThat(server.mails.getFirst())
                .contains("From: stadt@example.org", "To: ole@example.org", "Guten Tag, =C3=96le")
                .doesNotContain("\nBcc:");
        assertThat(state()).isEqualTo("ole@example.org 1 sent, no text");
    }

    @Test
    void aMailThatFailsIsTriedAgainWithGrowingPausesAndGivenUpAfterSeven() {
        server.refuses = true;
        put("ole@example.org", "s", "b");
        for (int attempt = 1; attempt <= 8; attempt++) {
            send(outbox);
            people.execute("update mail set next_at = now() where next_at is not null");
        }
        assertThat(people.text("select attempts || ' ' || (next_at is null) from mail"))
                .isEqualTo("7 true");
        server.refuses = false;
        town.in(() -> context.getBean(Rights.class).asOperator(() -> {
            outbox.retry(1);
            return true;
        }));
        send(outbox);
        assertThat(state()).isEqualTo("ole@example.org 8 sent, no text");
    }

    @Test
    void aServerWithoutEncryptionGetsNothingUnlessTheSettingAllowsIt() {
        put("ole@example.org", "s", "b");
        send(outbox(MailProperties.Security.STARTTLS));
        assertThat(server.mails).isEmpty();
        assertThat(people.text("select failure from mail")).containsIgnoringCase("STARTTLS");
    }

    @Test
    void aServerThatSwallowsEverythingIsAskedOnceAndThenLeftAloneForAMinute() throws IOException {
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            MailProperties properties = new MailProperties(
                    "127.0.0.1", hole.getLocalPort(), MailProperties.Security.NONE, "", "", "stadt@example.org");
            Outbox swallowed = new Outbox(
                    context.getBean(JdbcClient.class),
                    context.getBean(Rights.class),
                    properties,
                    new Postman(properties));
            for (int mail = 0; mail < 5; mail++) {
                put("ole@example.org", "s", "b");
            }
            long start = System.nanoTime();
            send(swallowed);
            send(swallowed);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("the patience for one, not for five")
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(35));
        }
        assertThat(people.text("select string_agg(attempts::text, ' ' order by id) from mail"))
                .isEqualTo("1 0 0 0 0");
    }

    @Test
    void withoutAServerNothingIsTried() {
        put("ole@example.org", "s", "b");
        send(context.getBean(Outbox.class));
        assertThat(people.text("select attempts from mail")).isEqualTo("0");
    }

    @Test
    void theMailOfOneTownIsNotSentByAnother() {
        put("ole@example.org", "s", "b");
        TestTown other = TestTown.create(cities, port);
        other.in(() -> {
            outbox.sendDue();
            return true;
        });
        assertThat(server.mails).isEmpty();
    }

    @Test
    void aServerNeedsASender() {
        assertThatThrownBy(() -> new MailProperties("mail.example.org", 587, MailProperties.Security.TLS, "", "", ""))
                .hasMessageContaining("stadtkern.mail.from");
    }

    private void put(String recipient, String subject, String body) {
        town.in(() -> {
            outbox.put(recipient, subject, body);
            return true;
        });
    }

    private void send(Outbox from) {
        town.in(() -> {
            from.sendDue();
            return true;
        });
    }

    private String state() {
        return people.text("""
            select recipient || ' ' || attempts || case when sent_at is null then ' waiting' else ' sent' end
              || case when body = '' then ', no text' else '' end from mail
            """);
    }

    /// Takes every mail, or none.
    private static final class SmallMailServer {

        final List<String> mails = new CopyOnWriteArrayList<>();
        volatile boolean refuses;
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        SmallMailServer() throws IOException {
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        void close() throws IOException {
            socket.close();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    talk(client);
                } catch (IOException over) {
                    // The client has gone, or the test is over.
                }
            }
        }

        private void talk(Socket client) throws IOException {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            say(client, "220 small");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("MAIL") && refuses) {
                    say(client, "451 not now");
                } else if (line.equals("DATA")) {
                    say(client, "354 go on");
                    StringBuilder mail = new StringBuilder();
                    for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                        mail.append(text).append('\n');
                    }
                    mails.add(mail.toString());
                    say(client, "250 taken");
                } else {
                    say(client, line.equals("QUIT") ? "221 bye" : "250 fine");
                }
            }
        }

        private static void say(Socket client, String line) {
            try {
                client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
