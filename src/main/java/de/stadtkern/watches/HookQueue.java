package de.stadtkern.watches;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.OuterNetwork;
import de.stadtkern.city.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/// Web-hooks on their way: put here in the transaction of the incident, sent within seconds, and again after a failure
/// with growing pauses for half a day.
///
/// A hook is a POST of JSON. `Stadtkern-Signature: t=SECONDS,v1=HEX` signs it: the HMAC-SHA256, with the watch's
/// secret,
/// of the seconds, a point and the body. Addresses inside the own network are refused, redirects are not followed, and
/// nothing of the answer but its status is read.
@Component
class HookQueue implements Outgoing {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 50;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8));

    private final JdbcClient jdbc;
    private final WatchProperties properties;
    /// Made for the first hook: it reads all certificates there are, which would cost every start.
    private final Supplier<HttpClient> client = SingletonSupplier.of(() -> HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());

    HookQueue(JdbcClient jdbc, WatchProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    record Hook(long id, String address, String secret, String body, int attempts) {}

    /// @param incident null for a test
    void put(Watch watch, @Nullable Incident incident, String event, String title) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", event);
        body.put("title", title);
        body.put("town", CityContext.current().slug());
        body.put("watch", watch.id());
        body.put("datastream", watch.wish().datastreamId());
        body.put("kind", watch.wish().kind().key());
        if (incident != null) {
            body.put("incident", incident.id());
            body.put("beganAt", incident.beganAt().toString());
            body.put("value", incident.value());
            body.put("usual", incident.usual());
            body.put(
                    "endedAt",
                    incident.endedAt() == null ? null : incident.endedAt().toString());
        }
        jdbc.sql("insert into watch_hook (watch_id, address, secret, body) values (?, ?, ?, ?)")
                .params(watch.id(), watch.wish().hook(), watch.hookSecret(), JSON.writeValueAsString(body))
                .update();
    }

    /// Sends what is due, one after the other; two processes never send the same.
    void sendDue() {
        Instant end = Instant.now().plus(LONGEST_RUN);
        for (int sent = 0; sent < AT_ONCE && Instant.now().isBefore(end); sent++) {
            List<Hook> due = jdbc.sql("""
                update watch_hook set attempts = attempts + 1, next_at = now() + interval '5 minutes'
                where id = (select id from watch_hook where next_at <= now() order by next_at, id limit 1
                            for update skip locked)
                returning *
                """).query(HookQueue::hook).list();
            if (due.isEmpty()) {
                return;
            }
            Hook hook = due.getFirst();
            String failure = send(hook);
            boolean again = !failure.isEmpty() && hook.attempts() <= PAUSES.size();
            jdbc.sql("""
                update watch_hook set failure = :failure, sent_at = :sent::timestamptz,
                  next_at = now() + make_interval(secs => :pause::double precision)
                where id = :id
                """)
                    .param("failure", failure)
                    .param(
                            "sent",
                            failure.isEmpty() ? OffsetDateTime.now(ZoneOffset.UTC) : null,
                            Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("pause", again ? PAUSES.get(hook.attempts() - 1).toSeconds() : null, Types.BIGINT)
                    .param("id", hook.id())
                    .update();
            if (!failure.isEmpty()) {
                postpone(hook.address());
            }
        }
    }

    /// Whoever did not take one takes no other at this moment, and each might cost all patience again.
    private void postpone(String address) {
        jdbc.sql("update watch_hook set next_at = now() + interval '1 minute' where address = ? and next_at <= now()")
                .param(address)
                .update();
    }

    /// Empty if it arrived, else why not.
    private String send(Hook hook) {
        try {
            URI address = URI.create(hook.address());
            requireOutside(address.getHost());
            long seconds = Instant.now().getEpochSecond();
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "Stadtkern")
                    .header(
                            "Stadtkern-Signature",
                            "t=%d,v1=%s".formatted(seconds, signature(hook.secret(), seconds + "." + hook.body())))
                    .POST(HttpRequest.BodyPublishers.ofString(hook.body()))
                    .build();
            var answer = client.get().send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode() / 100 == 2 ? "" : "HTTP " + answer.statusCode();
        } catch (IOException | IllegalArgumentException away) {
            return String.valueOf(away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void requireOutside(String host) throws UnknownHostException {
        if (!properties.privateAddresses()) {
            OuterNetwork.require(host, "stadtkern.watches.private-addresses");
        }
    }

    static String signature(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The last ones of a watch: when, and why they did not arrive.
    List<String> failures(long watchId) {
        return jdbc.sql("""
            select failure from watch_hook where watch_id = ? and failure <> '' and created_at > now() - interval '1 day'
            order by id desc limit 3
            """)
                .param(watchId)
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public String stop(JdbcClient copy) {
        int stopped = copy.sql("""
            update watch_hook set next_at = null, failure = 'stopped in this copy of the town' where next_at is not null
            """).update();
        return stopped == 0 ? "" : "web-hooks stopped: " + stopped;
    }

    void deleteOld() {
        jdbc.sql("delete from watch_hook where created_at < now() - interval '30 days'")
                .update();
    }

    private static Hook hook(ResultSet row, int number) throws SQLException {
        return new Hook(
                row.getLong("id"),
                row.getString("address"),
                row.getString("secret"),
                row.getString("body"),
                row.getInt("attempts"));
    }
}
