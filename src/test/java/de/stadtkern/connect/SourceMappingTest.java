package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.connect.DeliveredMappings.Delivered;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a mapping of a source may say, and what its messages give.
class SourceMappingTest {

    private static final String GOOD = """
        name: Zähler
        message: json
        time: {path: time, zone: Europe/Berlin}
        device: {path: id}
        values:
          - path: n
            name: Passanten
            kind: count
            interval: PT15M
            unit: {name: Personen}
            property: {name: Personen}
        """;

    static Stream<String> delivered() {
        return DeliveredMappings.list().stream().map(Delivered::key);
    }

    @ParameterizedTest
    @MethodSource("delivered")
    void aDeliveredMappingGivesTheRowsItsExamplesSay(String key) {
        SourceMapping mapping =
                SourceMapping.read(DeliveredMappings.find(key).orElseThrow().yaml());
        assertThat(mapping.examples()).isNotEmpty();
        assertThat(mapping.examples()).anyMatch(example -> !example.rows().isEmpty());
    }

    @Test
    void aMappingWhoseExampleGivesOtherRowsIsRefusedWithTheDifference() {
        String example = """
            examples:
              - message: '{"id": "markt", "time": "2026-05-01T10:00", "n": 12}'
                rows: ["markt n 2026-05-01T08:00:00Z/2026-05-01T08:15:00Z 11"]
            """;
        assertThat(refusal(GOOD + example))
                .isEqualTo(
                        "Example 1 of the mapping gives 'markt n 2026-05-01T08:00:00Z/2026-05-01T08:15:00Z 12' as row"
                            + " 1, but should give 'markt n 2026-05-01T08:00:00Z/2026-05-01T08:15:00Z 11' (line 13).");
        assertThat(SourceMapping.read(GOOD + example.replace("15:00Z 11", "15:00Z 12"))
                        .name())
                .isEqualTo("Zähler");
    }

    @Test
    void anElementIsLookedUpByWhatTheRecordSays() {
        String mapping = GOOD.replace("device: {path: id}", "device: {path: '$.places[id={moved, place}].name'}")
                + "each: counts[*]\n";
        String message = """
            {"places": [{"id": 1, "name": "markt"}, {"id": 2, "name": "dom"}],
             "counts": [{"place": 1, "time": "2026-05-01T10:00", "n": 3}, {"place": 1, "moved": 2, "time": "2026-05-01T10:00", "n": 4}]}
            """;
        assertThat(rows(mapping, message, "2026-05-01T12:00:00Z"))
                .isEqualTo("markt n 2026-05-01T08:00:00Z/2026-05-01T08:15:00Z 3, dom n"
                        + " 2026-05-01T08:00:00Z/2026-05-01T08:15:00Z 4");
        assertThat(refusal(GOOD.replace("path: n", "path: 'a[id={track_id}].n'")))
                .as("what tells people apart is not looked up either")
                .contains("is refused");
    }

    @Test
    void whatIsStillToComeIsOnlyInForecasts() {
        String message = "{\"id\": \"markt\", \"time\": \"2026-05-09T12:00\", \"n\": 3}";
        assertThat(rows(GOOD, message, "2026-05-01T10:00:00Z")).isEmpty();
        String ahead = GOOD.replace("zone: Europe/Berlin}", "zone: Europe/Berlin, ahead: P10D}");
        assertThat(rows(ahead, message, "2026-05-01T10:00:00Z"))
                .isEqualTo("markt n 2026-05-09T10:00:00Z/2026-05-09T10:15:00Z 3");
        assertThat(rows(ahead, message, "2026-04-28T10:00:00Z")).isEmpty();
        assertThat(refusal(ahead.replace("P10D", "P31D")))
                .isEqualTo("Field 'time.ahead' of the mapping is at most PT720H (line 3).");
    }

    private static String rows(String mapping, String message, String received) {
        return MessageReader.read(
                        SourceMapping.read(mapping), message, Instant.parse(received), MessageReading.Known.NOTHING)
                .rows()
                .stream()
                .map(SourceRow::toString)
                .collect(Collectors.joining(", "));
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertThat(refusal(GOOD.replace("kind: count", "kind: sum")))
                .isEqualTo("Field 'values[0].kind' of the mapping is count, total or level, not 'sum' (line 8).");
        assertThat(refusal(GOOD.replace("    interval: PT15M\n", "")))
                .startsWith("Field 'values[0].interval' of the mapping is missing: how long was counted");
        assertThat(refusal(GOOD.replace("kind: count", "kind: total")))
                .startsWith("Field 'values[0].bits' of the mapping is 16, 32 or none");
        assertThat(refusal(GOOD.replace("path: n", "path: 'a..b'")))
                .startsWith("Field 'values[0].path' of the mapping is no path: it has a name that is none");
        assertThat(refusal(GOOD.replace("path: n", "path: 'a[*].n'")))
                .startsWith("Field 'values[0].path' of the mapping may not hold [*]");
        assertThat(refusal(GOOD + "colour: red\n")).startsWith("Field 'colour' of the mapping is not known here");
        assertThat(refusal("")).isEqualTo("The mapping is empty (line 1).");
        assertThat(refusal("[1, 2]")).contains("has fields of its own");
    }

