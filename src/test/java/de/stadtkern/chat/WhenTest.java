package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which days words mean, by examples. It is Tuesday, 1 December 2026, unless said otherwise.
class WhenTest {

    private static final LocalDate TUESDAY = LocalDate.of(2026, 12, 1);

    private static String days(String question, LocalDate today) {
        return When.in(question, today)
                .map(when -> when.isOneDay() ? when.first().toString() : when.first() + " " + when.last())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hat das Bürgerbüro heute offen? | 2026-12-01",
                "Was ist heute Abend los? | 2026-12-01",
                "Ist jetzt jemand da? | 2026-12-01",
                "Was ist morgen? | 2026-12-02",
                "Und morgen Nachmittag? | 2026-12-02",
                "übermorgen | 2026-12-03",
                "Habt ihr am Samstag offen? | 2026-12-05",
                "am Sonnabend | 2026-12-05",
                "Samstags | 2026-12-05",
                "Donnerstagabend | 2026-12-03",
                "nächsten Dienstag | 2026-12-08",
                "am Dienstag | 2026-12-01",
                "Was ist am Wochenende los? | 2026-12-05 2026-12-06",
                "nächstes Wochenende | 2026-12-05 2026-12-06",
                "Was gibt es diese Woche? | 2026-12-01 2026-12-06",
                "Welche Veranstaltungen gibt es nächste Woche für Kinder? | 2026-12-07 2026-12-13",
                "in der kommenden Woche | 2026-12-07 2026-12-13",
                "kommende Woche | 2026-12-07 2026-12-13",
                "übernächste Woche | 2026-12-14 2026-12-20",
                "in zwei Wochen | 2026-12-14 2026-12-20",
                "in 3 Tagen | 2026-12-04",
                "in einem Monat | 2027-01-01 2027-01-31",
                "im Dezember | 2026-12-01 2026-12-31",
                "im März | 2027-03-01 2027-03-31",
                "im März 2028 | 2028-03-01 2028-03-31",
                "nächsten Monat | 2027-01-01 2027-01-31",
                "am 24.12. | 2026-12-24",
                "am 24.12.26 | 2026-12-24",
                "am 3. 1. | 2027-01-03",
                "am 24. Dezember | 2026-12-24",
                "am 24. Dezember 2027 | 2027-12-24",
                "am 2026-12-24 | 2026-12-24",
                "vom 24.12. bis 31.12. | 2026-12-24 2026-12-31",
                "vom 24. Dezember bis zum 6. Januar | 2026-12-24 2027-01-06",
                "an Heiligabend | 2026-12-24",
                "am Karfreitag | 2027-03-26",
                "Pfingstmontag | 2027-05-17",
                "Silvester | 2026-12-31",
                "am zweiten Weihnachtstag | 2026-12-26"
            })
    void germanSaysDays(String question, String days) {
        assertThat(days(question, TUESDAY)).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Is it open today? | 2026-12-01",
                "What is on tonight? | 2026-12-01",
                "tomorrow morning | 2026-12-02",
                "the day after tomorrow | 2026-12-03",
                "on Saturday | 2026-12-05",
                "next Tuesday | 2026-12-08",
                "this weekend | 2026-12-05 2026-12-06",
                "next week | 2026-12-07 2026-12-13",
                "this week | 2026-12-01 2026-12-06",
                "next month | 2027-01-01 2027-01-31",
                "in March | 2027-03-01 2027-03-31",
                "on December 24 | 2026-12-24",
                "on the 24th of December | 2026-12-24",
                "24 December 2027 | 2027-12-24",
                "in two weeks | 2026-12-14 2026-12-20",
                "on Christmas Eve | 2026-12-24"
            })
    void englishSaysDays(String question, String days) {
        assertThat(days(question, TUESDAY)).isEqualTo(days);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Was kostet ein Reisepass?",
                "Guten Morgen, wo ist das Rathaus?",
                "Wie ist die Nummer 03641 49-0?",
                "Was heißt Paragraph 12.3?",
                "Wer war am 31.02. hier?",
                "May I park here?",
                "Ist der Augustinerplatz offen?",
                "Sonntagsöffnung beantragen",
                ""
            })
    void whereNoDayIsSaidNoneIsMeant(String question) {
        assertThat(When.in(question, TUESDAY)).isEmpty();
    }

    @Test
    void onAWeekendItIsThisOneUnlessTheNextIsMeant() {
        LocalDate saturday = LocalDate.of(2026, 12, 5);
        assertThat(days("am Wochenende", saturday)).isEqualTo("2026-12-05 2026-12-06");
        assertThat(days("am Wochenende", saturday.plusDays(1))).isEqualTo("2026-12-06");
        assertThat(days("nächstes Wochenende", saturday)).isEqualTo("2026-12-12 2026-12-13");
        assertThat(days("am Samstag", saturday)).isEqualTo("2026-12-05");
        assertThat(days("nächsten Samstag", saturday)).isEqualTo("2026-12-12");
    }

    @Test
    void ofTheMonthThatIsWhatIsLeftCounts() {
        assertThat(days("im Dezember", LocalDate.of(2026, 12, 20))).isEqualTo("2026-12-20 2026-12-31");
        assertThat(days("diesen Monat", LocalDate.of(2026, 12, 20))).isEqualTo("2026-12-20 2026-12-31");
    }
}
