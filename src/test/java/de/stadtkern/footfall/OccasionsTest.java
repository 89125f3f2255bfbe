package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OccasionsTest {

    @Test
    void movableFeastsMoveWithEaster() {
        assertThat(name("2024-03-31") + ", " + name("2025-04-18") + ", " + name("2025-05-29") + ", "
                        + name("2038-04-25"))
                .isEqualTo("Easter Sunday, Good Friday, Ascension, Easter Sunday");
    }

    @Test
    void adventBeginsFourSundaysBeforeChristmas() {
        assertThat(Occasions.firstAdvent(2022)).isEqualTo("2022-11-27");
        assertThat(Occasions.firstAdvent(2023)).isEqualTo("2023-12-03");
        assertThat(name("2023-11-22") + ", " + name("2023-11-24") + ", " + name("2023-12-17"))
                .isEqualTo("day of repentance, nothing, Advent Sunday");
    }

    @Test
    void theTownsOwnDaysComeFirst() {
        var occasions = new Occasions(Map.of(LocalDate.parse("2025-05-01"), "fair"));
        assertThat(occasions.on(LocalDate.parse("2025-05-01")).orElseThrow().name())
                .isEqualTo("town: fair");
    }

    private static String name(String date) {
        return new Occasions()
                .on(LocalDate.parse(date))
                .map(Occasions.Occasion::name)
                .orElse("nothing");
    }
}
