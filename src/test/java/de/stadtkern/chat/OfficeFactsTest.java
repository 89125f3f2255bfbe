package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.city.Cities;
import de.stadtkern.seams.Fact;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is answered of hours, contact, fee and documents; the offices are invented. It is Tuesday, 1 December
/// 2026, ten o'clock.
@StadtkernTest
class OfficeFactsTest {

    private static final String NOW = "2026-12-01T10:00";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private FactsTown town;

    @BeforeEach
    void someOffices() {
        town = new FactsTown(context, cities, port);
        assertThat(town.bring("""
            {"id": "bs", "url": "https://example.org/bs", "title": "Bürgerservice-Büro", "text": "Hier melden Sie sich an und um.", "updated": "2026-11-20", "hours": "Mo-Fr 08:00-18:00; Th 08:00-20:00; PH off; 2026-12-24 off", "phone": "+49 3641 49-0", "mail": "buergerservice@example.org", "place": "Beispielweg 1, 00000 Teststadt", "appointment": "https://example.org/termin"}\
            """, """
            {"id": "pass", "url": "https://example.org/pass", "title": "Reisepass", "text": "Den Pass beantragen Sie persönlich.", "fee": "70 Euro.", "documents": ["Personalausweis", "ein biometrisches Foto"]}\
            """, """
            {"id": "vpass", "url": "https://example.org/vpass", "title": "Vorläufiger Reisepass", "text": "Wenn es eilt."}\
            """, """
            {"id": "bad", "title": "Schwimmbad Nord", "text": "Ein Becken.", "hours": "Mo[1] 10:00-12:00,14:00-24:00"}\
            """, """
            {"id": "bad2", "title": "Schwimmbad Süd", "text": "Zwei Becken.", "hours": "24/7"}\
            """, """
            {"id": "hund", "title": "Hundesteuer", "text": "Für jeden Hund ist Steuer zu zahlen."}\
            """)).isZero();
    }

    private String said(String question) {
        return said(question, NOW);
    }

