package de.stadtkern.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensors.MeasuredTown;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

/// Every form of every page, filled in with nonsense: the answer is a message or a page, never a failure of ours, and
/// nothing that was typed comes back as markup.
@StadtkernTest
class FormFuzzTest {

    private static final int ROUNDS = 20;

    /// Pages that an address of the table stands for, and those that show another form when asked differently.
    private static final List<String> PAGES = List.of(
            "/login?next=/account",
            "/people/OTHER",
            "/providers/0",
            "/sensors/1-markt",
            "/sensors/1/edit",
            "/datastreams/1-passanten",
            "/datastreams/1/edit",
            "/data-sets/1",
            "/watches/new?datastream=1",
            "/watches/1",
            "/explorer?set=Things",
            "/blocks?removed=1");

    /// What would end the test or what it looks at, and works that have no fields.
    private static final Pattern LEFT_OUT = Pattern.compile("/logout|.*/delete|/operation/.*|/account/sessions/.*");

    private static final Pattern ROUTE = Pattern.compile("\\| GET \\| `(/[^{}*`]*)` \\|");
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
    private static final Pattern FORM = Pattern.compile("(?s)<form([^>]*)>(.*?)</form>");
    private static final Pattern ACTION = Pattern.compile(" action=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"_form\" value=\"([^\"]+)\"");
    private static final Pattern FIELD =
            Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([^\"]+)\"(?: value=\"([^\"]*)\")?");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final Random random = new Random(20261123);
    private final List<String> failures = new ArrayList<>();
    private final Set<String> actions = new TreeSet<>();
    private int posted;
    private int asked;

    /// @param action  where it leads
    /// @param content its fields
    private record Sheet(String action, boolean post, String content) {}

    @Test
    void noFormEverFails() throws IOException {
        TestTown town = TestTown.create(cities, port);
        new MeasuredTown(context, town)
                .point("Markt")
                .at(11.5872, 50.9253)
                .counts("Passanten", "Personen")
                .hours(Instant.now(), 30);
        PeopleScenario people = new PeopleScenario(context, town);
        PeopleScenario.Browser admin = people.loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        PeopleScenario.Browser other = people.person("other@example.org", Grants.NONE);
        String set = "/data-sets/new";
        String watch = "/watches/new?datastream=1";
        assertThat(List.of(
                        admin.where(admin.fill(set, set, "name", "Innen", "description", "x", "openness", "internal")),
                        admin.where(admin.fill(
                                watch,
                                watch,
                                "name",
                                "Wache",
                                "kind",
                                "limit",
                                "above",
                                "9",
                                "lasting",
                                "PT0S",
                                "silence",
                                "3",
                                "factor",
                                "3",
                                "mails",
                                "o@example.org"))))
                .containsExactly("303 /data-sets", "303 /watches/1");
        for (String path : pages()) {
            for (int round = 0; round < ROUNDS; round++) {
                // Anonymous where a page is for everybody: a login as somebody would change the session.
                PeopleScenario.Browser browser = path.startsWith("/login") || path.equals("/forgotten")
                        ? people.somebody()
                        : people.again(admin);
                String address = path.replace("OTHER", String.valueOf(other.id));
                for (Sheet sheet : sheets(address, browser.open(address))) {
                    Map<String, String> values = filledIn(sheet);
                    // What has nothing to fill in is sent once.
                    if (round == 0 || values.size() > 1) {
                        look(sheet, values, send(browser, sheet, values));
                    }
                }
            }
        }
        assertThat(actions)
                .contains(
                        "/blocks", "/explorer", "/sensors/1/edit", "/datastreams/1/edit", "/data-sets/1", "/watches/1");
        assertThat(failures).isEmpty();
        assertThat(posted).isGreaterThan(300);
        assertThat(asked).isGreaterThan(50);
    }

    private static Set<String> pages() throws IOException {
        // These first: on the page of all changes somebody takes back what they are about.
        Set<String> pages = new LinkedHashSet<>(PAGES);
        for (Matcher route = ROUTE.matcher(Files.readString(Path.of("docs/routes.md"))); route.find(); ) {
            pages.add(route.group(1));
        }
        return pages;
    }

    private static List<Sheet> sheets(String address, HttpResponse<String> page) {
        List<Sheet> sheets = new ArrayList<>();
        String type = page.headers().firstValue("Content-Type").orElse("");
        for (Matcher form = FORM.matcher(type.startsWith("text/html") ? page.body() : ""); form.find(); ) {
            Matcher action = ACTION.matcher(form.group(1));
            String to = action.find() ? action.group(1) : address.replaceAll("\\?.*", "");
            // A form with a file carries its token in the address and is tried with the files; each page has the
            // search.
            if (!LEFT_OUT.matcher(to).matches()
                    && !to.contains("_form=")
                    && !(to.equals("/search") && !address.equals(to))) {
                sheets.add(new Sheet(to, form.group(1).contains("method=\"post\""), form.group(2)));
            }
        }
        return sheets;
    }

    /// Each field with nonsense, or now and then as the page has it: so the others are looked at too.
    private Map<String, String> filledIn(Sheet sheet) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Matcher field = FIELD.matcher(sheet.content()); field.find(); ) {
            boolean isKept = field.group(2) != null && random.nextInt(3) == 0;
            values.put(
                    field.group(1),
                    isKept ? HtmlUtils.htmlUnescape(field.group(2)) : NONSENSE.get(random.nextInt(NONSENSE.size())));
        }
        if (sheet.post()) {
            Matcher token = TOKEN.matcher(sheet.content());
            assertThat(token.find()).as("token of %s", sheet.action()).isTrue();
            values.put("_form", token.group(1));
        }
        return values;
    }

    private HttpResponse<String> send(PeopleScenario.Browser browser, Sheet sheet, Map<String, String> values) {
        actions.add(sheet.action());
        if (sheet.post()) {
            posted++;
            return browser.send(sheet.action(), values);
        }
        asked++;
        return browser.open(sheet.action() + "?"
                + values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + URLEncoder.encode(shortened(value.getValue()), UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /// An address longer than a few kilobytes reaches no page.
    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private void look(Sheet sheet, Map<String, String> values, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500
                || answer.body().contains("<script>alert")
                || answer.body().contains("<img src=x>")
                || answer.body().contains("\tat de.stadtkern")) {
            failures.add("%d at %s with %s".formatted(answer.statusCode(), sheet.action(), values));
        }
    }
}
