package de.stadtkern.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SessionStore {

    private final JdbcClient jdbc;

    SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Found(
            long id,
            Instant usedAt,
            long account,
            String login,
            String name,
            boolean mustChange,
            boolean mustAddFactor,
            Grants grants) {

        Caller.Person person(String formSecret) {
            return new Caller.Person(
                    account,
                    login,
                    name,
                    mustAddFactor ? Grants.NONE : grants,
                    mustChange,
                    mustAddFactor,
                    id,
                    formSecret);
        }
    }

    record Row(long id, String device, Instant openedAt, Instant usedAt) {}

    void insert(byte[] hash, long account, String device, boolean half, @Nullable Long provider) {
        jdbc.sql("""
            insert into session (token_hash, account_id, device, half, provider_id)
            values (:hash, :account, :device, :half, :provider)
            """)
                .param("provider", provider)
                .param("hash", hash)
                .param("account", account)
                .param("device", device)
                .param("half", half)
                .update();
    }

    Optional<Found> find(byte[] hash, Duration idle, Duration longest, boolean half) {
        return jdbc.sql("""
            select session.id, session.used_at, account.id as account, login, name, must_change,
                   (select coalesce(string_agg(area || ' ' || role, ','), '')
                    from account_role where account_id = account.id) as roles,
                   provider_id is null and %s as must_add_factor
            from session join account on account.id = session.account_id
            where token_hash = :hash and half = :half and deactivated_at is null
              and used_at > now() - make_interval(secs => :idle)
              and opened_at > now() - make_interval(secs => :longest)
            """.formatted(SecondFactorDuty.DUE))
                .param("hash", hash)
                .param("half", half)
                .param("idle", idle.toSeconds())
                .param("longest", longest.toSeconds())
                .query((row, number) -> new Found(
                        row.getLong("id"),
                        row.getTimestamp("used_at").toInstant(),
                        row.getLong("account"),
                        row.getString("login"),
                        row.getString("name"),
                        row.getBoolean("must_change"),
                        row.getBoolean("must_add_factor"),
                        AccountStore.grants(row.getString("roles"))))
                .optional();
    }

    void touch(long id) {
        jdbc.sql("update session set used_at = now() where id = :id")
                .param("id", id)
                .update();
    }

    List<Row> list(long account, Duration idle, Duration longest) {
        return jdbc.sql("""
            select id, device, opened_at, used_at from session
            where account_id = :account and not half
              and used_at > now() - make_interval(secs => :idle)
              and opened_at > now() - make_interval(secs => :longest)
            order by used_at desc, id desc
            """)
                .param("account", account)
                .param("idle", idle.toSeconds())
                .param("longest", longest.toSeconds())
                .query(SessionStore::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("device"),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("used_at").toInstant());
    }

    void delete(long account, long id) {
        jdbc.sql("delete from session where account_id = :account and id = :id")
                .param("account", account)
                .param("id", id)
                .update();
    }

    void delete(byte[] hash) {
        jdbc.sql("delete from session where token_hash = :hash")
                .param("hash", hash)
                .update();
    }

    void deleteOthers(long account, long but) {
        jdbc.sql("delete from session where account_id = :account and id <> :but")
                .param("account", account)
                .param("but", but)
                .update();
    }

    /// What is over: sessions, links, old failures, browsers not seen for half a year.
    void deleteOver(Duration idle, Duration longest) {
        jdbc.sql("""
            delete from session where used_at < now() - make_interval(secs => :idle)
               or opened_at < now() - make_interval(secs => :longest)
            """)
                .param("idle", idle.toSeconds())
                .param("longest", longest.toSeconds())
                .update();
        jdbc.sql("delete from account_link where expires_at < now()").update();
        jdbc.sql("delete from login_failure where last_at < now() - interval '1 day'")
                .update();
        jdbc.sql("delete from known_browser where used_at < now() - interval '180 days'")
                .update();
    }
}
