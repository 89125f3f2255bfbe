package de.stadtkern.identity;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApiKeyStore {

    private final JdbcClient jdbc;

    ApiKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Found(long id, byte[] hash, Caller.Machine caller, boolean used) {

        @SuppressWarnings("ArrayRecordComponent")
        Found {}
    }

    long insert(ApiKeys.Wish wish, byte[] hash, String start, Instant expires, String by) {
        return jdbc.sql("""
            insert into api_key (name, token_hash, start, area, role, datastream_id, created_by, expires_at)
            values (:name, :hash, :start, :area, :role, :datastream, :by, :expires) returning id
            """)
                .param("name", wish.name().strip())
                .param("hash", hash)
                .param("start", start)
                .param("area", wish.area().key())
                .param("role", wish.role().key())
                .param("datastream", wish.datastream())
                .param("by", by)
                .param("expires", Timestamp.from(expires))
                .query((row, number) -> row.getLong(1))
                .single();
    }

    List<ApiKeys.ApiKey> list() {
        return jdbc.sql("select * from api_key order by revoked_at is not null, expires_at < now(), lower(name), id")
                .query(ApiKeyStore::key)
                .list();
    }

    Optional<ApiKeys.ApiKey> find(long id) {
        return jdbc.sql("select * from api_key where id = :id")
                .param("id", id)
                .query(ApiKeyStore::key)
                .optional();
    }

    ApiKeys.ApiKey get(long id) {
        return find(id).orElseThrow();
    }

    void revoke(long id) {
        jdbc.sql("update api_key set revoked_at = now() where id = :id and revoked_at is null")
                .param("id", id)
                .update();
    }

    /// Keys revoked or expired for so long.
    void deleteOver(Duration age) {
        jdbc.sql("""
            delete from api_key where least(revoked_at, expires_at) < now() - make_interval(secs => :age)
            """).param("age", age.toSeconds()).update();
    }

    /// Its last use is written at most once a minute.
    Optional<Caller.Machine> findGood(byte[] hash) {
        Optional<Found> found = jdbc.sql("""
            select id, name, token_hash, area, role, datastream_id,
                   coalesce(used_at > now() - interval '1 minute', false) as used
            from api_key where token_hash = :hash and revoked_at is null and expires_at > now()
            """)
                .param("hash", hash)
                .query(ApiKeyStore::found)
                .optional()
                .filter(key -> MessageDigest.isEqual(key.hash(), hash));
        found.filter(key -> !key.used())
                .ifPresent(key -> jdbc.sql("update api_key set used_at = now() where id = :id")
                        .param("id", key.id())
                        .update());
        return found.map(Found::caller);
    }

    /// Those of them that are good. To listen is a use too.
    List<Caller.Machine> findGood(Collection<Long> ids) {
        long[] numbers = ids.stream().mapToLong(Long::longValue).toArray();
        List<Found> found =
                jdbc.sql("""
                    select id, name, token_hash, area, role, datastream_id,
                           coalesce(used_at > now() - interval '1 minute', false) as used
                    from api_key where id = any(:ids) and revoked_at is null and expires_at > now()
                    """).param("ids", numbers).query(ApiKeyStore::found).list();
        long[] unused =
                found.stream().filter(key -> !key.used()).mapToLong(Found::id).toArray();
        if (unused.length > 0) {
            jdbc.sql("update api_key set used_at = now() where id = any(:ids)")
                    .param("ids", unused)
                    .update();
        }
        return found.stream().map(Found::caller).toList();
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        long datastream = row.getLong("datastream_id");
        Optional<Long> only = row.wasNull() ? Optional.empty() : Optional.of(datastream);
        return new Found(
                row.getLong("id"),
                row.getBytes("token_hash"),
                new Caller.Machine(
                        row.getLong("id"),
                        row.getString("name"),
                        Grants.of(Area.of(row.getString("area")), Role.of(row.getString("role"))),
                        only),
                row.getBoolean("used"));
    }

    private static ApiKeys.ApiKey key(ResultSet row, int number) throws SQLException {
        long datastream = row.getLong("datastream_id");
        boolean limited = !row.wasNull();
        return new ApiKeys.ApiKey(
                row.getLong("id"),
                row.getString("name"),
                row.getString("start"),
                Area.of(row.getString("area")),
                Role.of(row.getString("role")),
                limited ? datastream : null,
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                AccountStore.instant(row.getTimestamp("revoked_at")),
                AccountStore.instant(row.getTimestamp("used_at")));
    }
}
