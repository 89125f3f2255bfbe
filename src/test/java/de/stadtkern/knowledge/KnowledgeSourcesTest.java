package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What editors do with sources of texts, without code.
@StadtkernTest
class KnowledgeSourcesTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private KnowledgeScenario town;
    private PeopleScenario.Browser editor;

    @BeforeEach
    void anEditor() {
        town = new KnowledgeScenario(context, TestTown.create(cities, port));
        editor = town.people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
    }

    private void create(String kind, String name, String audience) {
        assertThat(editor.where(editor.fill(
                        "/knowledge/new/" + kind,
                        "/knowledge/new/" + kind,
                        "name",
                        name,
                        "audience",
                        audience,
                        "language",
                        "de",
                        "owner",
                        "Bürgerservice")))
                .isEqualTo("303 /knowledge/" + name.toLowerCase(java.util.Locale.ROOT));
    }

    private HttpResponse<String> upload(String slug, String file, String title) {
        String token = editor.tokens("/knowledge/" + slug).getFirst();
        return editor.upload(
                "/knowledge/%s/upload?_form=%s".formatted(slug, token),
                title.isEmpty() ? java.util.Map.of() : java.util.Map.of("title", title),
                "file",
                "texts",
                file.getBytes(StandardCharsets.UTF_8));
    }

    private void undoLast() {
        town.town.in(() -> town.bean(Rights.class).asOperator(() -> {
            town.bean(Changes.class).undo(Long.parseLong(town.people.text("select max(id) from change")));
            return true;
        }));
    }

    @Test
    void allThatIsWrongWithASourceIsSaidAtOnce() {
        HttpResponse<String> wrong = editor.fill(
                "/knowledge/new/web",
                "/knowledge/new/web",
                "name",
                "?",
                "address",
                "ftp://example.org/",
                "audience",
                "public",
                "language",
                "de",
                "review",
                "morgen");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains(
                        "mindestens zwei Buchstaben", "beginnt mit https://", "Ein Tag wird so geschrieben", "morgen");
        create("faq", "Fragen", "public");
        assertThat(editor.fill("/knowledge/new/faq", "/knowledge/new/faq", "name", "Fragen", "language", "de")
                        .body())
                .contains("Eine Quelle dieses Namens gibt es schon.", "Wählen Sie eines davon.");
    }

    @Test
    void aTableOfQuestionsIsFoundAndReplacedAsAWhole() {
        create("faq", "Fragen", "public");
        assertThat(upload(
                                "fragen",
                                "Frage;Antwort\n"
                                        + "Wann wird gestreut?;\"Ab 6 Uhr,\n"
                                        + "werktags\"\n"
                                        + "Wo ist das Fundbüro?;Im Rathaus\n",
                                "")
                        .statusCode())
                .isEqualTo(303);
        assertThat(town.found("Fundbüro")).isEqualTo("1: Wo ist das Fundbüro?");
        upload("fragen", "question,answer\nWann wird gestreut?,Ab 5 Uhr\n", "");
        assertThat(town.found("Fundbüro")).isEqualTo("0: ");
        HttpResponse<String> wrong = upload("fragen", "Frage;Antwort\n;ohne Frage\nWann?;Bald\n", "");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Zeile 2, id");
        assertThat(town.found("gestreut")).isEqualTo("1: Wann wird gestreut?");
    }

    @Test
    void textAndHtmlAreBroughtAsFiles() {
        create("text", "Texte", "public");
        assertThat(upload("texte", "# Abholung\nZweimal im Jahr", "Sperrmüll").statusCode())
                .isEqualTo(303);
        assertThat(upload(
                                "texte",
                                "<html><head><title>Winterdienst</title></head><body><p>Gestreut wird ab 6 Uhr.</p>",
                                "")
                        .statusCode())
                .isEqualTo(303);
        assertThat(town.found("Abholung")).isEqualTo("1: Sperrmüll");
        assertThat(town.found("gestreut")).isEqualTo("1: Winterdienst");
        assertThat(editor.where(upload("texte", "ohne Titel", ""))).startsWith("422 title:");
    }

    @Test
    void whatIsWithdrawnIsFoundNoMoreAndCanComeBack() {
        create("text", "Texte", "public");
        upload("texte", "Zweimal im Jahr", "Sperrmüll");
        long id = Long.parseLong(town.people.text("select id from knowledge_document"));
        editor.fill("/knowledge/texte", "/knowledge/texte/texts/%d/withdraw".formatted(id));
        assertThat(town.found("Sperrmüll")).isEqualTo("0: ");
        assertThat(town.town.get("/texts/" + id).statusCode()).isEqualTo(404);
        undoLast();
        assertThat(town.found("Sperrmüll")).isEqualTo("1: Sperrmüll");
        editor.fill("/knowledge/texte", "/knowledge/texte/withdraw");
        assertThat(town.found("Sperrmüll")).isEqualTo("0: ");
        undoLast();
        assertThat(town.found("Sperrmüll")).isEqualTo("1: Sperrmüll");
        assertThat(editor.fill("/knowledge/texte", "/knowledge/texte/delete").statusCode())
                .isEqualTo(409);
        editor.fill("/knowledge/texte", "/knowledge/texte/withdraw");
        editor.fill("/knowledge/texte", "/knowledge/texte/delete");
        assertThat(town.people.text("select count(*) from knowledge_passage")).isEqualTo("0");
    }

    @Test
    void whomASourceIsForIsChangedForAllItsTexts() {
        create("text", "Texte", "staff");
        upload("texte", "Zweimal im Jahr", "Sperrmüll");
        assertThat(town.found("Sperrmüll")).isEqualTo("0: ");
        editor.change("/knowledge/texte/edit", "audience", "public");
        assertThat(town.found("Sperrmüll")).isEqualTo("1: Sperrmüll");
    }

    @Test
    void sameWordsAreKeptByEditors() {
        create("text", "Texte", "public");
        upload("texte", "Kostet 37 Euro", "Personalausweis");
        editor.change("/knowledge/synonyms", "lines", "Perso, Personalausweis");
        assertThat(town.found("Perso")).isEqualTo("1: Personalausweis");
        assertThat(town.found("perso")).isEqualTo("1: Personalausweis");
        assertThat(editor.where(editor.change("/knowledge/synonyms", "lines", "einsam")))
                .startsWith("422 lines:");
        undoLast();
        assertThat(town.people.text("select count(*) from knowledge_synonym")).isEqualTo("0");
    }
}
