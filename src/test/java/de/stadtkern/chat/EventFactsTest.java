package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.city.Cities;
import de.stadtkern.seams.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is answered of what is on; the events are invented. Calendars hold what comes after today, so the days
/// are counted from the next Tuesday on: that is the day on which people ask, at ten o'clock.
@StadtkernTest
class EventFactsTest {

    private final LocalDate tuesday = LocalDate.now(FactsTown.ZONE)
            .plusDays(1)
            .with(java.time.temporal.TemporalAdjusters.nextOrSame(java.time.DayOfWeek.TUESDAY));

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private FactsTown town;

    @BeforeEach
    void someEvents() {
        town = new FactsTown(context, cities, port);
        town.calendar(
                event("a", "Frühstück", 0, "070000", "090000", ""),
                event("b", "Orgelkonzert", 0, "193000", "210000", "LOCATION:Stadtkirche\r\n"),
                event(
                        "c",
                        "Puppentheater",
                        6,
                        "150000",
                        "160000",
                        "LOCATION:Volksbad\r\nCATEGORIES:Kinder,Theater\r\n"),
                event("d", "Flohmarkt", 4, "090000", "140000", "LOCATION:Marktplatz\r\n"),
                event("e", "Repair-Café", 9, "170000", "200000", "LOCATION:ProbierLaden\r\n"),
                event("e2", "Repair-Café", 16, "170000", "200000", "LOCATION:ProbierLaden\r\n"),
                event("f", "Vorlesen für Familien", 8, "100000", "110000", ""),
                event("g", "Tanztee", 20, "150000", "180000", "DESCRIPTION:Für ältere Menschen\r\n"),
                "BEGIN:VEVENT\r\nUID:h\r\nSUMMARY:Ausstellung Glas\r\nDTSTART;VALUE=DATE:%s\r\nDTEND;VALUE=DATE:%s\r\nEND:VEVENT\r\n"
                        .formatted(compact(-1), compact(3)));
    }

    private String compact(int days) {
        return tuesday.plusDays(days).toString().replace("-", "");
    }

    private String event(String uid, String title, int days, String from, String to, String more) {
        return ("BEGIN:VEVENT\r\n"
                        + "UID:%s\r\n"
                        + "SUMMARY:%s\r\n"
                        + "DTSTART;TZID=Europe/Berlin:%sT%s\r\n"
                        + "DTEND;TZID=Europe/Berlin:%sT%s\r\n"
                        + "%sEND:VEVENT\r\n")
                .formatted(uid, title, compact(days), from, compact(days), to, more);
    }

    private List<Fact> facts(String question) {
        return town.events(question, Locale.GERMAN, tuesday + "T10:00");
    }

    private String titles(String question) {
        return String.join(", ", facts(question).stream().map(Fact::subject).toList());
    }

    private String day(int days) {
        return tuesday.plusDays(days)
                .format(java.time.format.DateTimeFormatter.ofPattern("EEEE, d. MMMM", Locale.GERMAN));
    }

    /// The question the model town published.
    @Test
    void eventsForChildrenNextWeekAreAnswered() {
        List<Fact> facts = facts("Welche Veranstaltungen gibt es nächste Woche für Kinder?");
        assertThat(FactsTown.said(facts))
                .isEqualTo("%s, 15 bis 16 Uhr: Puppentheater, Volksbad\n%s, 10 bis 11 Uhr: Vorlesen für Familien"
                        .formatted(day(6), day(8)));
        assertThat(facts.getFirst().source()).isEqualTo("Kalender");
        assertThat(facts.getFirst().address()).matches("/texts/\\d+-puppentheater");
        assertThat(town.town.get(facts.getFirst().address()).body()).contains("Volksbad");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Was ist heute los? | Ausstellung Glas, Orgelkonzert",
                "Was ist heute Abend los? | Ausstellung Glas, Orgelkonzert",
                "Was ist am Samstag los? | Flohmarkt",
                "Welche Veranstaltungen gibt es am Wochenende? | Flohmarkt",
                "Gibt es nächste Woche Veranstaltungen in Teststadt? | Puppentheater, Vorlesen für Familien,"
                        + " Repair-Café",
                "Welche Konzerte gibt es diese Woche? | Orgelkonzert",
                "Welche Veranstaltungen gibt es in der Stadtkirche? | Orgelkonzert",
                "Welche Veranstaltungen gibt es für Senioren? | Tanztee",
                "Wann ist das nächste Repair-Café? | Repair-Café, Repair-Café",
                "Wann findet der Flohmarkt statt? | Flohmarkt",
                "Wann ist das Orgelkonzert in der Stadtkirche? | Orgelkonzert"
            })
    void timeTopicPlaceAndAudienceChooseWhatIsSaid(String question, String titles) {
        assertThat(titles(question)).isEqualTo(titles);
    }

    @Test
    void atMostFiveAreSaid() {
        assertThat(facts("Welche Veranstaltungen gibt es?")).hasSize(5);
    }

    @Test
    void thatNothingIsOnIsSaidOnlyWhereEventsAreAskedFor() {
        assertThat(FactsTown.said(facts("Welche Veranstaltungen gibt es morgen für Kinder?")))
                .isEqualTo("Für %s ist für Kinder nichts eingetragen.".formatted(day(1)));
        assertThat(FactsTown.said(facts("Welche Konzerte gibt es nächste Woche?")))
                .isEqualTo("Vom %s bis %s ist zu „konzerte“ nichts eingetragen.".formatted(day(6), day(12)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wie melde ich eine Veranstaltung an?",
                "Brauche ich für eine Veranstaltung nächste Woche eine Genehmigung?",
                "Wann ist das Bürgerbüro geöffnet?",
                "Wann kommt die Müllabfuhr nächste Woche?",
                "Was kostet ein Reisepass?",
                "Gibt es feste Sprechzeiten?",
                "Wie laut darf ein Konzert am Samstag sein?",
                "Welche Veranstaltungen gibt es zur Quantenphysik?",
                "Hallo"
            })
    void whatIsAboutSomethingElseIsLeftToOthers(String question) {
        assertThat(titles(question)).isEmpty();
    }

    @Test
    void englishIsAnsweredInEnglish() {
        assertThat(FactsTown.said(town.events(
                        "Which events are there for children next week?", Locale.ENGLISH, tuesday + "T10:00")))
                .contains("15:00 to 16:00: Puppentheater, Volksbad");
    }

    @Test
    void whatIsGoneOrWithdrawnIsSaidNoMore() {
        town.calendar(event("c", "Puppentheater", 6, "150000", "160000", ""));
        assertThat(titles("Was ist heute los?")).isEqualTo("Veranstaltungskalender");
        town.editor.fill("/knowledge/kalender", "/knowledge/kalender/withdraw");
        assertThat(titles("Was ist heute los?")).isEmpty();
    }

    @Test
    void theChatAnswersWithIt() {
        Reply reply = town.ask("Wann ist das nächste Repair-Café?");
        assertThat(reply.kind()).isEqualTo(Reply.Kind.ANSWER);
        assertThat(reply.text()).contains("17 bis 20 Uhr: Repair-Café, ProbierLaden");
    }
}
