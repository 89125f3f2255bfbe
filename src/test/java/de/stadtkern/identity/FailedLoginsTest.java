package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Admins see which logins failed, nobody what was typed.
@StadtkernTest
class FailedLoginsTest extends TownWithAdmin {

    private static final String SLIP = "mein liebstes Passwort";

    private PeopleScenario.Browser somebody;

    @BeforeEach
    void aTownWithAnAdmin() {
        people.person("ole@example.org", Grants.NONE);
        somebody = people.somebody();
    }

    @Test
    void aWrongPasswordIsListedWithTheAccountAndAWrongNameWithoutTheName() {
        somebody.login("Ole@example.org", "daneben gegriffen");
        somebody.login(SLIP, "x");
        assertThat(seen()).isEqualTo("unbekannter Name,kein solches Konto | Frau ole,falsches Passwort");
        assertThat(admin.open("/failed-logins").body())
                .contains("127.0.0.0/24", "2 gescheiterte Anmeldungen", "Frau ole, ole@example.org")
                .doesNotContain(SLIP, "daneben");
        assertThat(admin.open("/failed-logins?q=ole").body()).contains("1 gescheiterte Anmeldung<");
        assertThat(people.text("select string_agg(failed_login::text, ' ') from failed_login"))
                .doesNotContain(SLIP, "daneben", "127.0.0.1");
    }

    @Test
    void whyItFailedIsSaid() {
        people.execute("update account set deactivated_at = now() where login = 'ole@example.org'");
        somebody.login("ole@example.org", PeopleScenario.PASSWORD);
        people.execute("update account set deactivated_at = null, password = null where login = 'ole@example.org'");
        somebody.login("ole@example.org", PeopleScenario.PASSWORD);
        for (int guess = 0; guess < 7; guess++) {
            somebody.login("admin@example.org", "geraten");
        }
        assertThat(seen())
                .isEqualTo("Frau admin,zu viele Versuche | Frau admin,falsches Passwort"
                        + " | Frau ole,noch kein Passwort gewählt | Frau ole,Konto deaktiviert");
    }

    @Test
    void aWrongCodeAfterTheRightPasswordIsListed() {
        var ole = people.loggedIn("erika@example.org", Grants.NONE);
        ole.fill("/account/second-factor", "/account/second-factor/begin");
        ole.fill("/account/second-factor", "/account/second-factor", "code", people.code(ole));
        var elsewhere = people.somebody();
        elsewhere.login("erika@example.org", PeopleScenario.PASSWORD);
        elsewhere.fill("/login/code", "/login/code", "code", "abc");
        assertThat(seen()).isEqualTo("Frau erika,falscher Code nach dem Passwort");
    }

    @Test
    void aPasskeyThatIsNotAcceptedIsListed() {
        somebody.fill("/login/passkey", "/login/passkey", "credential", "{}");
        assertThat(seen()).isEqualTo("unbekannter Name,Passkey nicht angenommen");
    }

    @Test
    void theSameAgainWithinAMinuteIsOneEntry() {
        for (int guess = 0; guess < 3; guess++) {
            somebody.login("ole@example.org", "geraten");
        }
        people.execute("update failed_login set at = at - interval '2 minutes'");
        somebody.login("ole@example.org", "geraten");
        assertThat(people.text("select string_agg(times::text, ' ' order by id) from failed_login"))
                .isEqualTo("3 1");
    }

    @Test
    void thereIsAnEndToEachAndAFileOfAll() {
        people.execute("""
            insert into failed_login (at, account_id, network, reason) select now() - n * interval '1 day', %d, '203.0.113.0/24', 'password'
            from generate_series(1, 40) n
            """.formatted(admin.id));
        town.in(() -> {
            context.getBean(IdentityCleaning.class).run();
            return true;
        });
        assertThat(people.text("select count(*) from failed_login")).isEqualTo("29");
        people.execute(
                "insert into failed_login (network, reason) select 'x' || n, 'name' from generate_series(1, 60) n");
        assertThat(admin.open("/failed-logins").body()).contains("Seite 1 von 2", "Nach 30 Tagen", "rel=\"next\"");
        assertThat(admin.open("/failed-logins.csv?q=203.0&sort=at").body())
                .startsWith("at,who,reason,network,times\n")
                .contains(",Frau admin,falsches Passwort,203.0.113.0/24,1\n")
                .hasLineCount(30);
        assertThat(admin.open("/failed-logins?sort=reason").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.77, 203.0.113.0/24", "2001:db8:1:2:3:4:5:6, 2001:db8:1::/48", "::1, 0::/48", "unix:, ''"})
    void ofAnAddressTheNetworkIsKept(String address, String network) {
        assertThat(FailedLogins.network(address)).isEqualTo(network);
    }

    /// Whose and why, the newest first.
    private String seen() {
        return admin.open("/failed-logins.csv?sort=-at")
                .body()
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> cells[1] + "," + cells[2])
                .collect(Collectors.joining(" | "));
    }
}
