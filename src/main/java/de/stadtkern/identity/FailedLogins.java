package de.stadtkern.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Logins that failed, for admins, until their date. What was typed is never kept, neither the password nor a name that
/// no account has, which may be a password in the wrong field.
@Service
public class FailedLogins {

    private static final Map<String, String> COLUMNS =
            Map.of("at", "at", "who", "name", "network", "network", "times", "times");
    private static final String FOUND = """
        from failed_login left join account on account.id = failed_login.account_id
        where position(lower(:text) in lower(concat_ws(' ', name, login, network))) > 0
        """;
    private static final int KEPT_OF_IPV4 = 3;
    private static final int KEPT_OF_IPV6 = 6;

    private final JdbcClient jdbc;
    private final Rights rights;
    private final IdentityProperties properties;

    FailedLogins(JdbcClient jdbc, Rights rights, IdentityProperties properties) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.properties = properties;
    }

    /// Why it failed.
    public enum Reason {
        /// There is no such account.
        NAME,
        PASSWORD,
        /// The account is deactivated.
        INACTIVE,
        /// There is no password yet, or none at all because the person logs in elsewhere.
        NO_PASSWORD,
        /// Too many failed before.
        BLOCKED,
        /// The password was right, the code after it was not.
        CODE,
        PASSKEY;

        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static Reason of(String key) {
            return Arrays.stream(values())
                    .filter(reason -> reason.key().equals(key))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// @param at      the last time, where it was several times within a minute
    /// @param account null where there is none of that name
    /// @param name    of the person, empty without an account
    /// @param login   the same
    /// @param network from where, as `203.0.113.0/24`
    public record Failure(
            long id,
            Instant at,
            int times,
            @Nullable Long account,
            String name,
            String login,
            String network,
            Reason reason) {}

    /// How long they are kept.
    public Duration kept() {
        return properties.failedLogins();
    }

    public int count(String text) {
        rights.require(Role.ADMIN, Area.TOWN);
        return jdbc.sql("select count(*) " + FOUND)
                .param("text", text)
                .query(Integer.class)
                .single();
    }

    /// @param text in the person's name, their address or the network; empty for all
    /// @param from how many of them to leave out
    /// @param most of them to give
    public List<Failure> list(String text, RowOrder order, int from, int most) {
        rights.require(Role.ADMIN, Area.TOWN);
        return jdbc.sql("""
            select * from (
              select failed_login.id, at, times, account_id, coalesce(name, '') as name, coalesce(login, '') as login,
                network, reason %s) found
            order by %s limit :most offset :from
            """.formatted(FOUND, order.sql(COLUMNS)))
                .param("text", text)
                .param("most", most)
                .param("from", from)
                .query(FailedLogins::row)
                .list();
    }

    /// Outside of a transaction, which a login that fails would take back.
    void record(Optional<Long> account, String address, Reason reason) {
        jdbc.sql("""
            with again as (
              update failed_login set times = times + 1, at = now()
              where id = (
                select max(id) from failed_login
                where at > now() - interval '1 minute' and account_id is not distinct from cast(:account as bigint)
                  and network = :network and reason = :reason)
              returning id
            )
            insert into failed_login (account_id, network, reason)
            select cast(:account as bigint), :network, :reason where not exists (select from again)
            """)
                .param("account", account.orElse(null))
                .param("network", network(address))
                .param("reason", reason.key())
                .update();
    }

    /// The last octet of an IPv4 address tells devices apart; of an IPv6 address one line has up to 2^80.
    static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            int kept = bytes.length == 4 ? KEPT_OF_IPV4 : KEPT_OF_IPV6;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress().replaceFirst("(:0)+$", "::") + "/" + kept * 8;
        } catch (IllegalArgumentException | UnknownHostException noAddress) {
            return "";
        }
    }

    void deleteOver() {
        jdbc.sql("delete from failed_login where at < now() - make_interval(secs => :age)")
                .param("age", properties.failedLogins().toSeconds())
                .update();
    }

    private static Failure row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Failure(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getInt("times"),
                row.getObject("account_id", Long.class),
                row.getString("name"),
                row.getString("login"),
                row.getString("network"),
                Reason.of(row.getString("reason")));
    }
}
