package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@StadtkernTest
class SecondFactorTest extends TownWithPeople {

    private static final String WRONG = "422 code: Dieser Code stimmt nicht oder nicht mehr.";

    private PeopleScenario.Browser person;

    @BeforeEach
    void somebodyInATown() {
        person = people.person("a@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        person.login(PeopleScenario.PASSWORD);
    }

    /// RFC 6238, appendix B: the last six of its eight digits.
    @Test
    void codesAreThoseOfTheStandard() {
        byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        assertThat(List.of(59L, 1111111109L, 1234567890L, 20000000000L).stream()
                        .map(second -> Totp.code(secret, Instant.ofEpochSecond(second))))
                .containsExactly("287082", "081804", "005924", "353130");
        assertThat(Totp.base32(secret)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    @Test
    void onceSetUpALoginAsksForACodeAndEachCodeIsGoodOnce() {
        setUp();
        var phone = person.anotherDevice();
        assertThat(phone.login(PeopleScenario.PASSWORD)).isEqualTo("303 /login/code?next=%2Faccount");
        assertThat(phone.where(phone.open("/people"))).isEqualTo("303 /login?next=%2Fpeople");
        assertThat(phone.where(phone.fill("/login/code", "/login/code", "code", "000000")))
                .isEqualTo(WRONG);
        String code = freshCode();
        assertThat(phone.where(phone.fill("/login/code", "/login/code", "code", code)))
                .isEqualTo("303 /account");
        assertThat(phone.open("/people").statusCode()).isEqualTo(200);
        var again = person.anotherDevice();
        again.login(PeopleScenario.PASSWORD);
        assertThat(again.where(again.fill("/login/code", "/login/code", "code", code)))
                .isEqualTo(WRONG);
    }

    @Test
    void aRecoveryCodeIsGoodOnceInPlaceOfTheApp() {
        String code = setUp().getFirst();
        var phone = person.anotherDevice();
        phone.login(PeopleScenario.PASSWORD);
        assertThat(phone.where(
                        phone.fill("/login/code", "/login/code", "code", code.toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo("303 /account");
        var again = person.anotherDevice();
        again.login(PeopleScenario.PASSWORD);
        assertThat(again.where(again.fill("/login/code", "/login/code", "code", code)))
                .isEqualTo(WRONG);
    }

    @Test
    void guessingCodesIsSlowedDown() {
        setUp();
        var phone = person.anotherDevice();
        phone.login(PeopleScenario.PASSWORD);
        String answer = "";
        for (int guess = 0; guess < 8; guess++) {
            answer = phone.where(phone.fill("/login/code", "/login/code", "code", "00000" + guess));
        }
        assertThat(answer).startsWith("422 code: Zu viele Versuche.");
    }

    @Test
    void itIsTakenAwayByPasswordOrByAnAdmin() {
        setUp();
        assertThat(person.where(person.fill(
                        "/account/second-factor", "/account/second-factor/remove", "current", "nicht das Passwort")))
                .startsWith("422 current: ");
        person.fill("/account/second-factor", "/account/second-factor/remove", "current", PeopleScenario.PASSWORD);
        assertThat(person.anotherDevice().login(PeopleScenario.PASSWORD)).isEqualTo("303 /account");
        setUp();
        var admin = people.loggedIn("b@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        admin.fill("/people/" + person.id, "/people/%d/second-factor/remove".formatted(person.id));
        assertThat(person.anotherDevice().login(PeopleScenario.PASSWORD)).isEqualTo("303 /account");
    }

    /// @return the codes on paper
    private List<String> setUp() {
        person.fill("/account/second-factor", "/account/second-factor/begin");
        String page = person.fill("/account/second-factor", "/account/second-factor", "code", freshCode())
                .body();
        return Pattern.compile("<li><code>([a-z0-9]{12})</code>")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private String freshCode() {
        people.execute("update totp set last_step = 0");
        byte[] secret = HexFormat.of().parseHex(people.text("select encode(secret, 'hex') from totp"));
        return Totp.code(secret, Instant.now());
    }
}
