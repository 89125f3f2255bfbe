package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/// The page of outgoing mail where there is a mail server, which the other tests have not.
@StadtkernTest
@TestPropertySource(
        properties = {
            "stadtkern.mail.host=127.0.0.1",
            "stadtkern.mail.port=1",
            "stadtkern.mail.security=none",
            "stadtkern.mail.from=stadt@example.org"
        })
class MailInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void whatIsSentWaitsFailsAndIsGivenUpIsToldApart() {
        TestTown town = TestTown.create(cities, port);
        PeopleScenario people = new PeopleScenario(context, town);
        people.execute("""
            insert into mail (recipient, subject, body, attempts, next_at, sent_at, failure) values
              ('a@example.org', 'Angekommen', '', 1, null, now(), ''),
              ('b@example.org', 'Wartet', 'x', 0, now() + interval '1 day', null, ''),
              ('c@example.org', 'Wird wieder versucht', 'x', 2, now() + interval '1 day', null, 'Connection to mail.example.org refused'),
              ('d@example.org', 'Aufgegeben', 'x', 7, null, null, '550 mailbox of somebody with a very long name unavailable')
            """);
        String session = people.loggedIn("olga@example.org", Grants.of(Area.TOWN, Role.OPERATOR))
                .session();
        String address = "http://%s.localhost:%d/mail".formatted(town.city().slug(), port);
        for (Look look : Look.two(1)) {
            try (BrowserContext browser = TestBrowser.get().newContext(look.context())) {
                browser.addCookies(java.util.List.of(new Cookie("session", session).setUrl(address)));
                Page page = browser.newPage();
                page.navigate(address);
                assertThat(page.locator("form[action$='/retry']").count()).isEqualTo(3);
                PageCheck.of(page, "people-mail-sending-" + look);
            }
        }
    }
}
