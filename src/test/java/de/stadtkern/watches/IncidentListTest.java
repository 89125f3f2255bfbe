package de.stadtkern.watches;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Rights;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Which incidents stand in the list and in the public feed.
@StadtkernTest
class IncidentListTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private WatchScenario town;

    @BeforeEach
    void aDatastream() {
        town = new WatchScenario(context, TestTown.create(cities, port), "mean");
    }

    @Test
    void beyondAHundredOpenIncidentsTheListSaysSoAndEachWatchSaysItsState() {
        town.watch("above", "30");
        watches(101);
        incidents();
        String page = town.editor.open("/watches").body();
        assertThat(page).contains("Gezeigt sind die 100 neuesten von 101.");
        assertThat(count(page, "acknowledge\"")).isEqualTo(100);
        assertThat(count(page, "kern-badge--danger")).as("watches that say so").isEqualTo(101);
        town.people.execute("update watch_incident set ended_at = now() where id = 1");
        page = town.editor.open("/watches").body();
        assertThat(page).doesNotContain("Gezeigt sind");
        assertThat(count(page, "kern-badge--danger")).isEqualTo(100);
        town.people.execute("update watch_incident set ended_at = now()");
        assertThat(town.editor.open("/watches/past").body()).contains("101 Vorfälle");
    }

    @Test
    void whatOneMayReadIsNotHiddenByMoreThatOneMayNot() {
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30", "name", "Lesbar", "feed", "on");
        town.until("1", "select count(*)::text from watch_incident where told");
        long closed = town.store.datastream("mean");
        protect(closed);
        town.people.execute("""
            insert into watch_incident (watch_id, watch_name, datastream_id, kind, began_at, value, feed, tell_at, told_at, told)
            select 1000 + i, 'Verschlossen', %d, 'limit', now(), 40, true, now(), now(), true from generate_series(1, 150) i
            """.formatted(closed));
        assertThat(town.editor.open("/watches").body())
                .contains("Zähler, D: 40 liegt über 30.")
                .doesNotContain("Verschlossen", "Gezeigt sind");
        assertThat(town.town().get("/watches.atom").body())
                .contains("<title>Lesbar</title>")
                .doesNotContain("Verschlossen");
    }

    @Test
    void whatOneMayNotReadOneCannotNoteAsSeen() {
        long closed = town.store.datastream("mean");
        protect(closed);
        town.people.execute("""
            insert into watch_incident (watch_id, watch_name, datastream_id, kind, began_at, feed, tell_at)
            values (1000, 'Verschlossen', %d, 'silence', now(), false, now())
            """.formatted(closed));
        town.watch("above", "30");
        assertThat(town.editor
                        .fill("/watches/1", "/watches/incidents/1/acknowledge", "note-1", "geraten")
                        .statusCode())
                .isEqualTo(404);
        assertThat(town.people.text("select note from watch_incident")).isEmpty();
    }

    @Test
    void theFeedKeepsQuietHoursTooAndNeverSaysWhatWasOverWhenTheyEnded() {
        town.value("2026-05-01T10:00:00Z", 40);
        LocalTime now = LocalTime.now(ZONE);
        String from = now.minusHours(2).truncatedTo(ChronoUnit.MINUTES).toString();
        String to = now.plusHours(2).truncatedTo(ChronoUnit.MINUTES).toString();
        town.watch("above", "30", "name", "Dauert an", "feed", "on", "quiet-from", from, "quiet-to", to);
        town.watch(
                "above", "30", "margin", "1", "name", "Geht vorbei", "feed", "on", "quiet-from", from, "quiet-to", to);
        town.until("2", "select count(*)::text from watch_incident");
        assertThat(feed()).as("in quiet hours").doesNotContain("Dauert an", "Geht vorbei");

        town.people.execute("update watch_incident set ended_at = now() where watch_name = 'Geht vorbei'");
        town.people.execute("update watch_incident set tell_at = now()");
        town.until("2", "select count(*)::text from watch_incident where told_at is not null");
        assertThat(feed())
                .as("when they are over")
                .contains("<title>Dauert an</title>")
                .doesNotContain("Geht vorbei");

        town.value("2026-05-01T10:10:00Z", 20);
        town.until("2", "select count(*)::text from watch_incident where ended_at is not null");
        assertThat(feed()).as("an end in quiet hours").contains("<title>Dauert an</title>");
        town.people.execute("update watch set quiet_from = null, quiet_to = null");
        town.until("2", "select count(*)::text from watch_incident where end_told_at is not null");
        assertThat(feed()).contains("<title>Vorbei: Dauert an</title>");
    }

    private String feed() {
        return town.town().get("/watches.atom").body();
    }

    /// So many like the first.
    private void watches(int all) {
        town.people.execute("""
            insert into watch (name, datastream_id, kind, above)
            select 'W' || i, datastream_id, kind, above from watch, generate_series(2, %d) i
            """.formatted(all));
    }

    /// One open incident of each watch.
    private void incidents() {
        town.people.execute("""
            insert into watch_incident (watch_id, watch_name, datastream_id, kind, began_at, value, feed, tell_at)
            select id, name, datastream_id, kind, now(), 40, false, now() from watch order by id
            """);
    }

    /// Puts a Datastream into a data set that stewards alone may read.
    private void protect(long datastream) {
        town.town()
                .in(() -> town.bean(Rights.class)
                        .asOperator(() -> town.bean(DataSets.class)
                                .create(new DataSet.Wish(
                                        "Verschlossen",
                                        "",
                                        DataSet.Openness.PROTECTED,
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(datastream)))));
    }

    private static int count(String page, String what) {
        return page.split(what, -1).length - 1;
    }
}
