package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@StadtkernTest
class PeopleTest extends TownWithAdmin {

    @Test
    void somebodyIsInvitedChoosesAPasswordAndLogsIn() {
        assertThat(admin.open("/people/new").body())
                .contains("Sprache der E-Mails an diese Person")
                .doesNotContain("E-Mails an Sie");
        var answer = admin.fill(
                "/people/new",
                "/people/new",
                "name",
                "Ole",
                "mail",
                "ole@example.org",
                "language",
                "de",
                "platform",
                "editor");
        String link = link(answer.body());
        var ole = people.somebody();
        assertThat(ole.open(link).body()).contains("Für Ole. Sie melden sich danach mit ole@example.org an.");
        assertThat(ole.where(
                        ole.fill(link, link, "password", PeopleScenario.PASSWORD, "repeated", PeopleScenario.PASSWORD)))
                .isEqualTo("303 /login");
        assertThat(ole.login("ole@example.org", PeopleScenario.PASSWORD)).isEqualTo("303 /account");
        assertThat(ole.open(link).statusCode()).isEqualTo(404);
        assertThat(ole.open("/people").statusCode()).isEqualTo(403);
        assertThat(admin.open("/people").body()).contains("Redaktion (Datenplattform)");
    }

    @Test
    void theListOfChangesIsSortedFilteredTurnedOverAndTakenHome() {
        people.execute("""
            insert into change (at, who, area, kind, subject, title, before, after, why)
            select timestamptz '2026-03-01 10:00Z' + n * interval '1 minute', 'Frau ' || chr(64 + n % 3 + 1), 'platform', 'probe', n::text,
              'Probe ' || n, jsonb_build_object('name', 'alt ' || n), jsonb_build_object('name', 'neu ' || n), ''
            from generate_series(1, 60) n
            """);
        people.execute("insert into change (who, area, kind, subject, title, after, why) values"
                + " ('system', 'schools', 'probe', 'x', 'Schule', '{\"name\": \"x\"}', 'Umbau')");
        assertThat(admin.open("/changes").body())
                .contains("61 Änderungen", "Seite 1 von 2", "Probe 60", ">Name<", "alt 60", "neu 60")
                .doesNotContain(">Probe 9 (probe)<")
                .containsSubsequence(">Zeit<", ">Von<", ">Geändert<");
        assertThat(admin.open("/changes?page=2").body()).contains(">Probe 9 (probe)<");
        assertThat(titles("/changes.csv?sort=at&q=probe"))
                .startsWith("Probe 1", "Probe 2")
                .hasSize(60);
        assertThat(titles("/changes.csv?sort=-who&q=probe")).startsWith("Probe 59", "Probe 56");
        assertThat(titles("/changes.csv?area=schools")).containsExactly("Schule");
        assertThat(titles("/changes.csv?q=UMBAU")).containsExactly("Schule");
        assertThat(admin.open("/changes.csv?q=probe+60").body())
                .isEqualTo("at,title,kind,differences,why,who,area\n"
                        + "2026-03-01T11:00:00Z,Probe 60,probe,Name: alt 60 → neu 60,,Frau A,platform\n");
        assertThat(admin.open("/changes?sort=differences").statusCode()).isEqualTo(400);
        assertThat(admin.open("/changes?q=nirgends").body()).contains("Nichts gefunden", "Alle zeigen");
    }

    private List<String> titles(String file) {
        return admin.open(file)
                .body()
                .lines()
                .skip(1)
                .map(line -> line.split(",")[1])
                .toList();
    }

    @Test
    void mailOfAllTimesIsFoundAndTakenHomeWithoutItsText() {
        people.execute("""
            insert into mail (recipient, subject, body, created_at)
            select 'p' || n || '@example.org', 'Nachricht ' || n, 'geheim', timestamptz '2026-03-01 10:00Z' + n * interval '1 minute'
            from generate_series(1, 120) n
            """);
        assertThat(admin.open("/mail").body()).contains("120 E-Mails", "Seite 1 von 3", "Nachricht 120");
        assertThat(admin.open("/mail?page=3").body()).contains(">Nachricht 1<");
        assertThat(admin.open("/mail?q=P77@").body()).contains("1 E-Mail", "Nachricht 77");
        assertThat(admin.open("/mail.csv?sort=at").body())
                .startsWith("at,recipient,subject,state\n2026-03-01T10:01:00Z,p1@example.org,Nachricht 1,")
                .doesNotContain("geheim");
    }

