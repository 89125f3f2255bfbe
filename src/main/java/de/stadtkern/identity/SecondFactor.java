package de.stadtkern.identity;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Codes by an app besides the password, and the codes on paper for the day the app is lost.
@Service
public class SecondFactor {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RECOVERY_CODES = 10;

    private final JdbcClient jdbc;
    private final Rights rights;
    private final Accounts accounts;
    private final PresentPassword present;
    private final Changes changes;
    private final Passkeys passkeys;
    private final PasskeyStore passkeyStore;

    SecondFactor(
            JdbcClient jdbc,
            Rights rights,
            Accounts accounts,
            PresentPassword present,
            Changes changes,
            Passkeys passkeys,
            PasskeyStore passkeyStore) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.accounts = accounts;
        this.present = present;
        this.changes = changes;
        this.passkeys = passkeys;
        this.passkeyStore = passkeyStore;
    }

    /// What the app has to know, until the first code proves that it does.
    ///
    /// @param secret  for typing
    /// @param address for the picture
    public record Setup(String secret, String address) {}

    private record Secret(byte[] bytes, boolean confirmed) {

        @SuppressWarnings("ArrayRecordComponent")
        Secret {}
    }

    /// Whether the caller's own login asks for a code.
    public boolean isOn() {
        return isOn(rights.requirePersonToAddFactor().id());
    }

    /// Whether a login asks for anything after the password, be it a code or a passkey; for admins.
    public boolean isOnFor(long account) {
        long id = accounts.get(account).id();
        return isOn(id) || passkeyStore.isFactor(id);
    }

    /// The accounts whose login asks for anything after the password; for admins.
    public Set<Long> holders() {
        rights.require(Role.ADMIN, Area.TOWN);
        return new HashSet<>(
                jdbc.sql("""
                    select account_id from totp where confirmed
                    union
                    select id from account where passkey_factor and exists (select from passkey where account_id = account.id)
                    """).query((row, number) -> row.getLong(1)).list());
    }

    boolean isOn(long account) {
        return find(account).map(Secret::confirmed).orElse(false);
    }

    /// Begins anew, or goes on with what was begun. Nothing changes for logging in before [#confirm].
    @Transactional
    public Setup begin() {
        Caller.Person person = rights.requirePersonToAddFactor();
        refuseTwice(person);
        byte[] random = new byte[Totp.SECRET_BYTES];
        RANDOM.nextBytes(random);
        jdbc.sql("insert into totp (account_id, secret) values (:account, :secret) on conflict (account_id) do nothing")
                .param("account", person.id())
                .param("secret", random)
                .update();
        return setup().orElseThrow();
    }

    /// What was begun and waits for its first code.
    public Optional<Setup> setup() {
        Caller.Person person = rights.requirePersonToAddFactor();
        return find(person.id())
                .filter(secret -> !secret.confirmed())
                .map(secret -> new Setup(
                        Totp.base32(secret.bytes()),
                        Totp.address(secret.bytes(), CityContext.current().name(), person.login())));
    }

    /// From now on a login asks for a code.
    ///
    /// @return the codes for the day the app is lost, told this once
    @Transactional
    public List<String> confirm(String code) {
        Caller.Person person = rights.requirePersonToAddFactor();
        refuseTwice(person);
        if (!takeCode(person.id(), code)) {
            throw wrong();
        }
        jdbc.sql("update totp set confirmed = true where account_id = :account")
                .param("account", person.id())
                .update();
        jdbc.sql("delete from recovery_code where account_id = :account")
                .param("account", person.id())
                .update();
        List<String> codes = Stream.generate(SecondFactor::recoveryCode)
                .limit(RECOVERY_CODES)
                .toList();
        codes.forEach(each -> jdbc.sql("insert into recovery_code (account_id, code_hash) values (:account, :hash)")
                .param("account", person.id())
                .param("hash", Token.sha256(each))
                .update());
        record(person.id(), person.name(), true);
        return codes;
    }

    private void refuseTwice(Caller.Person person) {
        if (isOn(person.id())) {
            throw new Problem(Problem.Kind.CONFLICTING, "second-factor-on", "The second factor is on already.");
        }
    }

    /// The caller's own, by the password once more.
    @Transactional
    public void remove(String password) {
        Caller.Person person = rights.requirePerson();
        present.require(person, "current", password);
        remove(person.id(), person.name());
    }

    /// For somebody who has lost app and paper, or the device with the passkey: the password alone does again.
    @Transactional
    public void removeFor(long account) {
        String name = accounts.get(account).name();
        remove(account, name);
        passkeys.demandNoMore(account, name);
    }

    private void remove(long account, String name) {
        boolean wasOn = isOn(account);
        jdbc.sql("delete from totp where account_id = :account")
                .param("account", account)
                .update();
        jdbc.sql("delete from recovery_code where account_id = :account")
                .param("account", account)
                .update();
        if (wasOn) {
            record(account, name, false);
        }
    }

    private void record(long account, String name, boolean on) {
        changes.record(
                new Changes.Subject(Area.TOWN, "second-factor", String.valueOf(account), name),
                Map.of("second-factor", String.valueOf(!on)),
                Map.of("second-factor", String.valueOf(on)),
                "");
    }

    /// A code of the app or one of paper; either is good once.
    boolean take(long account, String typed) {
        String code = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return code.length() == 6 ? takeCode(account, code) : takeRecoveryCode(account, code);
    }

    private boolean takeCode(long account, String typed) {
        String code = typed.replaceAll("\\s", "");
        Optional<Secret> secret = find(account);
        OptionalLong step =
                secret.isEmpty() ? OptionalLong.empty() : Totp.step(secret.get().bytes(), code, Instant.now());
        return step.isPresent()
                && jdbc.sql("update totp set last_step = :step where account_id = :account and last_step < :step")
                                .param("step", step.getAsLong())
                                .param("account", account)
                                .update()
                        == 1;
    }

    private boolean takeRecoveryCode(long account, String code) {
        return jdbc.sql("delete from recovery_code where account_id = :account and code_hash = :hash")
                        .param("account", account)
                        .param("hash", Token.sha256(code))
                        .update()
                == 1;
    }

    private Optional<Secret> find(long account) {
        return jdbc.sql("select secret, confirmed from totp where account_id = :account")
                .param("account", account)
                .query((row, number) -> new Secret(row.getBytes("secret"), row.getBoolean("confirmed")))
                .optional();
    }

    /// Sixty bits, in letters and digits nobody takes for others.
    private static String recoveryCode() {
        String letters = "abcdefghjkmnpqrstuvwxyz23456789";
        StringBuilder code = new StringBuilder();
        for (int at = 0; at < 12; at++) {
            code.append(letters.charAt(RANDOM.nextInt(letters.length())));
        }
        return code.toString();
    }

    static Problem wrong() {
        return Problem.field("code", "code-wrong", "This code is not good, or not any more.");
    }
}