    private String said(String question, String time) {
        return FactsTown.said(town.offices(question, Locale.GERMAN, time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hat das Bürgerservice-Büro heute geöffnet? | Heute von 8 bis 18 Uhr geöffnet. Jetzt ist geöffnet, bis"
                        + " 18 Uhr.",
                "Ist das Bürgerservice-Büro jetzt offen? | Heute von 8 bis 18 Uhr geöffnet. Jetzt ist geöffnet, bis 18"
                        + " Uhr.",
                "Bis wann ist das Bürgerservice-Büro am Donnerstag geöffnet? | Am Donnerstag, 3. Dezember, von 8 bis"
                        + " 20 Uhr geöffnet.",
                "Hat das Bürgerservice-Büro am Samstag auf? | Am Samstag, 5. Dezember, geschlossen.",
                "Ist das Bürgerservice-Büro Heiligabend geöffnet? | Am Donnerstag, 24. Dezember, geschlossen.",
                "Öffnungszeiten Bürgerservice-Büro am Wochenende | Am Samstag, 5. Dezember, geschlossen. Am Sonntag,"
                        + " 6. Dezember, geschlossen.",
                "Wann hat das Bürgerservice-Büro geöffnet? | Montag bis Mittwoch von 8 bis 18 Uhr; Donnerstag von 8"
                        + " bis 20 Uhr; Freitag von 8 bis 18 Uhr; sonst geschlossen."
            })
    void hoursAreSaidForTheDaysThatAreAskedFor(String question, String said) {
        assertThat(said(question)).isEqualTo("Bürgerservice-Büro: " + said);
    }

    @Test
    void whenItOpensAgainIsSaidWhereItIsClosed() {
        assertThat(said("Hat das Bürgerservice-Büro jetzt offen?", "2026-12-01T07:30"))
                .endsWith("Jetzt ist geschlossen, wieder geöffnet ist heute ab 8 Uhr.");
        assertThat(said("Hat das Bürgerservice-Büro jetzt offen?", "2026-12-04T19:00"))
                .isEqualTo("Bürgerservice-Büro: Heute von 8 bis 18 Uhr geöffnet."
                        + " Jetzt ist geschlossen, wieder geöffnet ist am Montag, 7. Dezember, ab 8 Uhr.");
    }

    @Test
    void whatIsOtherThanUsualSoonIsSaidWithTheWeek() {
        assertThat(said("Wann hat das Bürgerservice-Büro geöffnet?", "2026-12-20T10:00"))
                .endsWith("Anders als sonst: Am Donnerstag, 24. Dezember, geschlossen."
                        + " Am Freitag, 25. Dezember, geschlossen. Am Freitag, 1. Januar, geschlossen.");
    }

    @Test
    void ofAHolidayThatNothingIsSaidOfItIsSaidSo() {
        town.bring("""
            {"id": "bib", "title": "Bücherei", "text": "Bücher.", "hours": "Mo-Fr 10:00-18:00"}\
            """);
        assertThat(said("Hat die Bücherei am 25.12. offen?"))
                .isEqualTo("Bücherei: Freitag, 25. Dezember: Der Tag ist ein Feiertag oder kann einer sein."
                        + " Ob dann geöffnet ist, ist nicht eingetragen.");
    }

    @Test
    void whereMoreThanOneIsNamedAllAreSaid() {
        assertThat(said("Wann hat das Schwimmbad am 7. Dezember geöffnet?"))
                .contains(
                        "Schwimmbad Nord: Am Montag, 7. Dezember, von 10 bis 12 Uhr und von 14 bis 24 Uhr geöffnet.",
                        "Schwimmbad Süd: Rund um die Uhr geöffnet.");
        assertThat(said("Wann hat das Schwimmbad Nord am 7. Dezember geöffnet?"))
                .doesNotContain("Süd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wie ist die Telefonnummer vom Bürgerservice-Büro? | Bürgerservice-Büro: Telefon: +49 3641 49-0.",
                "Wie lautet die E-Mail-Adresse des Bürgerservice-Büros? | Bürgerservice-Büro: E-Mail:"
                        + " buergerservice@example.org",
                "Wo ist das Bürgerservice-Büro? | Bürgerservice-Büro: Anschrift: Beispielweg 1, 00000 Teststadt.",
                "Wie bekomme ich einen Termin im Bürgerservice-Büro? | Bürgerservice-Büro: Termine vereinbaren Sie"
                        + " hier: https://example.org/termin",
                "Was kostet ein Reisepass? | Reisepass: Gebühr: 70 Euro.",
                "Welche Unterlagen brauche ich für den Reisepass? | Reisepass: Mitzubringen: Personalausweis; ein"
                        + " biometrisches Foto.",
                "Was kostet ein Reisepass und was muss ich mitbringen? | Reisepass: Gebühr: 70 Euro. Mitzubringen:"
                        + " Personalausweis; ein biometrisches Foto."
            })
    void contactFeeAndDocumentsAreSaid(String question, String said) {
        assertThat(said(question)).isEqualTo(said);
    }

    @Test
    void englishIsAnsweredInEnglish() {
        assertThat(FactsTown.said(town.offices("When is the Bürgerservice-Büro open today?", Locale.ENGLISH, NOW)))
                .isEqualTo("Bürgerservice-Büro: Today open from 8:00 to 18:00. It is open now, until 18:00.");
        assertThat(FactsTown.said(
                        town.offices("When is the Bürgerservice-Büro open on Saturday?", Locale.ENGLISH, NOW)))
                .isEqualTo("Bürgerservice-Büro: On Saturday, 5 December, closed.");
    }

    @Test
    void aFactNamesItsTextAndHowOldItIs() {
        Fact fact = town.offices("Wo ist das Bürgerservice-Büro?", Locale.GERMAN, NOW)
                .getFirst();
        assertThat(fact.source()).isEqualTo("Bürgerservice-Büro");
        assertThat(fact.address()).isEqualTo("https://example.org/bs");
        assertThat(fact.known()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Was kostet der vorläufige Reisepass?",
                "Was kostet die Hundesteuer?",
                "Wann hat der Zoo offen?",
                "Wie melde ich mich im Bürgerservice-Büro an?",
                "Was kostet ein Reisepass und wie ist die Telefonnummer?",
                "Wie ändere ich meine Adresse im Bürgerservice-Büro?",
                "Wie sage ich einen Termin im Bürgerservice-Büro ab und kann ich ihn absagen?",
                "Hatte das Bürgerservice-Büro am 24.12.2025 geöffnet?",
                "Wann ist heute geöffnet?"
            })
    void whatIsNotKnownAsAWholeIsLeftToTheTexts(String question) {
        assertThat(said(question)).isEmpty();
    }

    @Test
    void whatIsWithdrawnIsSaidNoMore() {
        String id = town.people.text("select id from knowledge_document where key = 'bs'");
        town.editor.fill("/knowledge/import", "/knowledge/import/texts/%s/withdraw".formatted(id));
        assertThat(said("Wo ist das Bürgerservice-Büro?")).isEmpty();
    }

    @Test
    void theChatAnswersWithIt() {
        Reply reply = town.ask("Wo ist das Bürgerservice-Büro?");
        assertThat(reply.kind()).isEqualTo(Reply.Kind.ANSWER);
        assertThat(reply.label()).isEqualTo(Reply.Label.AUTOMATIC);
        assertThat(reply.text()).isEqualTo("Bürgerservice-Büro: Anschrift: Beispielweg 1, 00000 Teststadt.");
        assertThat(reply.sources().getFirst().url()).isEqualTo("https://example.org/bs");
    }

    @Test
    void hoursThatAreNotUnderstoodAreRefusedWhenTheyAreBroughtIn() {
        assertThat(town.bring(
                        "{\"id\": \"x\", \"title\": \"Amt\", \"text\": \"Text\", \"hours\": \"meist vormittags\"}"))
                .isEqualTo(1);
        assertThat(town.bring("{\"id\": \"x\", \"title\": \"Amt\", \"text\": \"Text\", \"phone\": \"anrufen\"}"))
                .isEqualTo(1);
        assertThat(town.people.text("select count(*) from knowledge_document where key = 'x'"))
                .isEqualTo("0");
    }
}