    @Test
    void aMappingCannotAskForWhatTellsPeopleApart() {
        assertThat(refusal(GOOD.replace("path: n", "path: objects[0].track_id")))
                .isEqualTo("Field 'values[0].path' of the mapping is refused: 'track_id' tells one person or track from"
                        + " others; the counter must send sums only (line 6).");
        assertThat(refusal(GOOD.replace("device: {path: id}", "device: {path: client_mac}")))
                .contains("is the address of somebody's device");
    }

    @Test
    void pathsGoThroughArraysByPlaceByFieldAndToWhatTheyArePartOf() {
        SourceMapping mapping = SourceMapping.read("""
            name: Zähler
            each: sites[*].hours[*]
            time: {path: t}
            device: {path: ^.'the id'}
            quality: [{path: $.run, name: run}]
            for-all: {kind: count, interval: PT1H, unit: {name: Personen}, property: {name: Personen}}
            values:
              - {path: 'zones[id=2].n', key: b, name: B}
              - {path: 'list[1]', key: c, name: C}
            """);
        assertThat(rows(mapping, """
            {"run": 7, "sites": [
              {"the id": "a", "hours": [{"t": "2026-05-01T10:00Z", "zones": [{"id": 1, "n": 5}, {"id": 2, "n": 6}], "list": [1, 2]}]},
              {"the id": "b", "hours": [{"t": "2026-05-01T10:00Z", "list": [1, null]}]}]}
            """))
                .containsExactly(
                        "a b 2026-05-01T10:00:00Z/2026-05-01T11:00:00Z 6 run=7",
                        "a c 2026-05-01T10:00:00Z/2026-05-01T11:00:00Z 2 run=7");
    }

    @Test
    void bothNightsOfTheClockChangeAreRight() {
        SourceMapping mapping = SourceMapping.read(GOOD);
        assertThat(at(mapping, "2026-10-25T02:30", "2026-10-25T00:31:00Z")).contains("2026-10-25T00:30:00Z/");
        assertThat(at(mapping, "2026-10-25T02:30", "2026-10-25T01:31:00Z")).contains("2026-10-25T01:30:00Z/");
        assertThat(at(mapping, "2026-10-25T03:00", "2026-10-25T02:00:00Z")).contains("2026-10-25T02:00:00Z/");
        assertThat(at(mapping, "2026-03-29T01:59", "2026-03-29T01:00:00Z")).contains("2026-03-29T00:59:00Z/");
        assertThat(at(mapping, "2026-03-29T03:00", "2026-03-29T01:00:00Z")).contains("2026-03-29T01:00:00Z/");
        assertThat(at(mapping, "2026-03-29T02:30", "2026-03-29T01:00:00Z"))
                .isEqualTo("'time' is an hour that the clocks of Europe/Berlin skip in spring");
        String table = GOOD.replace("message: json", "message: csv").replace("interval: PT15M", "interval: PT30M");
        assertThat(rows(SourceMapping.read(table), """
            id;time;n
            m;2026-10-25 01:30;1
            m;2026-10-25 02:00;2
            m;2026-10-25 02:30;3
            m;2026-10-25 02:00;4
            m;2026-10-25 02:30;5
            m;2026-10-25 03:00;6
            """))
                .containsExactly(
                        "m n 2026-10-24T23:30:00Z/2026-10-25T00:00:00Z 1",
                        "m n 2026-10-25T00:00:00Z/2026-10-25T00:30:00Z 2",
                        "m n 2026-10-25T00:30:00Z/2026-10-25T01:00:00Z 3",
                        "m n 2026-10-25T01:00:00Z/2026-10-25T01:30:00Z 4",
                        "m n 2026-10-25T01:30:00Z/2026-10-25T02:00:00Z 5",
                        "m n 2026-10-25T02:00:00Z/2026-10-25T02:30:00Z 6");
    }

