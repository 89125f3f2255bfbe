package de.stadtkern.identity;

import de.stadtkern.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Slows guessing down. Failures are counted by account and by address and outlive a restart. A browser that has
/// logged in to the account before has a count of its own, so that somebody else's guessing does not lock out its
/// owner; and a link by mail or from an admin always helps.
@Component
class Throttle {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int FREE_BY_ACCOUNT = 5;
    private static final int FREE_BY_ADDRESS = 50;

    private final JdbcClient jdbc;

    Throttle(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param free failures before it becomes slow
    record Subject(byte[] key, int free) {

        @SuppressWarnings("ArrayRecordComponent")
        Subject {}

        static Subject account(String login) {
            return new Subject(Token.sha256("account:" + login), FREE_BY_ACCOUNT);
        }

        static Subject browser(Token known) {
            return new Subject(Token.sha256("browser:" + known.text()), FREE_BY_ACCOUNT);
        }

        static Subject address(String address) {
            return new Subject(Token.sha256("address:" + network(address)), FREE_BY_ADDRESS);
        }

        /// API keys tried from there.
        static Subject keys(String address) {
            return new Subject(Token.sha256("keys:" + network(address)), FREE_BY_ADDRESS);
        }

        /// Whoever has one IPv6 address has 2^64 of them.
        static String network(String address) {
            if (!address.contains(":")) {
                return address;
            }
            String[] groups = address.split(":", -1);
            return String.join(":", List.of(groups).subList(0, Math.min(4, groups.length)));
        }
    }

    /// Until when nothing is tried for one of them, if it is blocked at all.
    Optional<Instant> blockedUntil(List<Subject> subjects) {
        return subjects.stream()
                .flatMap(subject -> jdbc
                        .sql("select blocked_until from login_failure where subject = :key and blocked_until > now()")
                        .param("key", subject.key())
                        .query((row, number) -> row.getTimestamp(1).toInstant())
                        .list()
                        .stream())
                .max(Instant::compareTo);
    }

    /// Each failure beyond the free ones doubles the wait, from two seconds to a quarter of an hour.
    void failed(List<Subject> subjects) {
        for (Subject subject : subjects) {
            Failures failures = count(subject);
            if (failures.number() > subject.free()) {
                jdbc.sql("update login_failure set blocked_until = greatest(blocked_until, :until) where"
                                + " subject = :key")
                        .param("until", failures.last().plus(pause(failures.number() - subject.free())))
                        .param("key", subject.key())
                        .update();
            }
        }
    }

    private record Failures(int number, OffsetDateTime last) {}

    /// An hour without a failure forgets those before. No clock is added to here: Citus takes only what is immutable.
    private Failures count(Subject subject) {
        return jdbc.sql("""
            insert into login_failure (subject, failures, last_at, blocked_until) values (:key, 1, now(), now())
            on conflict (subject) do update set last_at = excluded.last_at,
              failures = case when excluded.last_at - login_failure.last_at > interval '1 hour' then 1
                              else login_failure.failures + 1 end
            returning failures, last_at
            """)
                .param("key", subject.key())
                .query((row, _) -> new Failures(row.getInt(1), row.getObject(2, OffsetDateTime.class)))
                .single();
    }

    private static Duration pause(int beyond) {
        return Duration.ofSeconds(Math.min(LONGEST.toSeconds(), 1L << Math.min(20, beyond)));
    }

    /// What is said at the field while it is blocked.
    static Problem tooMany(String field, Instant until) {
        long seconds = Math.max(1, Duration.between(Instant.now(), until).toSeconds() + 1);
        return Problem.field(
                field,
                "login-blocked",
                "Too many attempts. Please wait %d seconds, or use 'Forgotten password'.".formatted(seconds),
                Map.of("seconds", seconds));
    }

    void succeeded(Subject subject) {
        jdbc.sql("delete from login_failure where subject = :key")
                .param("key", subject.key())
                .update();
    }

    boolean isKnown(Token browser, long account) {
        return jdbc.sql("select exists (select from known_browser where token_hash = :hash and account_id = :account)")
                .param("hash", browser.hash())
                .param("account", account)
                .query(Boolean.class)
                .single();
    }

    Token remember(long account) {
        Token browser = Token.random();
        jdbc.sql("insert into known_browser (token_hash, account_id) values (:hash, :account)")
                .param("hash", browser.hash())
                .param("account", account)
                .update();
        return browser;
    }

    void seen(Token browser) {
        jdbc.sql("update known_browser set used_at = now() where token_hash = :hash")
                .param("hash", browser.hash())
                .update();
    }
}
