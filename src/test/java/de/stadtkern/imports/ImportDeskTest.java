package de.stadtkern.imports;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.connect.ImportScenario;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// An editor imports a file by clicking: from the upload to the way back.
@StadtkernTest
class ImportDeskTest {

    private static final String WEATHER = """
        Export vom 02.05.2026
        Datum;Uhrzeit;Temperatur (°C);Feuchte;Bemerkung
        01.05.2026;10:00;12,5;71;gut
        01.05.2026;10:15;12,9;70;
        01.05.2026;10:30;k.A.;69;Störung
        """;

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;
    private ImportDeskScenario desk;

    @BeforeEach
    void anEditor() {
        town = TestTown.create(cities, port);
        desk = new ImportDeskScenario(context, town);
    }

    @Test
    void theProposalUnderstandsWhatIsUsualInGermany() {
        String page = desk.begin("wetter.csv", WEATHER);
        assertThat(desk.preview(page)).isEqualTo("""
            1. Mai 2026, 10:00 Uhr | wetter, Temperatur | 12,5 Grad Celsius
            1. Mai 2026, 10:00 Uhr | wetter, Feuchte | 71 Anzahl
            1. Mai 2026, 10:15 Uhr | wetter, Temperatur | 12,9 Grad Celsius
            1. Mai 2026, 10:15 Uhr | wetter, Feuchte | 70 Anzahl
            1. Mai 2026, 10:30 Uhr | wetter, Feuchte | 69 Anzahl\
            """);
    }

    @Test
    void whatIsChosenShowsInThePreviewAndIsImported() {
        String page = desk.begin("wetter.csv", WEATHER);
        desk.press(page, "preview", "name", "Wetterstation Schule", "v3-unit", "Prozent", "duration", "PT15M");
        assertThat(desk.preview(page))
                .contains("1. Mai 2026, 10:15 Uhr bis 1. Mai 2026, 10:30 Uhr | Wetterstation Schule, Feuchte | 70"
                        + " Prozent");
        assertThat(desk.editor.open(page).body()).contains("href=\"" + page + "/preview.xlsx\"");
        assertThat(desk.editor.open(page + "/preview.csv").body())
                .startsWith("when,where,value")
                .contains("2026-05-01T08:15:00Z,\"Wetterstation Schule, Feuchte\",70 Prozent");
        assertThat(desk.editor.where(desk.press(page, "start"))).isEqualTo("303 " + page);
        assertThat(desk.end(page))
                .isEqualTo(
                        "Die Datei ist eingelesen. 3 Zeilen, 5 neu gespeichert, 0 schon da, 1 ohne Wert, 0 abgelehnt");
        assertThat(desk.datastreams())
                .isEqualTo("Wetterstation Schule, Temperatur: 2\nWetterstation Schule, Feuchte: 3");
        assertThat(desk.text("select who || ' ' || title from change where kind = 'import'"))
                .isEqualTo("Frau ole wetter.csv");
    }

    @Test
    void valuesGoIntoADatastreamThatIsThere() {
        String first = desk.begin("wetter.csv", WEATHER);
        desk.press(first, "start");
        desk.end(first);
        String thing = desk.text("select id::text from thing");
        String datastream = desk.text("select id::text from datastream where name = 'Temperatur'");
        String second = desk.begin("neu.csv", "Zeit;Grad\n02.05.2026 10:00;20\n");
        desk.press(second, "preview", "place", "thing", "thing", thing);
        desk.press(second, "start", "v1-datastream", datastream);
        assertThat(desk.end(second)).startsWith("Die Datei ist eingelesen. 1 Zeilen, 1 neu gespeichert");
        assertThat(desk.datastreams()).isEqualTo("wetter, Temperatur: 3\nwetter, Feuchte: 3");
    }

    @Test
    void aColumnTellsTheThingsApart() {
        String page = desk.begin("zaehlung.csv", """
            Stelle,Zeit,Anzahl
            Nord,2026-05-01T10:00,3
            Süd,2026-05-01T10:00,4
            Nord,2026-05-01T11:00,5
            Süd,2026-05-01T11:00,6
            """);
        assertThat(desk.preview(page)).contains("Stelle Nord, Anzahl | 3 Anzahl", "Stelle Süd, Anzahl | 6 Anzahl");
    }

