package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lists that admins and people of themselves see are one table: sorted, searched, turned over and taken home.
@StadtkernTest
class PeopleListsTest extends TownWithAdmin {

    @Test
    void peopleAreTurnedOverSearchedAndSorted() {
        people.execute("""
            insert into account (login, name, password, must_change, language, last_login_at)
            select 'p' || n || '@example.org', 'Person ' || lpad(n::text, 2, '0'), '', false, 'de',
              case when n > 1 then timestamptz '2026-03-01 10:00Z' + n * interval '1 hour' end
            from generate_series(1, 60) n
            """);
        assertThat(admin.open("/people").body()).contains("61 Personen", "Seite 1 von 2", "rel=\"next\"");
        assertThat(admin.open("/people?sort=name&page=2").body())
                .contains(">Person 60<")
                .doesNotContain(">Person 01<");
        assertThat(admin.open("/people?q=P17@").body()).contains("1 Person<", ">Person 17<", "Alle zeigen");
        assertThat(admin.open("/people?q=Administration").body()).contains("1 Person<", "admin@example.org");
        assertThat(admin.open("/people?q=Einhorn").body()).contains("Nichts gefunden");
        assertThat(column("/people.csv?sort=-last-login&q=Person", 0))
                .startsWith("Person 60")
                .endsWith("Person 01");
        assertThat(admin.open("/people?sort=colour").statusCode()).isEqualTo(400);
        assertThat(admin.open("/people?page=viele").statusCode()).isEqualTo(200);
    }

    @Test
    void aFileSaysWhatThePageSays() {
        people.person("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        people.execute("update account set deactivated_at = now() where login = 'ole@example.org'");
        assertThat(admin.open("/people.csv?q=ole").body())
                .isEqualTo("name,mail,roles,state,factor,last-login\n"
                        + "Frau ole,ole@example.org,Redaktion (Datenplattform),deaktiviert,nein,\n");
    }

    @Test
    void keysAreListedWithoutWhatTheyAreAndTheirFileWithoutItToo() {
        key("Zähler am Markt");
        key("Wetterdienst");
        assertThat(column("/keys.csv?sort=name", 0)).containsExactly("Wetterdienst", "Zähler am Markt");
        assertThat(admin.open("/keys?q=markt").body())
                .contains("1 Schlüssel<", "Zähler am Markt", "gültig", "/revoke")
                .doesNotContain("Wetterdienst");
        String id = people.text("select id from api_key where name = 'Wetterdienst'");
        assertThat(admin.where(admin.fill("/keys", "/keys/" + id + "/revoke"))).isEqualTo("303 /keys");
        assertThat(admin.open("/keys?q=wetter").body()).contains("gesperrt").doesNotContain("/revoke");
        assertThat(admin.open("/keys.csv?q=wetter").body())
                .startsWith("name,state,allows,start,used,expires,made,by\n")
                .contains("Wetterdienst,gesperrt,\"Datenplattform, Redaktion\",stadtkern_", "Frau admin")
                .doesNotContain("…");
    }

    private void key(String name) {
        admin.fill("/keys", "/keys", "name", name, "area", "platform", "role", "editor", "days", "30");
    }

    @Test
    void sessionsAreOnesOwn() {
        people.loggedIn("ole@example.org", Grants.NONE);
        people.again(admin);
        assertThat(admin.open("/account/sessions").body()).contains("2 Sitzungen", "diese Sitzung", "/end\"");
        assertThat(column("/account/sessions.csv", 4)).containsExactlyInAnyOrder("diese Sitzung", "andere Sitzung");
        admin.fill("/account/sessions", "/account/sessions/" + ended() + "/end");
        assertThat(admin.open("/account/sessions").body())
                .contains("1 Sitzung<")
                .doesNotContain("/end\"");
    }

    /// The one session of the admin in which the test is not.
    private String ended() {
        String page = admin.open("/account/sessions").body();
        return page.replaceAll("(?s).*action=\"/account/sessions/(\\d+)/end\".*", "$1");
    }

    @Test
    void loginProvidersAreListedWithTheirRedirectAddressAndWithoutTheirSecret() {
        people.execute(
                "insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)"
                        + " values ('Rathaus', 'https://login.example.org', 'stadtkern', 'geheim-x', '', '', false)");
        assertThat(admin.open("/providers").body())
                .contains("1 Anmeldedienst<", "Rathaus", "nicht angeboten")
                .doesNotContain("geheim-x");
        assertThat(admin.open("/providers.csv").body())
                .startsWith("name,state,issuer,back\nRathaus,nicht angeboten,https://login.example.org,http://")
                .endsWith("/back\n")
                .doesNotContain("geheim-x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/people", "/keys", "/account/sessions", "/providers"})
    void everyListIsTakenHomeInEachKindAndByNobodyElse(String path) {
        assertThat(admin.open(path + ".excel.csv").headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(said -> assertThat(said).matches("attachment; filename=\"[a-z]+\\.excel\\.csv\""));
        assertThat(admin.open(path + ".xlsx").body()).startsWith("PK");
        assertThat(admin.open(path + ".doc").statusCode()).isEqualTo(404);
        assertThat(people.somebody().open(path + ".csv").statusCode()).isEqualTo(303);
        if (!path.startsWith("/account")) {
            var operator = people.loggedIn("op@example.org", Grants.of(Area.TOWN, Role.OPERATOR));
            assertThat(operator.open(path + ".csv").statusCode()).isEqualTo(403);
        }
    }

    private List<String> column(String file, int number) {
        return admin.open(file)
                .body()
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1)[number])
                .toList();
    }
}
