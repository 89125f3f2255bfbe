package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A picture of a chart says all it has to say inside its borders.
class ChartFileTest {

    @Test
    void aLongLineIsBrokenBetweenWords() {
        assertThat(ChartFile.wrapped("Stadt Zürich; opendata.swiss; CC BY 4.0", 15))
                .containsExactly("Stadt Zürich;", "opendata.swiss;", "CC BY 4.0");
    }

    @Test
    void aWordThatIsTooLongIsBrokenAndNothingIsLost() {
        String address = "http://localhost:8080/datastreams/5-zuerich?from=2024-01-01&to=2024-02-29";
        assertThat(ChartFile.wrapped("Stand: heute, " + address + " Ende", 30))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(30))
                .satisfies(lines -> assertThat(String.join("", lines).replace(" ", ""))
                        .isEqualTo("Stand:heute," + address + "Ende"));
    }

    @Test
    void aShortOneStaysAsItIs() {
        assertThat(ChartFile.wrapped("Fußgänger", 30)).containsExactly("Fußgänger");
        assertThat(ChartFile.wrapped("", 30)).containsExactly("");
    }
}
