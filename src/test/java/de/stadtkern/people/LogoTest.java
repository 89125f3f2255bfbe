package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Backups;
import de.stadtkern.city.City;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import de.stadtkern.page.TestPictures;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/// A town's logo: set, shown, replaced, removed, taken back, and carried wherever the town goes.
@StadtkernTest
class LogoTest extends TownWithAdmin {

    private static final Pattern SHOWN =
            Pattern.compile("<a class=\"town-name\" href=\"/\">(?:<img src=\"(/logo/[^\"]+)\"[^>]*>)?([^<]*)</a>");
    private static final Pattern FORM = Pattern.compile("action=\"(/town\\?_form=[^\"]+)\"");
    private static final byte[] NOTHING = {};

    @Autowired
    Backups backups;

    @TempDir
    Path folder;

    @Test
    void aLogoStandsBesideTheNameOnEveryPageFromThenOn() {
        assertThat(logo(town)).isEmpty();
        assertThat(save("wappen.svg", TestPictures.towers())).isEqualTo("303 /town");
        assertThat(town.get("/").body())
                .contains("\" width=\"300\" height=\"100\" alt=\"\">"
                        + town.city().name() + "</a>");
        assertThat(logo(town)).matches("/logo/[0-9a-f]{20}-300x100\\.svg");
        assertThat(town.get("/imprint").body()).contains(logo(town));
        assertThat(admin.open("/town").body())
                .contains(
                        "alt=\"Logo: " + town.city().name() + "\"",
                        "Das jetzige Logo.",
                        "name=\"no-logo\" value=\"on\"");
    }

    @Test
    void itIsHandedOutSoThatItMayBeKeptForEverAndNothingInItRuns() {
        save("wappen.svg", TestPictures.towers());
        HttpResponse<String> drawing = town.get(logo(town));
        assertThat(drawing.body()).isEqualTo(TestPictures.TOWERS);
        assertThat(headers(drawing))
                .isEqualTo("image/svg+xml;charset=UTF-8 | max-age=31536000, public, immutable | nosniff |"
                        + " default-src 'none'; style-src 'unsafe-inline'; sandbox");
        save("wappen.png", TestPictures.png(120, 40));
        assertThat(headers(town.get(logo(town)))).startsWith("image/png | max-age=31536000, public, immutable |");
        assertThat(town.get("/logo/9c1185a5c5e9fc546128-300x100.svg").statusCode())
                .isEqualTo(404);
        assertThat(town.get("/logo/..%5c").statusCode()).isBetween(400, 404);
    }

    @Test
    void anotherPictureTakesItsPlaceAndTheOldOneIsHandedOutNoMore() {
        save("wappen.svg", TestPictures.towers());
        String first = logo(town);
        assertThat(save("neu.png", TestPictures.png(120, 40))).isEqualTo("303 /town");
        assertThat(logo(town)).endsWith("-120x40.png");
        assertThat(town.get(logo(town)).statusCode()).isEqualTo(200);
        assertThat(town.get(first).statusCode()).isEqualTo(404);
    }

    @Test
    void aRemovedLogoIsOnNoPageAndHandedOutNoMore() {
        save("wappen.svg", TestPictures.towers());
        String gone = logo(town);
        assertThat(save("", NOTHING, "no-logo", "on")).isEqualTo("303 /town");
        assertThat(logo(town)).isEmpty();
        assertThat(town.get(gone).statusCode()).isEqualTo(404);
        assertThat(admin.open("/town").body()).doesNotContain("no-logo", "Das jetzige Logo.");
    }

    @Test
    void whoeverSavesTheOtherSettingsKeepsTheLogoAndUmlauts() {
        save("wappen.svg", TestPictures.towers(), "name", "Mühlgrün", "operator", "Amt für Öffentlichkeit");
        String logo = logo(town);
        assertThat(save("", NOTHING, "address", "Straße 1\r\nMühlgrün")).isEqualTo("303 /town");
        assertThat(logo(town)).isNotEmpty().isEqualTo(logo);
        assertThat(cities.getBySlug(town.city().slug()).name()).isEqualTo("Mühlgrün");
        assertThat(town.get("/imprint").body()).contains("Amt für Öffentlichkeit", "Straße 1");
        // As from a form without a file.
        admin.fill("/town", "/town", "name", "Mühlgrün", "colour", "#0b5394", "language-de", "on");
        assertThat(logo(town)).isEqualTo(logo);
    }

    @Test
    void theRecordNamesTheLogoAndEachChangeOfItCanBeTakenBack() {
        save("wappen.svg", TestPictures.towers());
        String first = logo(town);
        save("neu.png", TestPictures.png(120, 40));
        String second = logo(town);
        save("", NOTHING, "no-logo", "on");
        assertThat(admin.open("/changes").body())
                .contains("<dt>Logo</dt>", first.substring("/logo/".length()), second.substring("/logo/".length()));
        undo();
        assertThat(logo(town)).isEqualTo(second);
        assertThat(town.get(second).statusCode()).isEqualTo(200);
        people.execute("delete from change where id > 2");
        undo();
        assertThat(logo(town)).isEqualTo(first);
        assertThat(town.get(first).statusCode()).isEqualTo(200);
        assertThat(town.get(second).statusCode()).isEqualTo(404);
    }

    @Test
    void aPictureNoChangeCanBringBackGoes() {
        save("wappen.svg", TestPictures.towers());
        save("neu.png", TestPictures.png(120, 40));
        assertThat(people.text("select count(*) from town_logo")).isEqualTo("2");
        people.execute("delete from change");
        save("", NOTHING, "name", "Neustadt");
        assertThat(people.text("select count(*) || ' ' || min(name) from town_logo"))
                .isEqualTo("1 " + logo(town).substring("/logo/".length()));
    }

