package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.problem.Problem;
import org.junit.jupiter.api.Test;

class MappingTest {

    private static final String GOOD = """
        time: {column: Zeit, format: iso, zone: UTC}
        point: {key: m1, name: Markt}
        values:
          - column: Anzahl
            name: Anzahl
            unit: {name: Personen}
            property: {name: Personen}
        """;

    @Test
    void aMisspeltFieldIsNamedWithItsLineAndWhatIsKnown() {
        assertThat(refusal(GOOD.replace("zone: UTC", "zonne: UTC")))
                .isEqualTo("Field 'time.zonne' of the mapping is not known here; known are column, columns, duration,"
                        + " end, format, formats, result-time, valid, zone (line 1).");
        assertThat(refusal(GOOD + "colour: red\n")).startsWith("Field 'colour' of the mapping is not known here");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThat(refusal(GOOD.replace("unit: {name: Personen}", "unit: {symbol: P}")))
                .isEqualTo("Field 'values[0].unit.name' of the mapping is missing (line 6).");
        assertThat(refusal("time: {column: a, format: iso}")).startsWith("Field 'points' of the mapping is missing");
    }

    @Test
    void aValueThatMakesNoSenseIsQuoted() {
        assertThat(refusal(GOOD.replace("zone: UTC", "zone: Jena")))
                .isEqualTo("Field 'time.zone' of the mapping is no time zone: 'Jena'; write it like Europe/Berlin or"
                        + " UTC (line 1).");
        assertThat(refusal(GOOD.replace("format: iso", "format: TT.MM.JJJJ")))
                .isEqualTo("Field 'time.format' of the mapping is not understood: 'TT' in 'TT.MM.JJJJ'; use iso or a"
                        + " pattern such as dd.MM.yyyy HH:mm (line 1).");
        assertThat(refusal(GOOD.replace("name: Markt}", "name: Markt, longitude: 200, latitude: 50}")))
                .isEqualTo("Field 'point.longitude' of the mapping is a number of degrees from -180 to 180, not '200'"
                        + " (line 2).");
        assertThat(refusal(GOOD.replace("zone: UTC", "zone: UTC, duration: 1h")))
                .isEqualTo("Field 'time.duration' of the mapping is written like PT15M, PT1H or P1D, not '1h' (line"
                        + " 1).");
    }

    @Test
    void keysKeepTheLettersTheyWereWrittenWith() {
        assertThat(Mapping.read(GOOD.replace("key: m1", "key: 007"))
                        .points()
                        .known()
                        .getFirst()
                        .key())
                .isEqualTo("007");
    }

    @Test
    void whatIsNoMappingAtAllIsRefusedToo() {
        assertThat(refusal("")).isEqualTo("The mapping is empty (line 1).");
        assertThat(refusal("- a\n- b"))
                .isEqualTo("Field 'mapping' of the mapping has fields of its own, 'name: value' each (line 1).");
        assertThat(refusal("a: [b")).startsWith("The mapping is no YAML: ");
        assertThat(refusal("a: 1\na: 2")).startsWith("The mapping is no YAML: ");
        assertThat(refusal("[".repeat(5_000))).startsWith("The mapping is ");
    }

    @Test
    void noFieldOfAYamlFileCanNameAJavaClass() {
        assertThat(refusal("!!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost/']]"))
                .startsWith("Field 'mapping' of the mapping has fields of its own");
    }

    private static String refusal(String yaml) {
        var refused = new StringBuilder();
        assertThatThrownBy(() -> Mapping.read(yaml))
                .isInstanceOf(Problem.class)
                .satisfies(problem -> refused.append(problem.getMessage()));
        return refused.toString();
    }
}