    @Test
    void aForgottenPasswordIsChosenAnewByMailAndTheAnswerTellsNothing() {
        var ole = people.person("ole@example.org", Grants.NONE);
        var known = ole.fill("/forgotten", "/forgotten", "mail", "Ole@example.org");
        var unknown = ole.fill("/forgotten", "/forgotten", "mail", "niemand@example.org");
        assertThat(ole.where(known)).isEqualTo(ole.where(unknown)).isEqualTo("303 /login");
        assertThat(ole.open("/login").body())
                .as("without a mail server nobody waits for a mail")
                .contains("liegt der Link bei der Administration bereit")
                .doesNotContain("eine E-Mail unterwegs");
        assertThat(ole.open("/forgotten").body())
                .contains("Diese Stadt verschickt keine E-Mails.", "href=\"/imprint\"");
        assertThat(people.text("select count(*) from mail")).isEqualTo("1");
        assertThat(admin.open("/mail").body()).contains("ole@example.org", "Neues Passwort", "/link/");
        var operator = people.loggedIn("op@example.org", Grants.of(Area.TOWN, Role.OPERATOR));
        assertThat(operator.open("/mail").body())
                .as("who is no admin becomes none by a link to one")
                .contains("ole@example.org", "Neues Passwort", "Den Text sehen nur")
                .doesNotContain("/link/");
        ole.fill("/forgotten", "/forgotten", "mail", "ole@example.org");
        assertThat(people.text("select count(*) from mail"))
                .as("nobody is buried in mails")
                .isEqualTo("1");
        String link = link(people.text("select body from mail"));
        ole.fill(link, link, "password", "ganz andere lange Worte", "repeated", "ganz andere lange Worte");
        assertThat(ole.login("ganz andere lange Worte")).isEqualTo("303 /account");
    }

    @Test
    void rightsAreGivenTakenAndGivenBackByUndo() {
        var ole = people.loggedIn("ole@example.org", Grants.NONE);
        String page = "/people/" + ole.id;
        assertThat(admin.where(admin.fill(page, page, "town", "operator", "active", "on", "why", "Urlaubsvertretung")))
                .isEqualTo("303 " + page);
        assertThat(ole.open("/mail").statusCode()).isEqualTo(200);
        assertThat(admin.open("/changes").body()).contains("Urlaubsvertretung", "Betrieb", "Frau admin");
        String change = people.text("select max(id) from change");
        assertThat(admin.where(admin.fill("/changes", "/changes/" + change + "/undo")))
                .isEqualTo("303 /changes");
        assertThat(ole.open("/mail").statusCode()).isEqualTo(403);
        assertThat(admin.fill("/changes", "/changes/" + change + "/undo").statusCode())
                .isEqualTo(409);
    }

