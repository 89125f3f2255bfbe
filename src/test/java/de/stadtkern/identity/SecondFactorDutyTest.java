package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import org.junit.jupiter.api.Test;

/// Roles that need a second factor: whoever has none sets it up before anything else.
@StadtkernTest
class SecondFactorDutyTest extends TownWithAdmin {

    private static final String SETUP = "/account/second-factor";

    @Test
    void whoHasTheRoleIsLedToSetOneUpAndGoesOnAfterThat() {
        var ole = people.person("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        assertThat(demand("editor")).isEqualTo("303 /town/login");
        assertThat(ole.login(PeopleScenario.PASSWORD)).isEqualTo("303 /account");
        for (String path :
                new String[] {"/account", "/account/password", "/account/sessions", "/imports", "/watches"}) {
            assertThat(ole.where(ole.open(path))).as(path).isEqualTo("303 " + SETUP);
        }
        assertThat(ole.open(SETUP).body())
                .contains("Ihre Rolle braucht einen zweiten Faktor.", "href=\"/account/passkeys\"")
                .doesNotContain("href=\"/imports\"", "href=\"/account/password\"");
        assertThat(ole.open("/account/passkeys").body()).contains("Ihre Rolle braucht einen zweiten Faktor.");
        ole.fill(SETUP, SETUP + "/begin");
        assertThat(ole.fill(SETUP, SETUP, "code", people.code(ole)).body())
                .contains("Der zweite Faktor ist eingeschaltet.")
                .doesNotContain("Ihre Rolle braucht");
        assertThat(ole.open("/imports").statusCode()).isEqualTo(200);
    }

    @Test
    void beforeItThereAreNoRightsByAnyWay() {
        var ole = people.loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        demand("admin");
        assertThat(ole.where(ole.open("/changes.csv"))).isEqualTo("303 " + SETUP);
        assertThat(ole.fill(SETUP, "/people/" + ole.id, "town", "admin").statusCode())
                .isEqualTo(403);
        assertThat(ole.fill(SETUP, "/account/sessions/end").statusCode()).isEqualTo(403);
        assertThat(ole.fill(SETUP, "/account/password", "current", PeopleScenario.PASSWORD)
                        .statusCode())
                .isEqualTo(403);
        assertThat(ole.where(ole.fill(SETUP, "/logout"))).isEqualTo("303 /login");
    }

    @Test
    void itHoldsForTheAdminWhoSaidSoToo() {
        demand("admin");
        assertThat(admin.where(admin.open("/people"))).isEqualTo("303 " + SETUP);
        admin.fill(SETUP, SETUP + "/begin");
        admin.fill(SETUP, SETUP, "code", people.code(admin));
        assertThat(admin.open("/people?q=admin").body())
                .contains("1 Person<", "<td class=\"kern-table__cell \">ja</td>");
    }

    @Test
    void otherRolesAndAPasskeyAfterThePasswordAndLoginProvidersGoOn() {
        var viewer = people.loggedIn("v@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        var passkey = people.loggedIn("p@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        var elsewhere = people.loggedIn("k@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        people.execute("""
            insert into passkey (account_id, name, credential_id, credential, sign_count, backup_eligible)
            values (%d, 'x', '\\x01', '\\x00', 0, false)
            """.formatted(passkey.id));
        people.execute("""
            with provider as (
              insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)
              values ('x', 'x', 'x', 'x', '', '', true) returning id
            )
            update session set provider_id = provider.id from provider where account_id = %d
            """.formatted(elsewhere.id));
        demand("editor");
        assertThat(viewer.open("/account").statusCode()).isEqualTo(200);
        assertThat(elsewhere.open("/imports").statusCode()).isEqualTo(200);
        assertThat(passkey.where(passkey.open("/imports"))).isEqualTo("303 " + SETUP);
        passkey.fill("/account/passkeys", "/account/passkeys/factor");
        assertThat(passkey.open("/imports").statusCode()).isEqualTo(200);
    }

    @Test
    void itIsKeptWhoMadeItADutyAndTakenBack() {
        admin.change("/town/login", "editor", "on", "steward", "on", "why", "Beschluss vom März");
        assertThat(admin.open("/changes").body())
                .contains(
                        "Zweiter Faktor ist Pflicht für",
                        "Redaktion, Datenverantwortung",
                        "Beschluss vom März",
                        "/undo");
        assertThat(admin.where(admin.fill(
                        "/changes", "/changes/%s/undo".formatted(people.text("select max(id) from change")))))
                .isEqualTo("303 /changes");
        assertThat(people.text("select count(*) from second_factor_duty")).isEqualTo("0");
        assertThat(people.text("select after ->> 'second-factor-duty' from change order by id desc limit 1"))
                .isEmpty();
    }

    @Test
    void nobodyOverwritesWhatAnotherAdminSavedMeanwhile() {
        var seen = admin.form("/town/login");
        demand("operator");
        seen.put("viewer", "on");
        var answer = admin.send("/town/login", seen);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Inzwischen hat jemand anderes gespeichert");
        assertThat(people.text("select string_agg(role, ' ') from second_factor_duty"))
                .isEqualTo("operator");
    }

    private String demand(String role) {
        return admin.where(admin.change("/town/login", role, "on"));
    }
}
