package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Every form a page shows, filled in with nonsense: the answer is a message or a page, never a failure of ours, and
/// nothing that was typed comes back as markup.
@StadtkernTest
class FormFuzzTest {

    private static final int ROUNDS = 12;
    private static final List<String> PAGES = List.of(
            "/login",
            "/login?next=/account",
            "/login/code",
            "/login/passkey",
            "/forgotten",
            "/account",
            "/account/passkeys",
            "/account/password",
            "/account/second-factor",
            "/account/sessions",
            "/people/new",
            "/people/OTHER",
            "/keys",
            "/providers",
            "/providers/0",
            "/imports",
            "/imports/mappings",
            "/watches",
            "/begin",
            "/changes",
            "/mail");
    private static final List<String> NONSENSE = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b@example.org",
            "\ud800",
            "<script>alert(1)</script>",
            "\"><img src=x>",
            "' or 1=1 --",
            "${7*7}",
            "\r\nBcc: x@example.org",
            "name@example.org",
            "-1",
            "99999999999999999999",
            "admin",
            "platform",
            "on",
            "\u202e\u0301😀",
            "x".repeat(5_000),
            "../../etc/passwd",
            "https://example.org",
            "ä".repeat(200));
    private static final Pattern FORM =
            Pattern.compile("(?s)<form[^>]*method=\"post\"[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>");
    private static final Pattern NAME = Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([^\"]+)\"");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void noFormEverFails() {
        PeopleScenario people = new PeopleScenario(context, TestTown.create(cities, port));
        PeopleScenario.Browser admin = people.loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        PeopleScenario.Browser other = people.person("other@example.org", Grants.NONE);
        Random random = new Random(20261123);
        List<String> failures = new ArrayList<>();
        int sent = 0;
        for (String path : PAGES) {
            for (int round = 0; round < ROUNDS; round++) {
                // Anonymous where a page is for everybody: a login as somebody would change the session.
                PeopleScenario.Browser browser = path.startsWith("/login") || path.equals("/forgotten")
                        ? people.somebody()
                        : people.again(admin);
                String page = browser.open(path.replace("OTHER", String.valueOf(other.id)))
                        .body();
                for (Matcher form = FORM.matcher(page); form.find(); ) {
                    // A form with a file carries its token in the address and is tried with the files.
                    if (form.group(1).equals("/logout") || form.group(1).contains("_form=")) {
                        continue;
                    }
                    Map<String, String> values = new HashMap<>();
                    for (Matcher field = NAME.matcher(form.group(2)); field.find(); ) {
                        values.put(field.group(1), NONSENSE.get(random.nextInt(NONSENSE.size())));
                    }
                    Matcher token =
                            Pattern.compile("name=\"_form\" value=\"([^\"]+)\"").matcher(form.group(2));
                    assertThat(token.find()).as("token of %s", form.group(1)).isTrue();
                    values.put("_form", token.group(1));
                    HttpResponse<String> answer = browser.send(form.group(1), values);
                    sent++;
                    if (answer.statusCode() >= 500
                            || answer.body().contains("<script>alert")
                            || answer.body().contains("<img src=x>")) {
                        failures.add("%d at %s with %s".formatted(answer.statusCode(), form.group(1), values));
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(sent).isGreaterThan(100);
    }
}
