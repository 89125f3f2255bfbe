package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TownColoursTest {

    @Test
    void textOnTheTownsColourIsWhiteOrBlackWhicheverCanBeRead() {
        assertThat(TownColours.of("#171a2b").text()).isEqualTo("#ffffff");
        assertThat(TownColours.of("#ffd500").text()).isEqualTo("#000000");
        assertThat(TownColours.of("#e2001a").text()).isEqualTo("#ffffff");
    }

    @Test
    void whatIsNoColourIsNotWrittenIntoTheStyleSheet() {
        assertThat(TownColours.of("red;} body{display:none").css())
                .isEqualTo(":root{--town-colour:#171a2b;--town-colour-text:#ffffff}");
    }
}