    @Test
    void theWholeFileIsCheckedWithReasonsByLineAndColumn() {
        String page = desk.begin(
                "werte.csv", "Zeit;Anzahl\n01.05.2026 10:00;1\n01.05.2026 11:00;2\n01.05.2026 12:00;viele\n");
        desk.press(
                page,
                "check",
                "use-1",
                "Anzahl",
                "v1-kind",
                "number",
                "v1-name",
                "Anzahl",
                "v1-unit",
                "Stück",
                "v1-property",
                "Zahl");
        assertThat(desk.end(page)).contains("2 Werte verstanden", "1 abgelehnt");
        assertThat(desk.editor.open(page).body())
                .contains("2 Werte können eingelesen werden, eine Ablehnung.", ">viele</td>", "ist keine Zahl");
        assertThat(desk.editor.open(page + "/refused.excel.csv").body())
                .isEqualTo("\ufeffZeile;Spalte;Inhalt;Grund\r\n4;Anzahl;viele;ist keine Zahl\r\n");
        assertThat(desk.editor.open(page + "/refused.csv").body()).contains("line,column,value,reason");
        assertThat(desk.editor.open(page + "/preview-refused.csv").body()).contains("4,Anzahl,viele,");
        assertThat(desk.datastreams()).isEmpty();
    }

    @Test
    void filesThatAreNoneAreRefusedAtTheField() {
        assertThat(desk.upload("leer.csv", "")).isEqualTo("422 file: Wählen Sie eine Datei, die nicht leer ist.");
        assertThat(desk.upload("kopf.csv", "Zeit;Anzahl\n"))
                .isEqualTo("422 file: Die Datei hat nur eine Kopfzeile und keine Werte.");
        assertThat(desk.upload("seite.pdf", "%PDF-1.7\n")).startsWith("422 file: Das ist keine Texttabelle.");
        assertThat(desk.text("select count(*)::text from import_job")).isEqualTo("0");
    }

    @Test
    void aFileBeyondTheLimitIsRefusedWithTheLimitBeforeItIsSent() throws IOException {
        String answer = desk.announce("riesig.csv", 3L << 30);
        assertThat(answer).startsWith("HTTP/1.1 422 ").contains("höchstens 2.048 MB");
        assertThat(desk.text("select count(*)::text from import_job")).isEqualTo("0");
    }

    @Test
    void aFileInAnotherEncodingIsReadRight() {
        String where =
                desk.upload("alt.csv", "Zeit;Straße (°C)\n01.05.2026 10:00;12,5\n", Charset.forName("windows-1252"));
        String page = where.substring(4);
        assertThat(desk.preview(page)).isEqualTo("1. Mai 2026, 10:00 Uhr | alt, Straße | 12,5 Grad Celsius");
        desk.press(page, "preview", "charset", "UTF-8");
        assertThat(desk.editor.open(page).body()).contains("Umlaute und Sonderzeichen sehen falsch aus.");
    }

    @Test
    void aFileOfTwoHundredColumnsCanBeClickedTogether() {
        String head = IntStream.range(0, 200).mapToObj(i -> "Wert " + i).collect(Collectors.joining(";"));
        String line = IntStream.range(0, 200).mapToObj(String::valueOf).collect(Collectors.joining(";"));
        String page = desk.begin("breit.csv", "Zeit;" + head + "\n01.05.2026 10:00;" + line + "\n");
        assertThat(desk.preview(page).lines()).hasSize(10);
        assertThat(desk.editor.where(desk.press(page, "preview", "use-150", "Wert 149")))
                .isEqualTo("303 " + page);
        assertThat(desk.preview(page)).contains("breit, Wert 149 | 149 Anzahl");
    }

    @Test
    void theSameFileTwiceIsSaidAndStoresNothingTwice() {
        String first = desk.begin("wetter.csv", WEATHER);
        desk.press(first, "start");
        desk.end(first);
        String second = desk.begin("wetter.csv", WEATHER);
        assertThat(desk.editor.open(second).body()).contains("Diese Datei gab es schon einmal.", first);
        desk.press(second, "start");
        assertThat(desk.end(second)).contains("0 neu gespeichert", "5 schon da");
    }

    @Test
    void twoImportsAtOnceBothEnd() {
        String one = desk.begin("eins.csv", ImportDeskScenario.minutes(20_000));
        String two = desk.begin("zwei.csv", ImportDeskScenario.minutes(20_000));
        desk.press(one, "start");
        desk.press(two, "start");
        assertThat(desk.end(one)).contains("20.000 neu gespeichert");
        assertThat(desk.end(two)).contains("20.000 neu gespeichert");
        assertThat(desk.datastreams()).contains("eins, Anzahl: 20000", "zwei, Anzahl: 20000");
    }

