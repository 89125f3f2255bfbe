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
    void editorsSayHoursAndContactOfATextAndCanTakeThatBack() {
        create("text", "Texte", "public");
        upload("texte", "Wir helfen.", "Bürgerbüro");
        String id = town.people.text("select id from knowledge_document");
        String form = "/knowledge/texte/texts/%s/edit".formatted(id);
        HttpResponse<String> wrong = editor.fill(
                form,
                form,
                "hours",
                "meist vormittags",
                "phone",
                "anrufen",
                "appointment",
                "http://example.org/",
                "fee",
                "7 Euro");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains(
                        "Diese Öffnungszeiten werden nicht verstanden",
                        "Eine Telefonnummer besteht aus Ziffern",
                        "Die Adresse beginnt mit https://",
                        "meist vormittags",
                        "7 Euro");
        assertThat(town.people.text("select details::text from knowledge_document"))
                .isEqualTo("{}");
        assertThat(editor.where(editor.fill(
                        form,
                        form,
                        "hours",
                        "Mo-Fr 08:00-18:00",
                        "phone",
                        "+49 3641 49-0",
                        "documents",
                        "Ausweis\n\nFoto ")))
                .isEqualTo("303 /knowledge/texte");
        assertThat(town.town.get("/texts/" + id).body())
                .contains("Mo-Fr 08:00-18:00", "+49 3641 49-0", "Ausweis; Foto");
        upload("texte", "Wir helfen immer.", "Bürgerbüro");
        assertThat(town.town.get("/texts/" + id).body()).contains("Wir helfen immer.", "Mo-Fr 08:00-18:00");
        undoLast();
        assertThat(town.people.text("select details::text from knowledge_document"))
                .isEqualTo("{}");
    }

    @Test
    void whatProgramsBringTheySayWhollyThemselves() {
        town.put("{\"id\": \"1\", \"title\": \"Amt\", \"text\": \"Text\", \"hours\": \"24/7\", \"documents\":"
                + " [\"Pass\"]}");
        String id = town.people.text("select id from knowledge_document");
        assertThat(town.people.text("select details ->> 'hours' from knowledge_document"))
                .isEqualTo("24/7");
        assertThat(editor.open("/knowledge/import/texts/%s/edit".formatted(id)).statusCode())
                .isEqualTo(409);
        town.put("{\"id\": \"1\", \"title\": \"Amt\", \"text\": \"Text\"}");
        assertThat(town.people.text("select details::text from knowledge_document"))
                .isEqualTo("{}");
        assertThat(KnowledgeScenario.said(
                        town.put("{\"id\": \"1\", \"title\": \"Amt\", \"text\": \"Text\", \"hours\": [\"24/7\"]}")))
                .isEqualTo("400 line 1, field 'hours': a text is expected");
        assertThat(KnowledgeScenario.said(town.put(
                        "{\"id\": \"1\", \"title\": \"Amt\", \"text\": \"Text\", \"hours\": \"Mo-Fr vormittags\"}")))
                .startsWith("400 line 1, field 'hours': they are written like");
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
