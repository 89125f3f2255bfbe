package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithPeople;
import de.stadtkern.sensorthings.StoreScenario;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two who change the same at once: the second is told, sees what holds now and what they had typed, and takes nothing
/// back that they have not seen.
@StadtkernTest
class OvertakenFormTest extends TownWithPeople {

    private static final String TOLD = "Inzwischen hat jemand anderes gespeichert";

    private PeopleScenario.Browser one;
    private PeopleScenario.Browser two;

    @BeforeEach
    void twoAdmins() {
        one = people.loggedIn("eins@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        two = people.loggedIn("zwei@example.org", Grants.of(Area.TOWN, Role.ADMIN));
    }

    @Test
    void aRoleThatWasWithdrawnIsNotGivenBackByAFormOpenedBefore() {
        String page = "/people/" + people.person("ole@example.org", Grants.of(Area.PLATFORM, Role.STEWARD)).id;
        Map<String, String> seen = one.form(page);
        seen.putAll(Map.of("platform", "steward", "chat", "editor", "active", "on", "why", "Chat kommt dazu"));
        assertThat(two.where(two.fill(page, page, "active", "on"))).isEqualTo("303 " + page);

        HttpResponse<String> answer = one.send(page, seen);
        assertThat(one.where(answer))
                .isEqualTo("422 platform: Sie hatten eingegeben: Datenverantwortung chat: Sie hatten eingegeben:"
                        + " Redaktion");
        assertThat(answer.body()).contains(TOLD, "value=\"Chat kommt dazu\"");
        assertThat(roles()).isEmpty();

        Map<String, String> again = one.fields(answer.body());
        again.putAll(Map.of("chat", "editor", "active", "on"));
        assertThat(one.where(one.send(page, again))).isEqualTo("303 " + page);
        assertThat(roles()).isEqualTo("chat editor");
    }

    private String roles() {
        return people.text("""
            select coalesce(string_agg(area || ' ' || role, ', '), '') from account_role
            where account_id = (select id from account where login = 'ole@example.org')
            """);
    }

    @Test
    void aDataSetIsNotOpenedAgainByAFormOpenedBefore() {
        one.fill("/data-sets/new", "/data-sets/new", "name", "Lärm", "openness", "public");
        Map<String, String> seen = one.form("/data-sets/1");
        seen.putAll(Map.of("name", "Lärm am Markt", "openness", "public"));
        two.change("/data-sets/1", "openness", "protected");
        HttpResponse<String> answer = one.send("/data-sets/1", seen);
        assertThat(one.where(answer))
                .contains("422 name: Sie hatten eingegeben: Lärm am Markt", "openness: Sie hatten eingegeben: ");
        assertThat(people.text("select name || ' ' || openness from data_set")).isEqualTo("Lärm protected");
    }

    @Test
    void aWatchAMappingAndALoginProviderAreComparedToo() {
        long datastream = new StoreScenario(context, town).datastream("mean");
        String fresh = "/watches/new?datastream=" + datastream;
        one.fill(
                fresh, fresh, "name", "W", "kind", "limit", "above", "30", "lasting", "PT0S", "silence", "3", "factor",
                "3");
        overtaken("/watches/1", Map.of("kind", "limit", "lasting", "PT0S", "silence", "3", "factor", "3"));
        people.execute("insert into import_mapping (name, mapping, changed_by) values ('W', 'x', 'x')");
        overtaken("/imports/mappings/1", Map.of());
        people.execute("""
            insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)
            values ('W', 'https://example.org', 'x', 'x', '', '', false)
            """);
        overtaken("/providers/1", Map.of());
    }

    /// @param chosen what the form holds that is no text
    private void overtaken(String page, Map<String, String> chosen) {
        Map<String, String> seen = new HashMap<>(one.form(page));
        Map<String, String> other = new HashMap<>(two.form(page));
        seen.putAll(chosen);
        other.putAll(chosen);
        other.put("name", "Von zwei");
        seen.put("name", "Von eins");
        assertThat(two.where(two.send(page, other))).startsWith("303 ");
        HttpResponse<String> answer = one.send(page, seen);
        assertThat(one.where(answer)).as(page).isEqualTo("422 name: Sie hatten eingegeben: Von eins");
        assertThat(answer.body()).contains(TOLD, "value=\"Von zwei\"");
        Map<String, String> again =
                one.fields(answer.body().substring(answer.body().indexOf("action=\"" + page)));
        again.putAll(chosen);
        again.put("name", "Von beiden");
        assertThat(one.where(one.send(page, again))).as(page).startsWith("303 ");
    }

    @Test
    void theTownIsComparedWithItsLegalTexts() {
        Map<String, String> seen = townForm(one);
        Map<String, String> other = townForm(two);
        other.put("privacy", "Neu gefasst");
        assertThat(two.where(saveTown(two, other))).isEqualTo("303 /town");
        seen.put("operator", "Stadt");
        HttpResponse<String> answer = saveTown(one, seen);
        assertThat(one.where(answer))
                .contains("422 operator: Sie hatten eingegeben: Stadt", "privacy: Sie hatten eingegeben: nichts");
        assertThat(answer.body()).contains(TOLD, ">Neu gefasst</textarea>");
        assertThat(cities.getBySlug(town.city().slug()).legal()).isEqualTo(Map.of("privacy", "Neu gefasst"));
    }

    private static Map<String, String> townForm(PeopleScenario.Browser admin) {
        String page = admin.open("/town").body();
        Map<String, String> form = admin.fields(page.substring(page.indexOf("action=\"/town?_form")));
        form.remove("logo");
        form.putAll(Map.of("language-de", "on", "language-en", "on"));
        return form;
    }

    private static HttpResponse<String> saveTown(PeopleScenario.Browser admin, Map<String, String> form) {
        String page = admin.open("/town").body();
        int at = page.indexOf("/town?_form=");
        return admin.upload(page.substring(at, page.indexOf('"', at)), form, "logo", "", new byte[0]);
    }

    @Test
    void ofManyAtTheSameMomentOneIsTaken() throws Exception {
        String page = "/people/" + people.person("ole@example.org", Grants.of(Area.PLATFORM, Role.STEWARD)).id;
        Map<String, String> person = one.form(page);
        person.put("active", "on");
        one.fill("/data-sets/new", "/data-sets/new", "name", "Lärm", "openness", "public");
        Map<String, String> set = one.form("/data-sets/1");
        set.put("openness", "public");
        Map<String, String> settings = townForm(one);
        List<Callable<HttpResponse<String>>> roles = new ArrayList<>();
        List<Callable<HttpResponse<String>>> sets = new ArrayList<>();
        List<Callable<HttpResponse<String>>> towns = new ArrayList<>();
        List<String> areas = List.of("town", "platform", "chat", "places");
        for (int number = 0; number < areas.size(); number++) {
            String name = "Nummer " + number;
            String area = areas.get(number);
            roles.add(() -> one.send(page, with(person, area, "viewer")));
            sets.add(() -> one.send("/data-sets/1", with(set, "name", name)));
            towns.add(() -> saveTown(one, with(settings, "name", name)));
        }
        assertThat(taken(roles)).as("roles").isEqualTo(1);
        assertThat(taken(sets)).as("data sets").isEqualTo(1);
        assertThat(taken(towns)).as("settings of the town").isEqualTo(1);
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put(field, value);
        return changed;
    }

    private static int taken(List<Callable<HttpResponse<String>>> work) throws Exception {
        int taken = 0;
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(work)) {
                assertThat(answer.get().statusCode()).isIn(303, 422);
                taken += answer.get().statusCode() == 303 ? 1 : 0;
            }
        }
        return taken;
    }
}
