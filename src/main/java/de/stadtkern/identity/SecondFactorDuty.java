package de.stadtkern.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The roles that need a second factor, in whatever area somebody has them. Whoever has none yet is led to set one up
/// with the next request, and has no rights before. Who comes from a login provider is that provider's business.
@Service
public class SecondFactorDuty implements Versioned {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KIND = "second-factor-duty";

    /// What there is to have, for somebody without a second factor; with it the roles are asked for.
    static final String DUE = """
        exists (select from second_factor_duty join account_role on account_role.role = second_factor_duty.role
                where account_role.account_id = account.id)
          and not exists (select from totp where totp.account_id = account.id and confirmed)
          and not (passkey_factor and exists (select from passkey where passkey.account_id = account.id))
        """;

    private final JdbcClient jdbc;
    private final Rights rights;
    private final Changes changes;

    SecondFactorDuty(JdbcClient jdbc, Rights rights, Changes changes) {
        this.jdbc = jdbc;
        this.rights = rights;
        this.changes = changes;
    }

    public Set<Role> roles() {
        rights.require(Role.ADMIN, Area.TOWN);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(jdbc.sql("select role from second_factor_duty")
                .query((row, number) -> Role.of(row.getString(1)))
                .list());
        return roles;
    }

    public static String version(Set<Role> roles) {
        return Version.of(state(roles));
    }

    /// @param version of the roles the admin saw
    /// @return number of the change, empty where nothing changed
    @Transactional
    public Optional<Long> change(String version, Set<Role> roles, String why) {
        rights.require(Role.ADMIN, Area.TOWN);
        lock();
        Set<Role> before = roles();
        Version.require(version, version(before));
        return set(before, roles, why);
    }

    /// Nobody else changes them until the end of the transaction; logins go on.
    private void lock() {
        jdbc.sql("lock table second_factor_duty in exclusive mode").update();
    }

    private Optional<Long> set(Set<Role> before, Set<Role> roles, String why) {
        jdbc.sql("delete from second_factor_duty").update();
        roles.forEach(role -> jdbc.sql("insert into second_factor_duty (role) values (:role)")
                .param("role", role.key())
                .update());
        return changes.record(new Changes.Subject(Area.TOWN, KIND, "town", KIND), state(before), state(roles), why);
    }

    private static Map<String, String> state(Set<Role> roles) {
        return Map.of(
                KIND,
                Arrays.stream(Role.values())
                        .filter(roles::contains)
                        .map(Role::key)
                        .collect(Collectors.joining(" ")));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable JsonNode state(String subject) {
        return JSON.valueToTree(state(roles()));
    }

    @Override
    public void restore(String subject, @Nullable JsonNode state) {
        lock();
        String words = state == null ? "" : state.path(KIND).asString("");
        Set<Role> roles = List.of(words.split(" ", -1)).stream()
                .filter(word -> !word.isEmpty())
                .map(Role::of)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        set(roles(), roles, "");
    }
}
