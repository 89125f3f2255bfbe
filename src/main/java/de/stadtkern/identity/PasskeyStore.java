package de.stadtkern.identity;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PasskeyStore {

    private final JdbcClient jdbc;

    PasskeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Stored(long id, long account, byte[] credential, long signCount, boolean backupEligible) {

        @SuppressWarnings("ArrayRecordComponent")
        Stored {}
    }

    List<Passkeys.Passkey> list(long account) {
        return jdbc.sql("select id, name, created_at, used_at from passkey where account_id = :account order by id")
                .param("account", account)
                .query((row, number) -> new Passkeys.Passkey(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        AccountStore.instant(row.getTimestamp("used_at"))))
                .list();
    }

    List<byte[]> credentialIds(long account) {
        return jdbc.sql("select credential_id from passkey where account_id = :account")
                .param("account", account)
                .query((row, number) -> row.getBytes(1))
                .list();
    }

    void insert(
            long account, String name, byte[] credentialId, byte[] credential, long signCount, boolean backupEligible) {
        jdbc.sql("""
            insert into passkey (account_id, name, credential_id, credential, sign_count, backup_eligible)
            values (:account, :name, :credentialId, :credential, :signCount, :backupEligible)
            """)
                .param("account", account)
                .param("name", name)
                .param("credentialId", credentialId)
                .param("credential", credential)
                .param("signCount", signCount)
                .param("backupEligible", backupEligible)
                .update();
    }

    Optional<Stored> find(byte[] credentialId) {
        return jdbc.sql("select * from passkey where credential_id = :id")
                .param("id", credentialId)
                .query((row, number) -> new Stored(
                        row.getLong("id"),
                        row.getLong("account_id"),
                        row.getBytes("credential"),
                        row.getLong("sign_count"),
                        row.getBoolean("backup_eligible")))
                .optional();
    }

    void used(long id, long signCount) {
        jdbc.sql("update passkey set used_at = now(), sign_count = :count where id = :id")
                .param("count", signCount)
                .param("id", id)
                .update();
    }

    /// @return its name
    Optional<String> delete(long account, long id) {
        return jdbc.sql("delete from passkey where account_id = :account and id = :id returning name")
                .param("account", account)
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    /// Whether a passkey is asked for after the password; without any there is nothing to ask for.
    boolean isFactor(long account) {
        return jdbc.sql("""
            select passkey_factor and exists (select from passkey where account_id = account.id) from account
            where id = :account
            """)
                .param("account", account)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /// @return whether that is something new
    boolean setFactor(long account, boolean on) {
        return jdbc.sql("update account set passkey_factor = :on where id = :account and passkey_factor <> :on")
                        .param("on", on)
                        .param("account", account)
                        .update()
                == 1;
    }

    void insertChallenge(byte[] hash, @Nullable Long account) {
        jdbc.sql("""
            insert into passkey_challenge (challenge_hash, account_id, expires_at)
            values (:hash, :account, now() + interval '5 minutes')
            """).param("hash", hash).param("account", account).update();
    }

    boolean takeChallenge(byte[] hash, @Nullable Long account) {
        return jdbc.sql("""
            delete from passkey_challenge
            where challenge_hash = :hash and account_id is not distinct from cast(:account as bigint)
              and expires_at > now()
            """).param("hash", hash).param("account", account).update() == 1;
    }

    void deleteOver() {
        jdbc.sql("delete from passkey_challenge where expires_at < now()").update();
    }
}
