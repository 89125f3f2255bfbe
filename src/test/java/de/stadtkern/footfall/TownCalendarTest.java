package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What a town says of days, and that those who learn hear of it.
@StadtkernTest
class TownCalendarTest {

    private static final String PAGE = "/counters/holidays";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown town;

    @BeforeEach
    void aTownThatCounts() {
        town = new CountingTown(context, TestTown.create(cities, port));
        town.hour("2026-05-05T08:00:00Z", 112);
        town.register("markt");
    }

    private Occasions occasions() {
        return town.town.in(() -> context.getBean(TownCalendar.class).of(town.counter));
    }

    private String on(String day) {
        return occasions()
                .on(LocalDate.parse(day))
                .map(Occasions.Occasion::name)
                .orElse("nothing");
    }

    private HttpResponse<String> upload(String content) {
        var form = Pattern.compile("(/counters/holidays/file\\?_form=[^\"]+)")
                .matcher(town.editor.open(PAGE).body());
        assertThat(form.find()).isTrue();
        return town.editor.upload(form.group(1), "file", "ferien.csv", content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void schoolHolidaysAreOneListThatCanBeTakenBack() {
        assertThat(occasions().knowsSchool()).as("no dates are delivered").isFalse();
        town.editor.fill(PAGE, PAGE, "holidays", "Winterferien; 16.2.2026; 21.2.2026");
        assertThat(upload("Name;Von;Bis\nOsterferien;2026-04-07;2026-04-17\nWinterferien;2026-02-16;2026-02-21\n")
                        .statusCode())
                .isEqualTo(303);
        assertThat(town.text("select string_agg(name || ' ' || from_day || ' ' || to_day, ', ' order by position) from"
                        + " footfall_holiday"))
                .isEqualTo("Winterferien 2026-02-16 2026-02-21, Osterferien 2026-04-07 2026-04-17");
        assertThat(occasions().school(LocalDate.parse("2026-02-21"))).isEqualTo(1);
        assertThat(occasions().school(LocalDate.parse("2026-02-22"))).isEqualTo(0);
        assertThat(occasions().school(LocalDate.parse("2025-02-22")))
                .as("of years of which nothing is known nothing is said")
                .isNaN();
        assertThat(town.text("select (learn_at <= now())::text from footfall_counter"))
                .isEqualTo("true");
        String change = town.text("select max(id)::text from change where kind = 'school-holidays'");
        town.editor.fill(PAGE, "/changes/%s/undo".formatted(change));
        assertThat(town.text("select string_agg(name, ', ') from footfall_holiday"))
                .isEqualTo("Winterferien");
        assertThat(town.editor.open(PAGE).body()).contains("Winterferien: 16. Februar 2026 bis 21. Februar 2026");
    }

    @Test
    void whatIsWrongStandsAtItsField() {
        assertThat(town.editor
                        .fill(PAGE, PAGE, "holidays", "Winter; irgendwann")
                        .body())
                .contains("Zeile 1: Erwartet werden ein Name");
        assertThat(upload("Winter; 2026-02-21; 2026-02-16").body())
                .contains("Zeile 1: Der letzte Tag liegt nicht vor dem ersten");
        assertThat(upload("x".repeat(300_000)).body()).contains("Die Datei hat höchstens 256 kB");
        assertThat(town.text("select count(*)::text from footfall_holiday")).isEqualTo("0");
    }

    @Test
    void aNoteIsADayOfItsOwnForAsLongAsItIsAnEvent() {
        town.period("note", "2025-09-12T16:00", "2025-09-14T22:00", "Altstadtfest 2025");
        town.period("note", "2026-09-11", "2026-09-13", "Altstadtfest 2026!");
        town.period("note", "2026-03-01", "2026-04-30", "Baustelle nebenan");
        town.period("blocked", "2026-06-01", "2026-06-02", "Gerüst");
        assertThat(on("2025-09-13")).isEqualTo("town: altstadtfest").isEqualTo(on("2026-09-13"));
        assertThat(on("2025-09-15")).isEqualTo("nothing");
        assertThat(on("2026-03-17")).as("weeks are no event").isEqualTo("nothing");
        assertThat(on("2026-06-01")).isEqualTo("nothing");
    }
}
