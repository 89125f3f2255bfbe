package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@StadtkernTest
class LoginTest extends TownWithPeople {

    private static final String WRONG = "422 login: Name oder Passwort stimmt nicht.";

    @Autowired
    IdentityCleaning cleaning;

    @Test
    void theFirstAdminComesInWithTheOneTimePasswordAndChoosesAnotherBeforeAnythingElse() {
        String once = people.firstPassword();
        var admin = people.somebody();
        assertThat(admin.login("admin", once)).isEqualTo("303 /first");
        assertThat(admin.where(admin.open("/people"))).isEqualTo("303 /first");
        assertThat(admin.where(admin.fill(
                        "/first",
                        "/first",
                        "name",
                        "Grit",
                        "mail",
                        "Grit@Example.org",
                        "password",
                        "kurz",
                        "repeated",
                        "kurz")))
                .isEqualTo("422 password: Ein Passwort hat 12 bis 128 Zeichen.");
        assertThat(admin.where(admin.fill(
                        "/first",
                        "/first",
                        "name",
                        "Grit",
                        "mail",
                        "Grit@Example.org",
                        "password",
                        PeopleScenario.PASSWORD,
                        "repeated",
                        PeopleScenario.PASSWORD)))
                .isEqualTo("303 /account");
        assertThat(admin.open("/people").body()).contains("Grit", "grit@example.org", "Administration");
        assertThat(people.somebody().login("admin", once)).isEqualTo(WRONG);
        assertThat(people.somebody().login("grit@example.org", PeopleScenario.PASSWORD))
                .isEqualTo("303 /account");
    }

    @Test
    void theFirstAdminIsMadeOnceOnly() {
        people.firstPassword();
        assertThat(town.in(() -> context.getBean(FirstAdmin.class).welcome(town.city())))
                .isEmpty();
    }

