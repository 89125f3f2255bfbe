package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordingTest {

    private final Wording german = wording("de");
    private final Wording english = wording("en");

    private static Wording wording(String language) {
        return new Wording(
                new Texts(), Locale.of(language), ZoneId.of("Europe/Berlin"), Instant.parse("2026-11-22T12:00:00Z"));
    }

    @Test
    void theAgeOfAValueIsSaidInTheLargestUnitThatHasPassed() {
        assertThat(german.age(Instant.parse("2026-11-22T11:59:30Z"))).isEqualTo("gerade eben");
        assertThat(german.age(Instant.parse("2026-11-22T11:59:00Z"))).isEqualTo("vor 1 Minute");
        assertThat(german.age(Instant.parse("2026-11-22T11:55:00Z"))).isEqualTo("vor 5 Minuten");
        assertThat(german.age(Instant.parse("2026-11-22T09:59:00Z"))).isEqualTo("vor 2 Stunden");
        assertThat(german.age(Instant.parse("2026-11-21T11:00:00Z"))).isEqualTo("vor 1 Tag");
        assertThat(german.age(Instant.parse("2026-08-22T11:00:00Z"))).isEqualTo("vor 3 Monaten");
        assertThat(english.age(Instant.parse("2024-03-05T13:00:00Z"))).isEqualTo("2 years ago");
    }

    @Test
    void aTimeAheadIsNotCalledAnAge() {
        assertThat(german.age(Instant.parse("2026-11-22T12:00:30Z"))).isEqualTo("gerade eben");
        assertThat(german.age(Instant.parse("2026-12-24T17:00:00Z")))
                .isEqualTo("für 24. Dezember 2026, 18:00 Uhr, also in der Zukunft");
    }

    @Test
    void numbersAreWrittenAsTheLanguageDoes() {
        assertThat(german.number(1234567)).isEqualTo("1.234.567");
        assertThat(german.number(6.9)).isEqualTo("6,9");
        assertThat(english.number(12.345)).isEqualTo("12.3");
        assertThat(german.number(-0.0)).isEqualTo("0");
    }

    @Test
    void aDayEndsAtTwentyFourHours() {
        assertThat(german.endTime(Instant.parse("2026-11-22T23:00:00Z"))).isEqualTo("24:00");
        assertThat(german.endTime(Instant.parse("2026-11-22T22:00:00Z"))).isEqualTo("23:00");
    }
}
