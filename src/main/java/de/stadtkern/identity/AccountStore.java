package de.stadtkern.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AccountStore {

    private static final String ACCOUNT = """
        select id, login, name, password is not null as has_password, deactivated_at, created_at, last_login_at, language,
               must_change,
               (select coalesce(string_agg(area || ' ' || role, ','), '')
                from account_role where account_id = account.id) as roles
        from account
        """;

    /// What goes with an account.
    private static final List<String> OF_AN_ACCOUNT = List.of(
            "account_role",
            "account_link",
            "known_browser",
            "session",
            "totp",
            "recovery_code",
            "login_identity",
            "passkey_challenge",
            "passkey",
            "failed_login");

    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// `town admin,chat editor`, as the queries gather it.
    static Grants grants(String roles) {
        Map<String, String> keys = new HashMap<>();
        for (String role : roles.isEmpty() ? new String[0] : roles.split(",", -1)) {
            int space = role.indexOf(' ');
            keys.put(role.substring(0, space), role.substring(space + 1));
        }
        return Grants.of(keys);
    }

    List<Account> list() {
        return jdbc.sql(ACCOUNT + "order by deactivated_at is not null, lower(name), id")
                .query(AccountStore::account)
                .list();
    }

    Optional<Account> find(long id) {
        return jdbc.sql(ACCOUNT + "where id = :id")
                .param("id", id)
                .query(AccountStore::account)
                .optional();
    }

    Optional<Account> findByLogin(String login) {
        return jdbc.sql(ACCOUNT + "where login = :login")
                .param("login", login)
                .query(AccountStore::account)
                .optional();
    }

    Optional<String> findPassword(long id) {
        return jdbc.sql("select password from account where id = :id and password is not null")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    boolean isEmpty() {
        return !jdbc.sql("select exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    /// Empty if somebody has this login already, also somebody who came in this very moment.
    Optional<Long> insert(String login, String name, @Nullable String password, boolean mustChange, String language) {
        return jdbc.sql("""
            insert into account (login, name, password, must_change, language)
            values (:login, :name, :password, :mustChange, :language)
            on conflict (login) do nothing returning id
            """)
                .param("login", login)
                .param("name", name)
                .param("password", password)
                .param("mustChange", mustChange)
                .param("language", language)
                .query(Long.class)
                .optional();
    }

    void update(long id, String login, String name, String language) {
        jdbc.sql("update account set login = :login, name = :name, language = :language where id = :id")
                .param("login", login)
                .param("name", name)
                .param("language", language)
                .param("id", id)
                .update();
    }

    void setPassword(long id, String password) {
        jdbc.sql("update account set password = :password, must_change = false where id = :id")
                .param("password", password)
                .param("id", id)
                .update();
    }

    void setDeactivated(long id, boolean deactivated) {
        jdbc.sql("update account set deactivated_at = " + (deactivated ? "now()" : "null") + " where id = ?")
                .param(id)
                .update();
    }

    void loggedIn(long id) {
        jdbc.sql("update account set last_login_at = now() where id = :id")
                .param("id", id)
                .update();
    }

    void setGrants(long id, Grants grants) {
        jdbc.sql("delete from account_role where account_id = :id")
                .param("id", id)
                .update();
        grants.keys()
                .forEach((area, role) -> jdbc.sql(
                                "insert into account_role (account_id, area, role) values (:id, :area, :role)")
                        .param("id", id)
                        .param("area", area)
                        .param("role", role)
                        .update());
    }

    /// Active admins of the whole town, locked against two who take each other's role away at the same time.
    List<Long> lockAdmins() {
        return jdbc.sql("""
            select account.id from account join account_role on account_id = account.id
            where area = 'town' and role = 'admin' and deactivated_at is null
            order by account.id for update of account
            """).query((row, number) -> row.getLong(1)).list();
    }

    void lock(long id) {
        jdbc.sql("select id from account where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    /// Accounts deactivated for so long that no change names any more, locked so that nobody lets them in meanwhile.
    List<Long> lockGone(Duration age) {
        return jdbc.sql("""
            select id from account a
            where deactivated_at < now() - make_interval(secs => :age)
              and not exists (select from change c where c.account_id = a.id)
              and not exists (select from change c where c.kind = 'account' and c.subject = a.id::text)
            for update
            """)
                .param("age", age.toSeconds())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    void delete(List<Long> ids) {
        for (String table : OF_AN_ACCOUNT) {
            jdbc.sql("delete from " + table + " where account_id = any(:ids::bigint[])")
                    .param("ids", ids.toArray(Long[]::new))
                    .update();
        }
        jdbc.sql("delete from account where id = any(:ids::bigint[])")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    void insertLink(byte[] hash, long account, String purpose, Instant expiresAt) {
        jdbc.sql("delete from account_link where account_id = :account and purpose = :purpose")
                .param("account", account)
                .param("purpose", purpose)
                .update();
        jdbc.sql("""
            insert into account_link (token_hash, account_id, purpose, expires_at)
            values (:hash, :account, :purpose, :expiresAt)
            """)
                .param("hash", hash)
                .param("account", account)
                .param("purpose", purpose)
                .param("expiresAt", Timestamp.from(expiresAt))
                .update();
    }

    /// Whether there is a link of this sort that is good beyond a moment.
    boolean hasLink(long account, String purpose, Instant beyond) {
        return jdbc.sql("""
            select exists (select from account_link
                           where account_id = :account and purpose = :purpose and expires_at > :beyond)
            """)
                .param("account", account)
                .param("purpose", purpose)
                .param("beyond", Timestamp.from(beyond))
                .query(Boolean.class)
                .single();
    }

    void deleteLinks(long account) {
        jdbc.sql("delete from account_link where account_id = :account")
                .param("account", account)
                .update();
    }

    Optional<Account> findByLink(byte[] hash) {
        return jdbc.sql(ACCOUNT + """
            where deactivated_at is null
              and id = (select account_id from account_link where token_hash = :hash and expires_at > now())
            """)
                .param("hash", hash)
                .query(AccountStore::account)
                .optional();
    }

    /// Takes the link; only one of two who come at the same moment gets it.
    boolean takeLink(byte[] hash) {
        return jdbc.sql("delete from account_link where token_hash = :hash and expires_at > now()")
                        .param("hash", hash)
                        .update()
                == 1;
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getString("login"),
                row.getString("name"),
                grants(row.getString("roles")),
                row.getBoolean("has_password"),
                row.getBoolean("must_change"),
                instant(row.getTimestamp("deactivated_at")),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("last_login_at")),
                row.getString("language"));
    }

    static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