    @Test
    void whoeverOpensAPageThatNeedsALoginGetsThereAfterIt() {
        var person = people.person("a@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        assertThat(person.where(person.open("/people"))).isEqualTo("303 /login?next=%2Fpeople");
        assertThat(person.where(person.fill(
                        "/login?next=%2Fpeople",
                        "/login", "login", "A@example.org ", "password", PeopleScenario.PASSWORD, "next", "/people")))
                .isEqualTo("303 /people");
    }

    @Test
    void theWayAfterALoginNeverLeadsElsewhere() {
        var person = people.person("a@example.org", Grants.NONE);
        for (String next : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil"}) {
            var browser = person.anotherDevice();
            assertThat(browser.where(browser.fill(
                            "/login",
                            "/login",
                            "login",
                            "a@example.org",
                            "password",
                            PeopleScenario.PASSWORD,
                            "next",
                            next)))
                    .isEqualTo("303 /account");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreAnsweredAlike() {
        var person = people.person("a@example.org", Grants.NONE);
        assertThat(person.login("falsch, aber lang genug")).isEqualTo(WRONG);
        assertThat(person.login("niemand@example.org", PeopleScenario.PASSWORD)).isEqualTo(WRONG);
        people.execute("update account set deactivated_at = now()");
        assertThat(person.login(PeopleScenario.PASSWORD)).isEqualTo(WRONG);
    }

    @Test
    void guessingBecomesSlowForTheAccountButNotForABrowserThatWasInBefore() {
        var owner = people.person("a@example.org", Grants.NONE);
        assertThat(owner.login(PeopleScenario.PASSWORD)).isEqualTo("303 /account");
        var guesser = people.somebody();
        for (int guess = 0; guess < 6; guess++) {
            assertThat(guesser.login("a@example.org", "geraten " + guess)).isEqualTo(WRONG);
        }
        assertThat(guesser.login("a@example.org", PeopleScenario.PASSWORD))
                .startsWith("422 login: Zu viele Versuche. Bitte warten Sie ");
        owner.cookies.remove("session");
        assertThat(owner.login(PeopleScenario.PASSWORD)).isEqualTo("303 /account");
        people.execute("update login_failure set blocked_until = now()");
        assertThat(guesser.login("a@example.org", PeopleScenario.PASSWORD)).isEqualTo("303 /account");
    }

    @Test
    void manyAccountsFromOneAddressAreSlowedToo() {
        people.execute("""
            insert into login_failure values (sha256('address:127.0.0.1'), 60, now(), now() + interval '5 minutes')
            """);
        var person = people.person("a@example.org", Grants.NONE);
        assertThat(person.login(PeopleScenario.PASSWORD)).startsWith("422 login: Zu viele Versuche");
    }

    @Test
    void aSessionEndsByLogoutByIdlenessAndByAge() {
        var person = people.person("a@example.org", Grants.NONE);
        person.login(PeopleScenario.PASSWORD);
        String session = person.session();
        assertThat(person.where(person.fill("/account", "/logout"))).isEqualTo("303 /login");
        person.cookies.put("session", session);
        assertThat(person.where(person.open("/account"))).isEqualTo("303 /login?next=%2Faccount");

        var idle = people.loggedIn("b@example.org", Grants.NONE);
        people.execute("update session set used_at = now() - interval '241 minutes'");
        assertThat(idle.open("/account").statusCode()).isEqualTo(303);
        var old = people.loggedIn("c@example.org", Grants.NONE);
        people.execute("update session set opened_at = now() - interval '721 minutes'");
        assertThat(old.open("/account").statusCode()).isEqualTo(303);
        town.in(() -> {
            cleaning.run();
            return true;
        });
        assertThat(people.text("select count(*) from session")).isEqualTo("0");
    }

    @Test
    void sessionsAreListedWithTheirDeviceAndCanBeEnded() {
        var desk = people.person("a@example.org", Grants.NONE);
        desk.login(PeopleScenario.PASSWORD);
        var phone = desk.anotherDevice();
        phone.login(PeopleScenario.PASSWORD);
        assertThat(desk.open("/account/sessions").body()).contains("Firefox, Linux", "Safari, iPhone");
        desk.fill("/account/sessions", "/account/sessions/end");
        assertThat(phone.open("/account").statusCode()).isEqualTo(303);
        assertThat(desk.open("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyEndsTheSessionOfSomebodyElse() {
        var other = people.loggedIn("b@example.org", Grants.NONE);
        var person = people.loggedIn("a@example.org", Grants.NONE);
        person.fill(
                "/account",
                "/account/sessions/%s/end"
                        .formatted(people.text("select id from session where account_id = " + other.id)));
        assertThat(other.open("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void theDatabaseKnowsNeitherPasswordsNorTokens() {
        var person = people.person("a@example.org", Grants.NONE);
        person.login(PeopleScenario.PASSWORD);
        assertThat(people.text("select password from account where login = 'a@example.org'"))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(people.text("select octet_length(token_hash) from session")).isEqualTo("32");
    }

    @Test
    void theCookieIsForTheServerAlone() {
        var person = people.person("a@example.org", Grants.NONE);
        var answer = person.fill("/login", "/login", "login", "a@example.org", "password", PeopleScenario.PASSWORD);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Expires", "Domain"));
        assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("JSESSIONID");
    }

    @Test
    void aFormWithoutItsTokenOrWithThatOfAnotherIsRefused() {
        var person = people.loggedIn("a@example.org", Grants.NONE);
        var other = people.loggedIn("b@example.org", Grants.NONE);
        assertThat(person.send("/account", Map.of("name", "Neu", "mail", "a@example.org", "language", "de"))
                        .statusCode())
                .isEqualTo(403);
        String token = other.open("/account").body().replaceAll("(?s).*?name=\"_form\" value=\"([^\"]+)\".*", "$1");
        assertThat(person.send(
                                "/account",
                                Map.of("_form", token, "name", "Neu", "mail", "a@example.org", "language", "de"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.text("select string_agg(name, ',' order by id) from account"))
                .isEqualTo("Frau a,Frau b");
    }

    @Test
    void aSessionOfOneTownIsNothingInAnother() {
        var person = people.loggedIn("a@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        var elsewhere = new PeopleScenario(context, TestTown.create(cities, port)).somebody();
        elsewhere.cookies.put("session", person.session());
        assertThat(elsewhere.open("/people").statusCode()).isEqualTo(303);
    }
}