    @Test
    void anImportIsTakenBackAndNothingElse() {
        String before = desk.begin("vorher.csv", "Zeit;Anzahl\n01.03.2026 00:00;7\n");
        desk.press(before, "start", "name", "Platz");
        desk.end(before);
        String page = desk.begin("werte.csv", ImportDeskScenario.minutes(12_000));
        desk.press(page, "start", "name", "Platz");
        assertThat(desk.end(page)).contains("11.999 neu gespeichert", "1 schon da");
        assertThat(desk.text("select n || ' ' || last_result from datastream_state"))
                .isEqualTo("12000 99");
        assertThat(desk.editor.where(desk.editor.fill(page, page + "/take-back")))
                .isEqualTo("303 " + page);
        assertThat(desk.end(page)).startsWith("Die Einlesung ist zurückgenommen.");
        assertThat(desk.text("select n || ' ' || last_result || ' ' || (select count(*) from observation) from"
                        + " datastream_state"))
                .isEqualTo("1 7 1");
        assertThat(desk.editor.open(page).body()).contains("Alle 11.999 Werte sind entfernt.");
    }

    /// The file finds it by its key, when whoever asked may be gone.
    @Test
    void whatAFileFindsByItsKeyIsWrittenByThoseWhoMay() {
        String before = desk.begin("vorher.csv", "Zeit;Anzahl\n01.03.2026 00:00;7\n");
        desk.press(before, "start", "name", "Platz");
        desk.end(before);
        desk.protect(Long.parseLong(desk.text("select id::text from thing")));
        String page = desk.begin("werte.csv", "Zeit;Anzahl\n02.03.2026 00:00;8\n");
        desk.press(page, "start", "name", "Platz");
        desk.end(page);
        assertThat(desk.editor.open(page).body()).contains("gehört zu einem geschützten Datensatz");
        String left = "select count(*) || ' ' || (select count(*) from datastream) from observation";
        assertThat(desk.text(left)).isEqualTo("1 1");
        assertThat(desk.editor.fill(before, before + "/take-back").statusCode()).isEqualTo(404);
        PeopleScenario.Browser steward =
                desk.people().loggedIn("steward@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
        assertThat(steward.where(steward.fill(page, page + "/resume"))).isEqualTo("303 " + page);
        desk.end(page);
        assertThat(desk.text(left)).isEqualTo("2 1");
    }

    @Test
    void takingBackStandsInTheListOfChanges() {
        PeopleScenario.Browser admin = desk.people().loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        String page = desk.begin("wetter.csv", WEATHER);
        desk.press(page, "start");
        desk.end(page);
        String change = desk.text("select max(id)::text from change");
        assertThat(admin.open("/changes").body())
                .as("what cannot be taken back in turn asks first")
                .containsPattern("(?s)<details class=\"confirm\">.{0,400} action=\"/changes/" + change
                        + "/undo\".{0,600}Das lässt sich nicht rückgängig machen");
        assertThat(admin.where(admin.fill("/changes", "/changes/" + change + "/undo")))
                .isEqualTo("303 /changes");
        assertThat(desk.end(page)).startsWith("Die Einlesung ist zurückgenommen.");
        assertThat(desk.editor.open(page).body())
                .contains("Werte sind entfernt.")
                .doesNotContain("Die übrigen");
        assertThat(desk.datastreams()).isEqualTo("wetter, Temperatur: 0\nwetter, Feuchte: 0");
        assertThat(admin.open("/changes").body()).doesNotContain("/undo\"");
    }

    @Test
    void whatDiedIsTakenUpAgainAndCountsEachValueOnce() {
        String page = desk.begin("werte.csv", ImportDeskScenario.minutes(25_000));
        desk.press(page, "preview", "duplicates", "insert");
        // As a process leaves it that dies after its first batch.
        desk.press(page, "start", "duplicates", "insert");
        desk.end(page);
        desk.execute("""
            with gone as (delete from observation where phenomenon_start >= '2026-03-07T21:40:00Z' returning 1)
            update import_job set state = 'running', claimed_until = now() - interval '1 s',
              handled = 25000 - (select count(*) from gone), written = 25000 - (select count(*) from gone)
            """);
        desk.execute("delete from import_batch where id > (select min(id) from import_batch)");
        town.in(() -> {
            context.getBean(ImportRunner.class).look();
            return true;
        });
        assertThat(desk.end(page)).contains("25.000 neu gespeichert", "0 schon da");
        assertThat(desk.text("select count(*) || ' ' || count(distinct phenomenon_start) from observation"))
                .isEqualTo("25000 25000");
    }

    @Test
    void aDatabaseThatIsAwayForAMomentEndsNoImport() throws InterruptedException {
        String page = desk.begin("werte.csv", ImportDeskScenario.minutes(40_000));
        desk.press(page, "start", "duplicates", "insert");
        int lost = 0;
        for (int look = 0; look < 2_000 && lost == 0; look++) {
            Thread.sleep(5);
            lost = Integer.parseInt(desk.text("""
                select count(pg_terminate_backend(a.pid))::text from pg_stat_activity a join pg_locks l on l.pid = a.pid
                where l.relation = 'observation'::regclass and l.mode = 'RowExclusiveLock'
                """));
        }
        assertThat(lost).isPositive();
        assertThat(desk.end(page)).contains("40.000 neu gespeichert", "0 schon da");
        assertThat(desk.text("select count(*) || ' ' || count(distinct phenomenon_start) from observation"))
                .isEqualTo("40000 40000");
    }

    @Test
    void aMappingIsKeptUsedChangedAndItsDeletionTakenBack() {
        String first = desk.begin("wetter.csv", WEATHER);
        desk.press(first, "save", "mapping-name", "Wetter", "name", "Dach");
        String second = desk.begin("mai.csv", WEATHER);
        String id = desk.text("select id::text from import_mapping");
        desk.editor.fill(second, second + "/use", "saved", id);
        assertThat(desk.preview(second)).contains("Dach, Temperatur | 12,5 Grad Celsius");
        assertThat(desk.editor.open("/imports/mappings/" + id + "/mapping.yaml").body())
                .contains("Dach", "columns:");
        String one = "/imports/mappings/" + id;
        assertThat(desk.editor.where(desk.editor.fill(one, one, "name", "Wetter", "yaml", "time: {}")))
                .startsWith("422 yaml: In Zeile 1 stimmt etwas nicht. Genauer (englisch): Field");
        desk.editor.fill("/imports/mappings", one + "/delete");
        assertThat(desk.editor.open("/imports/mappings").body()).contains("Noch keine gespeichert", "/undo\"");
        String change = desk.text("select max(id)::text from change");
        desk.editor.fill("/imports/mappings", "/changes/" + change + "/undo");
        assertThat(desk.text("select name from import_mapping")).isEqualTo("Wetter");
    }

    @Test
    void theMappingCanBeWrittenAsText() {
        String page = desk.begin("wetter.csv", WEATHER);
        desk.press(page, "text");
        assertThat(desk.editor.open(page).body()).contains("<textarea", "skip-lines: 1");
        assertThat(desk.editor.where(desk.press(page, "preview", "yaml", "nichts")))
                .startsWith("422 yaml: In Zeile 1 stimmt etwas nicht.");
        desk.press(page, "click");
        assertThat(desk.preview(page)).contains("wetter, Temperatur | 12,5 Grad Celsius");
    }

    @Test
    void whyItFailedIsSaidInTheReadersLanguage() {
        String page = desk.begin("wetter.csv", WEATHER);
        desk.press(page, "text");
        desk.press(page, "check", "yaml", ImportScenario.MAPPING);
        desk.end(page);
        assertThat(desk.text("select state || ': ' || problem from import_job"))
                .isEqualTo("failed: The file has no column 'Zeit'. It has: Export vom 02.05.2026.");
        String body = desk.editor.open(page).body();
        // Once at the preview, once at what became of the check.
        assertThat(body.split("Die Datei hat keine Spalte „Zeit“. Sie hat: Export", -1))
                .hasSize(3);
        assertThat(desk.editor.open(page + "?lang=en").body())
                .contains("The file has no column “Zeit”. It has: Export");
    }

    @Test
    void onlyEditorsOfThePlatformMay() {
        var viewer = desk.people().loggedIn("vera@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        assertThat(viewer.open("/imports").statusCode()).isEqualTo(403);
        String page = desk.begin("wetter.csv", WEATHER);
        assertThat(viewer.open(page).statusCode()).isEqualTo(403);
        assertThat(desk.people().somebody().open(page).statusCode()).isEqualTo(303);
        TestTown other = TestTown.create(cities, port);
        var elsewhere = new ImportDeskScenario(context, other);
        assertThat(elsewhere.editor.open(page).statusCode()).isEqualTo(404);
    }

    @Test
    void theFileIsPackedAndComesBackByteForByte() {
        String content = ImportDeskScenario.minutes(50_000);
        String page = desk.begin("gross.csv", content);
        assertThat(Long.parseLong(desk.text("select stored_size::text from import_job")))
                .isLessThan(content.length() / 3);
        assertThat(content.getBytes(StandardCharsets.UTF_8))
                .hasSize(Integer.parseInt(desk.text("select file_size::text from import_job")));
        desk.press(page, "check");
        // The hour that the clocks skip in spring.
        assertThat(desk.end(page)).contains("49.940 Werte verstanden", "60 abgelehnt");
    }
}