    /// Also whoever undoes a change from before there were logos.
    @Test
    void aTownWithoutALogoSaysNothingOfItInItsVersions() {
        save("", NOTHING, "name", "Neustadt");
        assertThat(people.text("select count(*) from change where jsonb_exists(before, 'logo') or jsonb_exists(after,"
                        + " 'logo')"))
                .isEqualTo("0");
        undo();
        assertThat(cities.getBySlug(town.city().slug()).name())
                .isEqualTo(town.city().name());
    }

    @Test
    void whatCannotBeALogoIsSaidAtItsFieldAndWhatWasTypedStays() {
        save("wappen.svg", TestPictures.towers());
        String logo = logo(town);
        String svg = TestPictures.TOWERS;
        assertThat(save("wappen.svg", svg.replace("<path", "<script>alert(1)</script><path")))
                .contains("422 logo: In diesem SVG steht „&lt;script&gt;“. Ein Logo zeichnet nur");
        assertThat(save("wappen.svg", "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + svg))
                .contains("422 logo: Dieses SVG enthält ein DOCTYPE");
        assertThat(save("wappen.png", TestPictures.jpeg())).contains("422 logo: Diese Datei ist weder PNG noch SVG");
        assertThat(save("wappen.png", NOTHING)).contains("422 logo: Diese Datei ist weder PNG noch SVG");
        assertThat(save("wappen.png", TestPictures.png(2001, 1)))
                .contains("422 logo: Dieses Bild ist zu groß. Ein PNG hat höchstens 2.000 Punkte je Seite.");
        assertThat(save("foto.png", new byte[3_000_000]))
                .contains("422 logo: Die Datei ist zu groß. Ein Logo hat höchstens 256 kB.");
        HttpResponse<String> refused = send("foto.png", new byte[3_000_000], "name", "Mühlgrün", "operator", "Amt 3");
        assertThat(refused.body())
                .contains("value=\"Mühlgrün\"", "value=\"Amt 3\"", "Bitte wählen Sie die Datei noch einmal");
        assertThat(send("neu.png", TestPictures.png(9, 9), "name", "").body())
                .contains("Bitte wählen Sie die Datei noch einmal");
        assertThat(logo(town)).isEqualTo(logo);
        assertThat(people.text("select count(*) from change")).isEqualTo("1");
        assertThat(people.text("select count(*) from town_logo")).isEqualTo("1");
    }

    @Test
    void onlyAnAdminMay() {
        var editor = people.loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.EDITOR));
        Matcher token = Pattern.compile("name=\"_form\" value=\"([^\"]+)\"")
                .matcher(editor.open("/account").body());
        assertThat(token.find()).isTrue();
        String form = "/town?_form=" + token.group(1);
        assertThat(editor.upload(form, "logo", "wappen.svg", TestPictures.towers())
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.upload(form, "logo", "wappen.svg", TestPictures.towers())
                        .statusCode())
                .as("with the token of somebody else")
                .isEqualTo(403);
        assertThat(people.somebody().open("/town").statusCode()).isEqualTo(303);
        assertThat(logo(town)).isEmpty();
    }

    @Test
    void anotherTownHasItsOwn() {
        TestTown other = TestTown.create(cities, port);
        save("wappen.svg", TestPictures.towers());
        assertThat(logo(other)).isEmpty();
        assertThat(other.get(logo(town)).statusCode()).isEqualTo(404);
    }

    @Test
    void aTownBroughtBackFromAnArchiveHasItsLogoAgain() throws IOException {
        save("wappen.svg", TestPictures.towers());
        String logo = logo(town);
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        City copy = backups.restore(archive, new Backups.Wish(null, town.city().slug() + "-copy", null), text -> {})
                .getFirst()
                .city();
        TestTown there = TestTown.of(copy, port);
        assertThat(logo(there)).isEqualTo(logo);
        assertThat(there.get(logo).body()).isEqualTo(TestPictures.TOWERS);
        Path left = cities.remove(town.city(), town.city().name());
        City back =
                backups.restore(left, Backups.Wish.ALL, text -> {}).getFirst().city();
        assertThat(logo(TestTown.of(back, port))).isEqualTo(logo);
        assertThat(TestTown.of(back, port).get(logo).statusCode()).isEqualTo(200);
    }

    /// Address of what stands beside the name, empty for none.
    private static String logo(TestTown town) {
        Matcher shown = SHOWN.matcher(town.get("/").body());
        assertThat(shown.find()).isTrue();
        return shown.group(1) == null ? "" : shown.group(1);
    }

    private static String headers(HttpResponse<String> answer) {
        return String.join(
                " | ",
                List.of("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy").stream()
                        .map(name -> String.join("; and ", answer.headers().allValues(name)))
                        .toList());
    }

    private void undo() {
        String change = people.text("select max(id) from change");
        assertThat(admin.where(admin.fill("/changes", "/changes/" + change + "/undo")))
                .isEqualTo("303 /changes");
    }

    private String save(String name, String file, String... namesAndValues) {
        return save(name, file.getBytes(StandardCharsets.UTF_8), namesAndValues);
    }

    private String save(String name, byte[] file, String... namesAndValues) {
        return admin.where(send(name, file, namesAndValues));
    }

    /// Opens the town's settings, changes some of them and chooses a file, none if it has no name.
    private HttpResponse<String> send(String name, byte[] file, String... namesAndValues) {
        String page = admin.open("/town").body();
        Matcher form = FORM.matcher(page);
        assertThat(form.find()).isTrue();
        Map<String, String> values = admin.fields(page.substring(form.start()));
        values.remove("logo");
        values.putAll(Map.of("language-de", "on", "language-en", "on"));
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        return admin.upload(form.group(1), values, "logo", name, file);
    }
}
