package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.TestTown;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

/// People of a town with their browsers: they open pages, fill in forms and keep cookies, and see what stands there.
public final class PeopleScenario {

    public static final String PASSWORD = "vier gelbe Eimer am Fluss";
    private static final Pattern SUMMARY =
            Pattern.compile("<li><a class=\"kern-link\" href=\"#([^\"]+)\">[^<]*</a>: ([^<]*)</li>");
    private static final Pattern INPUT = Pattern.compile("<input ([^>]*)name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern SELECT = Pattern.compile(
            "<select([^>]*)name=\"([^\"]*)\"[^>]*>(?:(?!</select>).)*?<option value=\"([^\"]*)\" selected",
            Pattern.DOTALL);
    private static final Pattern AREA = Pattern.compile("<textarea ([^>]*)name=\"([^\"]+)\"[^>]*>([^<]*)<");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"_form\" value=\"([^\"]+)\"");

    private final ApplicationContext context;
    private final TestTown town;

    public PeopleScenario(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
    }

    /// Somebody with an account, a password and roles, not logged in yet.
    public Browser person(String login, Grants grants) {
        long id = town.in(() -> {
            AccountStore store = context.getBean(AccountStore.class);
            long account = store.insert(login, "Frau " + login.replaceAll("@.*", ""), hash(), false, "de")
                    .orElseThrow();
            store.setGrants(account, grants);
            return account;
        });
        return new Browser(id, login);
    }

    /// The same, logged in.
    public Browser loggedIn(String login, Grants grants) {
        Browser browser = person(login, grants);
        String token = town.in(() -> context.getBean(Sessions.class)
                .open(browser.id, "Firefox, Linux", false)
                .text());
        browser.cookies.put("session", token);
        return browser;
    }

    /// The same person in a new session.
    public Browser again(Browser person) {
        Browser browser = new Browser(person.id, person.login);
        browser.cookies.put(
                "session",
                town.in(() -> context.getBean(Sessions.class)
                        .open(person.id, "Firefox, Linux", false)
                        .text()));
        return browser;
    }

    public Browser somebody() {
        return new Browser(0, "");
    }

    private String hash() {
        return Holder.hash(context.getBean(Passwords.class));
    }

    private static final class Holder {
        private static String hash = "";

        static synchronized String hash(Passwords passwords) {
            if (hash.isEmpty()) {
                hash = passwords.hash(PASSWORD);
            }
            return hash;
        }
    }

    public void execute(String sql) {
        town.in(() -> context.getBean(JdbcClient.class).sql(sql).update());
    }

    public String text(String sql) {
        return String.valueOf(town.in(() ->
                context.getBean(JdbcClient.class).sql(sql).query(String.class).single()));
    }

    /// The one-time password of the first admin, as it is said once.
    public String firstPassword() {
        String line = town.in(() -> context.getBean(FirstAdmin.class).welcome(town.city()))
                .orElseThrow();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    /// What an app says now that has learnt the secret of somebody's second factor.
    public String code(Browser person) {
        String secret = text("select encode(secret, 'hex') from totp where account_id = " + person.id);
        return Totp.code(HexFormat.of().parseHex(secret), Instant.now());
    }

    /// One browser with its cookies.
    public final class Browser {

        public final long id;
        public final String login;
        /// Several threads may use one browser, as its windows do.
        final Map<String, String> cookies = new ConcurrentHashMap<>();
        private String agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

        private Browser(long id, String login) {
            this.id = id;
            this.login = login;
        }

        public Browser anotherDevice() {
            Browser other = new Browser(id, login);
            other.agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1";
            return other;
        }

        public HttpResponse<String> open(String path) {
            return keep(town.send(request(path).GET()));
        }

        /// Without a body, as the town's own pages would send it.
        public HttpResponse<String> plain(String method, String path) {
            return keep(town.send(request(path)
                    .header("Sec-Fetch-Site", "same-origin")
                    .method(method, HttpRequest.BodyPublishers.noBody())));
        }

        /// Opens the page with the form, fills it in and sends it to `action`.
        public HttpResponse<String> fill(String page, String action, String... namesAndValues) {
            String body = open(page).body();
            Matcher token = TOKEN.matcher(body);
            if (!token.find()) {
                throw new IllegalStateException("There is no form on " + page);
            }
            Map<String, String> values = new HashMap<>(Map.of("_form", token.group(1)));
            VERSION.matcher(body).results().limit(1).forEach(version -> values.put("version", version.group(1)));
            for (int at = 0; at < namesAndValues.length; at += 2) {
                values.put(namesAndValues[at], namesAndValues[at + 1]);
            }
            return send(action, values);
        }

        /// Those of all forms of a page, in their order.
        public List<String> tokens(String page) {
            return TOKEN.matcher(open(page).body())
                    .results()
                    .map(token -> token.group(1))
                    .toList();
        }

        /// What the form of a page holds that is sent to the page itself.
        public Map<String, String> form(String page) {
            String body = open(page).body();
            return fields(body.substring(body.indexOf("action=\"" + page + "\"")));
        }

        /// The same from HTML; what is to be ticked is not.
        public Map<String, String> fields(String html) {
            Map<String, String> form = new HashMap<>();
            for (Pattern field : List.of(INPUT, SELECT, AREA)) {
                field.matcher(html)
                        .results()
                        .filter(match -> !match.group(1).matches(".*(radio|checkbox).*"))
                        .forEach(match -> form.put(match.group(2), HtmlUtils.htmlUnescape(match.group(3))));
            }
            return form;
        }

        /// Opens a page with a form, changes some of it and saves.
        public HttpResponse<String> change(String page, String... namesAndValues) {
            Map<String, String> form = form(page);
            for (int at = 0; at < namesAndValues.length; at += 2) {
                form.put(namesAndValues[at], namesAndValues[at + 1]);
            }
            return send(page, form);
        }

        /// A form as anybody may send it, right or wrong.
        public HttpResponse<String> send(String action, Map<String, String> values) {
            String body = values.entrySet().stream()
                    .map(value -> encode(value.getKey()) + "=" + encode(value.getValue()))
                    .collect(Collectors.joining("&"));
            return keep(town.send(request(action)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body))));
        }

        /// A form with a file, whose token stands in its address.
        public HttpResponse<String> upload(String action, String field, String name, byte[] content) {
            return upload(action, Map.of(), field, name, content);
        }

        /// A form with fields and a file; without a name none was chosen.
        public HttpResponse<String> upload(
                String action, Map<String, String> values, String field, String name, byte[] content) {
            String fields = values.entrySet().stream()
                    .map(value -> "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                            .formatted(value.getKey(), value.getValue()))
                    .collect(Collectors.joining());
            String head = "--x\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n";
            return keep(town.send(request(action)
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(HttpRequest.BodyPublishers.concat(
                            HttpRequest.BodyPublishers.ofString(fields + head.formatted(field, name)),
                            HttpRequest.BodyPublishers.ofByteArray(content),
                            HttpRequest.BodyPublishers.ofString("\r\n--x--\r\n")))));
        }

        /// Logs in and says where that leads.
        public String login(String password) {
            return login(login, password);
        }

        public String login(String name, String password) {
            return where(fill("/login", "/login", "login", name, "password", password));
        }

        public String session() {
            return cookies.getOrDefault("session", "");
        }

        /// `303 /account`, or the status and the messages at the fields.
        public String where(HttpResponse<String> answer) {
            return answer.headers()
                    .firstValue("Location")
                    .map(address -> answer.statusCode() + " " + address)
                    .orElseGet(() -> answer.statusCode() + errors(answer.body()));
        }

        /// Fills a form in so that it is refused, and says at which fields, in the order of the summary on top. What is
        /// wrong stands at each of them too, and what was typed is there still, but for passwords.
        public String refused(String page, String action, String... namesAndValues) {
            HttpResponse<String> answer = fill(page, action, namesAndValues);
            String body = answer.body();
            assertThat(answer.statusCode()).as(body).isEqualTo(422);
            String fields = SUMMARY.matcher(body)
                    .results()
                    .map(line -> {
                        assertThat(body)
                                .containsPattern("id=\"%s\"".formatted(Pattern.quote(line.group(1))))
                                .containsPattern("kern-error\".*<span class=\"kern-body\">"
                                        + Pattern.quote(line.group(2)) + "<");
                        return line.group(1);
                    })
                    .collect(Collectors.joining(" "));
            for (int at = 0; at < namesAndValues.length; at += 2) {
                String typed = namesAndValues[at + 1];
                if (namesAndValues[at].matches("password|repeated|current|secret")) {
                    assertThat(body).doesNotContain("value=\"%s\"".formatted(typed));
                } else if (!typed.isEmpty()) {
                    assertThat(HtmlUtils.htmlUnescape(body)).contains(typed);
                }
            }
            return fields;
        }

        private static String errors(String body) {
            return Pattern.compile("class=\"kern-error\" id=\"([a-z]+)-error\".*?kern-body\">([^<]*)<")
                    .matcher(body)
                    .results()
                    .map(match -> " " + match.group(1) + ": " + match.group(2))
                    .collect(Collectors.joining());
        }

        /// As this browser would send it, with its cookies.
        public HttpRequest.Builder request(String path) {
            HttpRequest.Builder request = town.request(path)
                    .header("Accept", "text/html")
                    .header("User-Agent", agent)
                    .header("Accept-Language", "de");
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            return request;
        }

        private HttpResponse<String> keep(HttpResponse<String> answer) {
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String pair = cookie.split(";", 2)[0];
                String name = pair.substring(0, pair.indexOf('='));
                String value = pair.substring(pair.indexOf('=') + 1);
                if (value.isEmpty()) {
                    cookies.remove(name);
                } else {
                    cookies.put(name, value);
                }
            }
            return answer;
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
