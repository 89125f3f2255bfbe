package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Role;
import de.stadtkern.installation.DataFolder;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Texts that are brought in, found and quoted.
@StadtkernTest
class KnowledgeTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private KnowledgeScenario town;

    @BeforeEach
    void aTownWithTexts() {
        town = new KnowledgeScenario(context, TestTown.create(cities, port));
        assertThat(KnowledgeScenario.said(town.put(
                        KnowledgeScenario.line("1", "Personalausweis beantragen", "Der Ausweis kostet 37 Euro."),
                        KnowledgeScenario.line("2", "Wohngeld", "Den Mietzuschuss erhalten Haushalte mit wenig Geld."),
                        KnowledgeScenario.line("3", "Hundesteuer", "Jeder Hund wird angemeldet, auch der zweite."))))
                .isEqualTo("3 3 []");
    }

    @Test
    void aTextIsFoundWithTheSectionThatSaysIt() {
        Knowledge.Hit hit = town.search("was kostet der Ausweis", "").hits().getFirst();
        assertThat(hit.title()).isEqualTo("Personalausweis beantragen");
        assertThat(hit.heading()).isEqualTo("Mehr");
        assertThat(hit.address()).isEqualTo("https://example.org/1#x");
        assertThat(KnowledgeScenario.marked(hit.excerpt())).isEqualTo("Der [Ausweis] [kostet] 37 Euro.");
    }

    @Test
    void otherFormsPartsOfWordsAndMistakesAreForgiven() {
        assertThat(town.found("Hunde")).isEqualTo("1: Hundesteuer");
        assertThat(town.found("Steuer")).isEqualTo("1: Hundesteuer");
        assertThat(town.found("WOHNGELT")).isEqualTo("1: Wohngeld");
        assertThat(town.found("Personalausweiss beantragn")).isEqualTo("1: Personalausweis beantragen");
        assertThat(town.found("Mietzuschüsse")).isEqualTo("1: Wohngeld");
        assertThat(town.found("Einhorn")).isEqualTo("0: ");
    }

    @Test
    void whatMayBeMeantIsOffered() {
        assertThat(town.search("Wohngelt zahlen", "").meant()).isEqualTo("Wohngeld zahlen");
        assertThat(town.search("Hundesteuer", "").meant()).isEmpty();
    }

    @Test
    void whereNotAllWordsAreFoundTogetherThatIsSaid() {
        Knowledge.Found found = town.search("Wohngeld Einhorn", "");
        assertThat(KnowledgeScenario.said(found)).isEqualTo("1: Wohngeld");
        assertThat(found.isLoosely()).isTrue();
        assertThat(town.search("Wohngeld", "").isLoosely()).isFalse();
    }

    @Test
    void aChangedTextIsFoundAsItIsAndARemovedOneNoMore() {
        town.put(KnowledgeScenario.line("3", "Hundesteuer", "Auch für Katzen fällt nichts an."));
        assertThat(town.found("Katzen")).isEqualTo("1: Hundesteuer");
        assertThat(town.found("angemeldet")).isEqualTo("0: ");
        assertThat(town.remove("3").statusCode()).isEqualTo(200);
        assertThat(town.found("Hundesteuer")).isEqualTo("0: ");
        assertThat(town.remove("3").statusCode()).isEqualTo(404);
    }

    @Test
    void theSameTextOnceMoreChangesNothing() {
        assertThat(KnowledgeScenario.said(town.put(KnowledgeScenario.line(
                        "2", "Wohngeld", "Den Mietzuschuss erhalten Haushalte mit wenig Geld."))))
                .isEqualTo("1 0 []");
    }

    @Test
    void whatSomebodyMayNotReadIsNeitherFoundNorCountedNorHintedAt() {
        town.put(
                "{\"id\": \"4\", \"title\": \"Dienstplan Winterdienst\", \"text\": \"Geheimfach\", \"audience\":"
                        + " \"staff\"}",
                "{\"id\": \"5\", \"title\": \"Winterdienst der Schulen\", \"text\": \"x\", \"audience\":"
                        + " \"department:schools\"}",
                "{\"id\": \"6\", \"title\": \"Winterdienst für alle\", \"text\": \"Streupflicht\"}");
        assertThat(town.found("Winterdienst")).isEqualTo("1: Winterdienst für alle");
        assertThat(town.search("Geheimfuch", "").meant()).isEmpty();
        assertThat(town.search("Winterdienst", "").kinds()).containsOnly(java.util.Map.entry("Import", 1));
        String staff =
                town.somebodyOf(Area.PLACES).open("/search?q=Winterdienst").body();
        assertThat(staff).contains("2 Treffer", "Dienstplan Winterdienst").doesNotContain("Winterdienst der Schulen");
        String school =
                town.somebodyOf(Area.SCHOOLS).open("/search?q=Winterdienst").body();
        assertThat(school).contains("3 Treffer", "Winterdienst der Schulen");
        long hidden = Long.parseLong(town.people.text("select id from knowledge_document where key = '4'"));
        assertThat(town.town.get("/texts/" + hidden).statusCode()).isEqualTo(404);
    }

    @Test
    void aTextThatStandsNowhereElseHasAPageOfItsOwn() {
        town.put("{\"id\": \"7\", \"title\": \"Sperrmüll\", \"text\": \"# Abholung\\n"
                + "Zweimal im Jahr.\", \"owner\": \"Stadtwerke\", \"updated\": \"2026-11-01\"}");
        String address = town.search("Sperrmüll", "").hits().getFirst().address();
        String page = town.town.get(address).body();
        assertThat(page)
                .contains("Sperrmüll</h1>", "Abholung</h2>", "Zweimal im Jahr.", "Stadtwerke, Stand 1. November 2026");
    }

    @Test
    void resultsAreNarrowedToAKindAndTurnedOver() {
        town.put(IntStream.range(0, 45)
                .mapToObj(i -> KnowledgeScenario.line("k" + i, "Kita Nummer " + i, "Betreuung im Haus " + i))
                .toArray(String[]::new));
        Knowledge.Found found = town.search("Kita", "Import");
        assertThat(found.total()).isEqualTo(45);
        assertThat(found.pages()).isEqualTo(3);
        String second = town.town.get("/search?q=Kita&kind=Import&page=3").body();
        assertThat(second).contains("45 Treffer", "page=2").doesNotContain("page=4");
        assertThat(town.search("Kita", "Seite").total()).isZero();
    }

    @Test
    void nearlyTheSameTextIsOneResult() {
        String long1 =
                "Wer umzieht, meldet sich innerhalb von zwei Wochen im Bürgerservice an und bringt den Ausweis mit.";
        assertThat(KnowledgeScenario.said(town.put(
                        KnowledgeScenario.line("8", "Ummelden", long1),
                        KnowledgeScenario.line("9", "Wohnsitz ummelden", long1 + " Danke."))))
                .isEqualTo("2 2 []");
        Knowledge.Found found = town.search("zwei Wochen Bürgerservice", "");
        assertThat(found.hits()).hasSize(1);
        assertThat(found.hits().getFirst().also()).hasSize(1);
    }

    @Test
    void whatStaffSayMeansTheSameIsFound() {
        town.people.execute("insert into knowledge_synonym (words) values ('Perso, Personalausweis, ID card')");
        assertThat(town.found("perso")).isEqualTo("1: Personalausweis beantragen");
        assertThat(town.found("ID Card")).isEqualTo("1: Personalausweis beantragen");
    }

    @Test
    void theIndexIsMadeAgainWhereItIsGoneOrDamaged() throws IOException {
        assertThat(town.found("Wohngeld")).isEqualTo("1: Wohngeld");
        TownIndex index = town.town.in(() -> town.bean(TownIndexes.class).current());
        index.close();
        Path files;
        try (Stream<Path> all = Files.list(town.bean(DataFolder.class).resolve("search"))) {
            files = all.filter(one -> one.getFileName()
                            .toString()
                            .startsWith(town.town.city().schema() + "-"))
                    .findFirst()
                    .orElseThrow();
        }
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.collect(Collectors.toList())) {
                Files.writeString(file, "not an index");
            }
        }
        assertThat(town.found("Wohngeld")).isEqualTo("1: Wohngeld");
        index.delete();
        assertThat(town.found("Wohngeld")).isEqualTo("1: Wohngeld");
    }

    @Test
    void anIndexOfALaterStateThanTheDatabaseIsMadeAgain() {
        assertThat(town.found("Wohngeld")).isEqualTo("1: Wohngeld");
        town.put(KnowledgeScenario.line("3", "Hundesteuer", "Kartoffeln."));
        assertThat(town.found("Kartoffeln")).isEqualTo("1: Hundesteuer");
        town.people.execute("update knowledge_document set title = 'Lastenzuschuss', version = 1");
        town.people.execute("update knowledge_state set version = 1");
        assertThat(town.search("Lastenzuschuss", "").total()).isEqualTo(3);
    }

    @Test
    void whatIsWrongIsSaidWithItsLineAndFieldAndTheRestIsStored() throws IOException {
        Files.writeString(folder.resolve("texts.jsonl"), """
            {"id": "a", "title": "Bauantrag", "text": "Drei Monate."}
            {"id": "b", "text": "ohne Titel"}

            {"id": "c", "title": "X", "updated": "gestern"}
            {"id": "d", "title": "X", "text": "x", "audience": "nobody"}
            {"id": "e", "title": "X", "url": "javascript:alert(1)"}
            no json
            """);
        String said =
                town.command(folder, "texts.jsonl", "--town", town.town.city().slug());
        assertThat(said)
                .startsWith("1 ")
                .contains(
                        "line 2, field 'title': it is missing",
                        "line 4, field 'updated': it is written like",
                        "line 5, field 'audience': it is one of public, staff",
                        "line 6, field 'url'",
                        "line 7: this is no JSON",
                        "6 texts read, 1 new or changed, 5 refused");
        assertThat(town.found("Bauantrag")).isEqualTo("1: Bauantrag");
        assertThat(KnowledgeScenario.said(town.put("{\"id\": \"a\"}")))
                .isEqualTo("400 line 1, field 'title': it is missing");
        assertThatThrownBy(() -> town.command(folder, "missing.jsonl")).isInstanceOf(Problem.class);
    }

    @Test
    void theServicesOfAnAdministrationAreTexts() throws IOException {
        Files.writeString(folder.resolve("services.json"), """
            [{"id": "77", "name": "Meldebescheinigung", "description": "<p>Sie erhalten sie sofort.</p>", "fees": "<p>5 Euro</p>",
              "forms": [{"name": "Antrag &auml;ndern", "link": "https://example.org/x.pdf"}], "authority": "Stadt"}]
            """);
        town.command(folder, "services.json", "--town", town.town.city().slug());
        Knowledge.Hit hit =
                town.search("Gebühren Meldebescheinigung", "").hits().getFirst();
        assertThat(hit.heading()).isEqualTo("Gebühren");
        assertThat(town.search("Meldebescheinigung ändern", "")
                        .hits()
                        .getFirst()
                        .heading())
                .isEqualTo("Formulare und Links");
    }

    @Test
    void whoMayNotBringsNothingIn() {
        assertThat(town.putAs(town.key(Role.VIEWER), KnowledgeScenario.line("9", "X", "y"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(town.town.post("/api/knowledge/documents", "{}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherTownFindsNothingOfIt() {
        KnowledgeScenario other = new KnowledgeScenario(context, TestTown.create(cities, port));
        assertThat(other.found("Wohngeld")).isEqualTo("0: ");
        assertThat(List.of(town.found("Wohngeld"))).containsExactly("1: Wohngeld");
    }
}
