package de.stadtkern.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
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
    private static final int FIELDS = 12;

    /// Pages that an address of the table stands for, and those that show another form when asked differently.
    private static final List<String> PAGES = List.of(
            "/login?next=/account",
            "/people/OTHER",
            "/providers/0",
            "/providers/1",
            "/link/TOKEN",
            "/imports/DRAFT",
            "/imports/mappings/1",
            "/sensors/1-markt",
            "/sensors/1/edit",
            "/datastreams/1-passanten",
            "/datastreams/1/edit",
            "/data-sets/1",
            "/watches/new?datastream=1",
            "/watches/1",
            "/sources/new/webhook",
            "/sources/new/pull",
            "/sources/new/mqtt",
            "/sources/datei",
            "/sources/datei/edit",
            "/counters/new?thing=2",
            "/counters/1",
            "/counters/1/count",
            "/counters/1/opening",
            "/counters/1/documents",
            "/explorer?set=Things",
            "/knowledge/new/text",
            "/knowledge/new/faq",
            "/knowledge/new/web",
            "/knowledge/new/calendar",
            "/knowledge/merkblaetter",
            "/knowledge/merkblaetter/edit",
            "/knowledge/merkblaetter/texts/1/edit",
            "/answers/1",
            "/blocks?removed=1");

    /// Whoever made the second factor a duty may do nothing else before they have one.
    private static final String LAST = "/town/login";

    /// What would end the test or what it looks at, and works that have no fields.
    private static final Pattern LEFT_OUT =
            Pattern.compile("/logout|.*/delete|.*/discard|/operation/.*|/account/sessions/.*");

    /// What programs send, and scripts for a passkey.
    private static final Pattern WITHOUT_A_FORM = Pattern.compile("/(sta|api)/.*|.*/begin|/sources/\\{slug}");

    private static final Pattern POST = Pattern.compile("\\| POST \\| `(/[^`]*)` \\|");
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
    /// What files hold: nothing, nonsense, and what is nearly right.
    private static final List<String> FILES = List.of(
            "",
            "\u0000\u0001\u0002",
            "Zeit;Anzahl\n01.05.2026 10:00;112\n",
            "Zeit;Anzahl\n\"01.05.2026",
            ";;;;\n\n\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>",
            "<svg viewBox=\"0 0 x 1\">",
            "\u0089PNG\r\n\u001a\n",
            "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"geometry\": null}]}",
            "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {\"name\":"
                    + " \"<img src=x>\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[11.5, 50.9], [11.6,"
                    + " 50.9], [11.6, 51.0], [11.5, 50.9]]]}}]}",
            "[[[[[[[[[[[[[[[[[[[[[[[[",
            "ä".repeat(50_000));
    private static final Pattern FORM = Pattern.compile("(?s)<form([^>]*)>(.*?)</form>");
    private static final Pattern ACTION = Pattern.compile(" action=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"_form\" value=\"([^\"]+)\"");
    private static final Pattern FIELD =
            Pattern.compile("<(input|select|textarea|button)[^>]* name=\"([^\"]+)\"(?: value=\"([^\"]*)\")?");
    private static final Pattern FILE = Pattern.compile("<input[^>]* type=\"file\"[^>]* name=\"([^\"]+)\"");
    private static final Pattern TEXTS = Pattern.compile("action=\"(/knowledge/[^\"]+/upload[^\"]*)\"");
    private static final Pattern UPLOAD = Pattern.compile("action=\"(/imports\\?_form=[^\"]+)\"");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final Random random = new Random(20261123);
    private final List<String> failures = new ArrayList<>();
    private final Set<String> actions = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<Integer> answered = new TreeSet<>();
    private int posted;
    private int asked;

    /// @param action  where it leads
    /// @param content its fields
    private record Sheet(String action, boolean post, String content) {

        /// A form with a file carries its token in the address.
        boolean hasFile() {
            return action.contains("_form=");
        }

        String path() {
            return action.replaceAll("\\?.*", "");
        }
    }

    @Test
    void noFormEverFails() throws IOException {
        TestTown town = TestTown.of(
                cities.create(NewCity.named("formulare-" + Long.toString(System.nanoTime(), 36), "Formulare")
                        .withLegal(Map.of("mail", "post@formulare.example"))),
                port);
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
        String counter = "/counters/new?thing=1";
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
                                "o@example.org")),
                        admin.where(admin.fill(
                                counter, counter, "name", "Markt", "slug", "markt", "role-1", "total", "shown", "on"))))
                .containsExactly("303 /data-sets", "303 /watches/1", "303 /counters/1");
        String texts = "/knowledge/new/text";
        assertThat(admin.where(admin.fill(texts, texts, "name", "Merkblätter", "audience", "public", "language", "de")))
                .isEqualTo("303 /knowledge/merkblaetter");
        Matcher upload = TEXTS.matcher(admin.open("/knowledge/merkblaetter").body());
        assertThat(upload.find()).isTrue();
        admin.upload(upload.group(1), "file", "hund.md", "# Hund anmelden\n\nBinnen zwei Wochen.".getBytes(UTF_8));
        String answers = "/answers/new";
        assertThat(admin.where(admin.fill(answers, answers, "question", "Wo ist das Rathaus?", "german", "Am Markt.")))
                .startsWith("303 /answers");
        people.execute("insert into thing (name, description) values ('Zweiter', '')");
        people.execute(
                "insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)"
                        + " values ('Rathaus', 'https://login.example.org', 'x', 'x', '', '', true)");
        people.execute("""
            insert into source (slug, name, kind, mapping) values ('datei', 'Datei', 'file', 'name: Datei')
            """);
        people.execute("insert into source_run (source_id) select id from source");
        people.execute("""
            insert into import_mapping (name, mapping, changed_by) values ('Zählung',
            'time:
              column: Zeit
              format: dd.MM.yyyy HH:mm
              zone: Europe/Berlin
            point:
              key: markt
              name: Marktplatz
            values:
              - column: Anzahl
                name: Personen
                unit: {name: Personen}
                property: {name: Menschen, aggregation: sum}
            ', 'system')
            """);
        other.fill("/forgotten", "/forgotten", "mail", "other@example.org");
        String link = people.text("select substring(body from '/link/([A-Za-z0-9_-]{43})') from mail");
        for (String path : pages()) {
            walk(path, people, admin, other, link);
        }
        assertThat(unmet().stream().filter(route -> !route.equals(LAST)).toList())
                .hasSizeBetween(1, 40)
                .allSatisfy(route -> sendTo(route, people.again(admin)));
        walk(LAST, people, admin, other, link);
        assertThat(actions)
                .contains(
                        "/blocks",
                        "/explorer",
                        "/sensors/1/edit",
                        "/datastreams/1/edit",
                        "/data-sets/1",
                        "/watches/1",
                        "/sources/new/webhook",
                        "/sources/datei/edit",
                        "/counters/1",
                        "/counters/1/periods",
                        "/chat",
                        "/answers/1",
                        "/knowledge/merkblaetter/edit",
                        "/knowledge/merkblaetter/upload",
                        "/knowledge/merkblaetter/texts/1/edit",
                        "/town",
                        "/town/areas",
                        "/imports",
                        "/imports/mappings/1",
                        "/link/" + link,
                        "/providers/1",
                        "/accessibility")
                .anyMatch(action -> action.matches("/imports/\\d+/mapping"))
                .anyMatch(action -> action.matches("/imports/\\d+/use"));
        assertThat(answered).as("forms that were taken, and some refused").contains(303, 422);
        assertThat(failures).isEmpty();
        assertThat(posted).isGreaterThan(300);
        assertThat(asked).isGreaterThan(50);
    }

    private void walk(
            String path,
            PeopleScenario people,
            PeopleScenario.Browser admin,
            PeopleScenario.Browser other,
            String link) {
        for (int round = 0; round < ROUNDS; round++) {
            // Anonymous where a page is for everybody: a login as somebody would change the session.
            PeopleScenario.Browser browser =
                    path.startsWith("/login") || path.equals("/forgotten") ? people.somebody() : people.again(admin);
            String address = path.replace("OTHER", String.valueOf(other.id))
                    .replace("TOKEN", link)
                    .replace("/imports/DRAFT", path.endsWith("DRAFT") ? draft(browser) : "");
            for (Sheet sheet : sheets(address, browser.open(address))) {
                Map<String, String> values = filledIn(sheet);
                // What has nothing to fill in is sent once.
                if (round == 0 || values.size() > 1) {
                    look(sheet, values, send(browser, sheet, values));
                }
            }
        }
    }

    /// Addresses of the table that no form of this walk led to.
    private List<String> unmet() throws IOException {
        return POST.matcher(Files.readString(Path.of("docs/routes.md")))
                .results()
                .map(route -> route.group(1))
                .filter(route -> !WITHOUT_A_FORM.matcher(route).matches()
                        && !LEFT_OUT.matcher(route).matches())
                .filter(route -> {
                    Pattern address = Pattern.compile(route.replaceAll("\\{[a-z]+}", "[^/]+"));
                    return actions.stream()
                            .noneMatch(action -> address.matcher(action).matches());
                })
                .toList();
    }

    /// Forms that a page has only for a moment, or in a state that this town is not in, are sent without their page:
    /// with fields of other forms and a few words.
    private void sendTo(String route, PeopleScenario.Browser browser) {
        Matcher token = TOKEN.matcher(browser.open("/account").body());
        assertThat(token.find()).isTrue();
        String address = route.replace("{slug}", "datei").replaceAll("\\{[a-z]+}", "1");
        List<String> known = List.copyOf(names);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int field = 0; field < FIELDS; field++) {
                values.put(known.get(random.nextInt(known.size())), NONSENSE.get(random.nextInt(NONSENSE.size())));
            }
            values.put("_form", token.group(1));
            HttpResponse<String> answer = browser.send(address, values);
            answered.add(answer.statusCode());
            look(new Sheet(address, true, ""), values, answer);
        }
    }

    /// The page of a file that was just sent.
    private static String draft(PeopleScenario.Browser browser) {
        Matcher action = UPLOAD.matcher(browser.open("/imports").body());
        assertThat(action.find()).isTrue();
        String where = browser.where(browser.upload(
                action.group(1), "file", "mai.csv", "Zeit;Anzahl\n01.05.2026 10:00;112\n".getBytes(UTF_8)));
        assertThat(where).startsWith("303 /imports/");
        return where.substring(4);
    }

    private static Set<String> pages() throws IOException {
        // These first: on the page of all changes somebody takes back what they are about.
        Set<String> pages = new LinkedHashSet<>(PAGES);
        for (Matcher route = ROUTE.matcher(Files.readString(Path.of("docs/routes.md"))); route.find(); ) {
            pages.add(route.group(1));
        }
        assertThat(pages.remove(LAST)).isTrue();
        return pages;
    }

    private static List<Sheet> sheets(String address, HttpResponse<String> page) {
        List<Sheet> sheets = new ArrayList<>();
        String type = page.headers().firstValue("Content-Type").orElse("");
        for (Matcher form = FORM.matcher(type.startsWith("text/html") ? page.body() : ""); form.find(); ) {
            Matcher action = ACTION.matcher(form.group(1));
            String to = action.find() ? action.group(1) : address.replaceAll("\\?.*", "");
            // Each page has the search.
            if (!LEFT_OUT.matcher(to).matches() && !(to.equals("/search") && !address.equals(to))) {
                sheets.add(new Sheet(to, form.group(1).contains("method=\"post\""), form.group(2)));
            }
        }
        return sheets;
    }

    /// Each field with nonsense, or now and then as the page has it: so the others are looked at too.
    private Map<String, String> filledIn(Sheet sheet) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Matcher field = FIELD.matcher(sheet.content()); field.find(); ) {
            names.add(field.group(2));
            boolean isButton = field.group(1).equals("button");
            if (isButton && values.containsKey(field.group(2)) && random.nextBoolean()) {
                continue; // One of several is pressed.
            }
            boolean isKept = field.group(3) != null && (isButton || random.nextInt(3) == 0);
            values.put(
                    field.group(2),
                    isKept ? HtmlUtils.htmlUnescape(field.group(3)) : NONSENSE.get(random.nextInt(NONSENSE.size())));
        }
        if (sheet.post() && !sheet.hasFile()) {
            Matcher token = TOKEN.matcher(sheet.content());
            // Whoever asks the chat has no session yet that a token could belong to.
            if (token.find()) {
                values.put("_form", token.group(1));
            } else {
                assertThat(sheet.path()).as("a form without a token").isEqualTo("/chat");
            }
        }
        return values;
    }

    private HttpResponse<String> send(PeopleScenario.Browser browser, Sheet sheet, Map<String, String> values) {
        actions.add(sheet.path());
        if (sheet.hasFile()) {
            posted++;
            return upload(browser, sheet, values);
        }
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

    private HttpResponse<String> upload(PeopleScenario.Browser browser, Sheet sheet, Map<String, String> values) {
        Matcher file = FILE.matcher(sheet.content());
        assertThat(file.find()).as("file of %s", sheet.action()).isTrue();
        values.remove(file.group(1));
        return browser.upload(
                HtmlUtils.htmlUnescape(sheet.action()),
                values,
                file.group(1),
                List.of("datei.csv", "wappen.svg", "wappen.png", "", "../x\u00e4.geojson")
                        .get(random.nextInt(5)),
                FILES.get(random.nextInt(FILES.size())).getBytes(UTF_8));
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
