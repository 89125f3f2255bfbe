package de.stadtkern.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every address × everybody who may come, compared with `docs/routes.md`.
@ClosedStadtkernTest
class RoutesTest {

    private static final Path TABLE = Path.of("docs/routes.md");
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+) \\| `([^`]+)` \\| ([a-z ]+) \\|");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping handlers;

    @LocalServerPort
    int port;

    /// @param grants null for nobody
    /// @param key    comes with an API key instead of a login
    private record Who(String name, Grants grants, boolean key) {

        /// Keys are for the interfaces; no form is sent with one.
        boolean isAllowed(String needed, String route) {
            String[] words = needed.split(" ", -1);
            boolean open = !key || route.matches("[A-Z]+ /(sta|api|actuator)/.*");
            return switch (words[0]) {
                case "everybody" -> open || route.matches("(GET|ANY) .*");
                case "login" -> !name.equals("nobody") && !key;
                // It has a key of its own, which nobody here shows.
                case "source" -> false;
                default -> open && grants.allow(Role.of(words[0]), words.length > 1 ? Area.of(words[1]) : Area.TOWN);
            };
        }
    }

    @Test
    void everyAddressIsInTheTableAndNoOther() throws IOException {
        Set<String> found = new TreeSet<>();
        handlers.getHandlerMethods().keySet().forEach(mapping -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            for (String path : mapping.getPatternValues()) {
                if (!path.startsWith("/test/")) {
                    if (methods.isEmpty()) {
                        found.add("ANY " + path);
                    }
                    methods.forEach(method -> found.add(method + " " + path));
                }
            }
        });
        assertThat(found).containsExactlyInAnyOrderElementsOf(table().keySet());
    }

    @Test
    void everybodyMayDoWhatTheTableSaysAndNothingElse() throws IOException {
        TestTown town = TestTown.create(cities, port);
        PeopleScenario people = new PeopleScenario(context, town);
        List<String> wrong = new ArrayList<>();
        for (Who who : everybody()) {
            PeopleScenario.Browser person = people.person(who.name().replace(' ', '.') + "@example.org", who.grants());
            String key = who.key() ? key(town, who.grants()) : "";
            for (Map.Entry<String, String> row : table().entrySet()) {
                String method = row.getKey().substring(0, row.getKey().indexOf(' '));
                String path = row.getKey().substring(method.length() + 1);
                HttpResponse<String> answer = who.key()
                        ? town.send(town.request(concrete(path))
                                .header("Authorization", "Bearer " + key)
                                .method(method.replace("ANY", "GET"), HttpRequest.BodyPublishers.noBody()))
                        : call(people, who, person, method, concrete(path));
                boolean refused = answer.statusCode() == 401
                        || answer.statusCode() == 403
                        || answer.headers().firstValue("Location").orElse("").startsWith("/login?");
                if (refused == who.isAllowed(row.getValue(), row.getKey()) || answer.statusCode() == 500) {
                    wrong.add("%s by %s: %d, though it is for '%s'"
                            .formatted(row.getKey(), who.name(), answer.statusCode(), row.getValue()));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static HttpResponse<String> call(
            PeopleScenario people, Who who, PeopleScenario.Browser person, String method, String path) {
        PeopleScenario.Browser browser = who.name().equals("nobody") ? people.somebody() : people.again(person);
        if (path.startsWith("/sta") || path.startsWith("/api") || method.equals("GET") || method.equals("ANY")) {
            return browser.plain(method.replace("ANY", "GET"), path);
        }
        return browser.fill(who.name().equals("nobody") ? "/login" : "/account", path);
    }

    private static List<Who> everybody() {
        List<Who> all = new ArrayList<>(List.of(
                new Who("nobody", Grants.NONE, false),
                new Who("person", Grants.NONE, false),
                new Who("editor of platform", Grants.of(Area.PLATFORM, Role.EDITOR), false),
                new Who("admin of chat", Grants.of(Area.CHAT, Role.ADMIN), false),
                new Who("key to edit platform", Grants.of(Area.PLATFORM, Role.EDITOR), true),
                new Who("key to view platform", Grants.of(Area.PLATFORM, Role.VIEWER), true),
                new Who("key to operate", Grants.of(Area.TOWN, Role.OPERATOR), true),
                new Who("key to edit chat", Grants.of(Area.CHAT, Role.EDITOR), true)));
        for (Role role : Role.values()) {
            all.add(new Who(role.key(), Grants.of(Area.TOWN, role), false));
        }
        return all;
    }

    private String key(TestTown town, Grants grants) {
        Map.Entry<Area, Role> only = grants.roles().entrySet().iterator().next();
        return town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish(
                                "test", only.getKey(), only.getValue(), null, java.time.Duration.ofDays(1)))
                        .token()));
    }

    /// Things that are not there: whoever may ask learns that, and nobody else learns anything.
    private static String concrete(String path) {
        return path.replace("{format:csv|json}", "csv")
                .replace("{token}", "x")
                .replaceAll("\\{[a-z]+\\}", "4711")
                .replace("/**", "/Things");
    }

    private static Map<String, String> table() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Matcher row = ROW.matcher(Files.readString(TABLE)); row.find(); ) {
            // What is said over MQTT is tried by TopicsTest.
            if (!row.group(1).equals("PUBLISH") && !row.group(1).equals("SUBSCRIBE")) {
                rows.put(row.group(1) + " " + row.group(2).replace("\\|", "|"), row.group(3));
            }
        }
        return rows;
    }
}