    @Test
    void whatIsNoCountOrNotOfOurTimeIsRefusedAndTheRestStays() {
        SourceMapping mapping = SourceMapping.read(GOOD.replace("message: json", "message: csv"));
        MessageReading reading = read(mapping, """
            id;time;n
            m;2026-05-01 10:00;-3
            m;2026-05-01 10:15;viele
            m;2026-05-01 10:30;4
            ;2026-05-01 10:30;5
            m;gestern;6
            m;2199-05-01 10:30;7
            """);
        assertThat(reading.rows())
                .extracting(SourceRow::toString)
                .containsExactly("m n 2026-05-01T08:30:00Z/2026-05-01T08:45:00Z 4");
        assertThat(reading.refusals())
                .extracting(MessageRefusal::toString)
                .containsExactly(
                        "'n' is no count: it is negative",
                        "'n' is no number",
                        "'id' does not say which counter it comes from",
                        "'time' does not say when it was, or not as in iso",
                        "'time' lies more than a day in the future");
    }

    @ParameterizedTest
    @MethodSource("personal")
    void whatTellsPeopleApartRefusesTheMessageAndIsNotKept(String field, String secret) {
        SourceMapping mapping = SourceMapping.read(GOOD);
        MessageReading reading =
                read(mapping, "{\"id\": \"m\", \"time\": \"2026-05-01T10:00\", \"n\": 4, %s}".formatted(field));
        assertThat(reading.isPersonal()).isTrue();
        assertThat(reading.rows()).isEmpty();
        assertThat(reading.totals()).isEmpty();
        assertThat(reading.kept()).contains("\"n\":4").doesNotContain(secret);
        assertThat(reading.refusals().toString()).doesNotContain(secret);
    }

    static Stream<List<String>> personalPairs() {
        return Stream.of(
                List.of("\"image\": \"SECRET\"", "SECRET"),
                List.of("\"data\": {\"raw\": \"data:image/png;base64,SECRET\"}", "SECRET"),
                List.of("\"data\": [\"/9j/%sSECRET\"]".formatted("A".repeat(400)), "SECRET"),
                List.of("\"track_id\": 4711", "4711"),
                List.of("\"Object-ID\": \"SECRET\"", "SECRET"),
                List.of("\"macAddress\": \"SECRET\"", "SECRET"),
                List.of("\"seen\": [\"00:1b:63:84:45:e6\"]", "84:45"),
                List.of("\"licensePlate\": \"J-AB 123\"", "J-AB"),
                List.of("\"list\": [{\"id\": 1, \"x\": 12.375, \"y\": 3}]", "12.375"),
                List.of("\"people\": [{\"id\": 1, \"position\": [12.375, 3]}]", "12.375"));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> personal() {
        return personalPairs().map(pair -> org.junit.jupiter.params.provider.Arguments.of(pair.get(0), pair.get(1)));
    }

    @Test
    void aGatewaysPlaceAndACountersOwnAddressAreNoPersons() {
        SourceMapping mapping = SourceMapping.read(GOOD);
        MessageReading reading = read(mapping, """
            {"id": "00:1b:63:84:45:e6", "time": "2026-05-01T10:00", "n": 4, "pictures": [],
             "rx": [{"gateway": "a", "location": {"latitude": 50.9, "longitude": 11.6}}]}
            """);
        assertThat(reading.refusals()).isEmpty();
        assertThat(reading.rows()).hasSize(1);
    }

    @Test
    void aMessageThatCannotBeReadIsNotKept() {
        MessageReading reading = read(SourceMapping.read(GOOD), "{\"id\": \"m\", \"image\": \"abc");
        assertThat(reading.kept()).isEmpty();
        assertThat(reading.refusals()).extracting(MessageRefusal::kind).containsExactly(MessageRefusal.Kind.NO_JSON);
    }

    private static MessageReading read(SourceMapping mapping, String message) {
        return MessageReader.read(
                mapping, message, Instant.parse("2026-11-01T00:00:00Z"), MessageReading.Known.NOTHING);
    }

    private static List<String> rows(SourceMapping mapping, String message) {
        return read(mapping, message).rows().stream().map(SourceRow::toString).toList();
    }

    private static String at(SourceMapping mapping, String time, String received) {
        MessageReading reading = MessageReader.read(
                mapping,
                "{\"id\": \"m\", \"time\": \"%s\", \"n\": 1}".formatted(time),
                Instant.parse(received),
                MessageReading.Known.NOTHING);
        return reading.rows().isEmpty()
                ? reading.refusals().getFirst().toString()
                : reading.rows().getFirst().toString();
    }

    private static String refusal(String yaml) {
        try {
            SourceMapping.read(yaml);
        } catch (Problem problem) {
            return String.valueOf(problem.getMessage());
        }
        return "";
    }

    @Test
    void aMappingThatIsHugeOrDeepIsRefused() {
        assertThatThrownBy(() -> SourceMapping.read("name: " + "a".repeat(300_000)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> SourceMapping.read("name: " + "[".repeat(500))).isInstanceOf(Problem.class);
    }
}