    @Test
    void whoeverIsDeactivatedIsOutAtOnceAndStaysInTheList() {
        var ole = people.loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.EDITOR));
        String page = "/people/" + ole.id;
        admin.fill(page, page, "town", "editor");
        assertThat(ole.open("/account").statusCode()).isEqualTo(303);
        assertThat(ole.login(PeopleScenario.PASSWORD)).startsWith("422");
        assertThat(admin.open("/people").body()).contains("ole@example.org", "deaktiviert");
    }

    @Test
    void theLastAdminStays() {
        String page = "/people/" + admin.id;
        assertThat(admin.where(admin.fill(page, page, "town", "", "active", "on")))
                .startsWith("422 town: Das ist die letzte Person");
        assertThat(admin.where(admin.fill(page, page, "town", "admin")))
                .startsWith("422 active: Das ist die letzte Person");
    }

    @Test
    void theProfileKeepsWhatWasTypedWhenSomethingIsWrong() {
        people.person("ole@example.org", Grants.NONE);
        var answer = admin.fill(
                "/account",
                "/account",
                "name",
                "Neuer Name",
                "mail",
                "ole@example.org",
                "current",
                PeopleScenario.PASSWORD,
                "language",
                "de");
        assertThat(admin.where(answer)).isEqualTo("422 mail: Diese Adresse gehört schon zu einem Konto.");
        assertThat(answer.body())
                .contains("value=\"Neuer Name\"", "Eine Angabe stimmt noch nicht", "aria-invalid=\"true\"");
    }

    @Test
    void anotherMailAddressNeedsThePasswordAndTheOldOneIsTold() {
        String login = people.text("select login from account order by id limit 1");
        String[] wish = {"name", "Neuer Name", "mail", "neu@example.org", "language", "de"};
        assertThat(admin.where(admin.fill("/account", "/account", wish)))
                .isEqualTo("422 current: Das ist nicht das bisherige Passwort.");
        assertThat(people.text("select login from account order by id limit 1")).isEqualTo(login);

        var withPassword = new ArrayList<>(List.of(wish));
        withPassword.addAll(List.of("current", PeopleScenario.PASSWORD));
        assertThat(admin.where(admin.fill("/account", "/account", withPassword.toArray(String[]::new))))
                .isEqualTo("303 /account");
        assertThat(people.text("select recipient || body from mail order by id desc limit 1"))
                .startsWith(login)
                .contains("neu@example.org");
    }

    @Test
    void guessingThePresentPasswordIsSlowedDownWhereverItIsAsked() {
        for (int empty = 0; empty < 10; empty++) {
            assertThat(changePassword("")).isEqualTo("422 current: Das ist nicht das bisherige Passwort.");
        }
        assertThat(people.text("select count(*) from login_failure"))
                .as("nothing typed is no try")
                .isEqualTo("0");
        for (int guess = 0; guess < 3; guess++) {
            assertThat(changePassword("geraten " + guess)).startsWith("422 current: Das ist nicht");
            assertThat(changeMail("geraten, anders " + guess)).startsWith("422 current: Das ist nicht");
        }
        assertThat(people.text("select failures from login_failure"))
                .as("though each refusal took its transaction back")
                .isEqualTo("6");
        assertThat(changePassword(PeopleScenario.PASSWORD)).startsWith("422 current: Zu viele Versuche.");
        assertThat(changeMail(PeopleScenario.PASSWORD)).startsWith("422 current: Zu viele Versuche.");
        assertThat(admin.where(
                        admin.fill("/account", "/account/second-factor/remove", "current", PeopleScenario.PASSWORD)))
                .isEqualTo("422");
        assertThat(admin.anotherDevice().login(PeopleScenario.PASSWORD))
                .as("its owner is not locked out")
                .isEqualTo("303 /account");
        people.execute("update login_failure set blocked_until = now()");
        assertThat(changePassword(PeopleScenario.PASSWORD)).isEqualTo("303 /account/password");
        assertThat(people.text("select count(*) from login_failure")).isEqualTo("0");
    }

    private String changePassword(String current) {
        String page = "/account/password";
        return admin.where(admin.fill(
                page,
                page,
                "current",
                current,
                "password",
                "ganz andere lange Worte",
                "repeated",
                "ganz andere lange Worte"));
    }

    private String changeMail(String current) {
        return admin.where(admin.fill(
                "/account",
                "/account",
                "name",
                "Neuer Name",
                "mail",
                "neu@example.org",
                "language",
                "de",
                "current",
                current));
    }

    @Test
    void eachFormOfAFirstVisitIsAccepted() {
        for (int form = 0; form < 2; form++) {
            var visitor = people.somebody();
            List<String> tokens = visitor.tokens("/test/forms");
            assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
            assertThat(visitor.where(
                            visitor.send("/login", Map.of("_form", tokens.get(form), "login", "x", "password", "y"))))
                    .as("form %d", form)
                    .isEqualTo("422 login: Name oder Passwort stimmt nicht.");
        }
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        var phone = admin.anotherDevice();
        phone.login(PeopleScenario.PASSWORD);
        assertThat(admin.where(admin.fill(
                        "/account/password",
                        "/account/password",
                        "current",
                        PeopleScenario.PASSWORD,
                        "password",
                        "ganz andere lange Worte",
                        "repeated",
                        "ganz andere lange Worte")))
                .isEqualTo("303 /account/password");
        assertThat(phone.open("/account").statusCode()).isEqualTo(303);
        assertThat(admin.open("/account").statusCode()).isEqualTo(200);
    }

    private static String link(String text) {
        var link = Pattern.compile("/link/[A-Za-z0-9_-]{43}").matcher(text);
        assertThat(link.find()).isTrue();
        return link.group();
    }
}
