package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FileReadingTest {

    private final FileScenario file = new FileScenario();

    @Test
    void aLineBecomesAnObservationOfItsDatastream() {
        assertThat(file.read("2024-05-01T10:00;12")).isEqualTo("2024-05-01T08:00:00Z 12");
    }

    @Test
    void aDurationMakesThePhenomenonTimeAnInterval() {
        file.time("column: Zeit, format: iso, zone: Europe/Berlin, duration: PT1H");
        assertThat(file.read("2024-05-01T10:00;12")).isEqualTo("2024-05-01T08:00:00Z/2024-05-01T09:00:00Z 12");
    }

    @Test
    void aDayOfAClockChangeHas23Or25Hours() {
        file.time("column: Zeit, format: dd.MM.yyyy, zone: Europe/Berlin, duration: P1D");
        assertThat(file.read("31.03.2024;1", "27.10.2024;2"))
                .isEqualTo("2024-03-30T23:00:00Z/2024-03-31T22:00:00Z 1"
                        + " | 2024-10-26T22:00:00Z/2024-10-27T23:00:00Z 2");
    }

    @Test
    void theHourThatSpringSkipsIsRefused() {
        assertThat(file.read("2024-03-31T01:00;1", "2024-03-31T02:00;2", "2024-03-31T03:00;3"))
                .isEqualTo("""
                    2024-03-31T00:00:00Z 1 | 2024-03-31T01:00:00Z 3
                    line 3, column Zeit: '2024-03-31T02:00' is an hour that the clocks of Europe/Berlin skip in spring\
                    """);
    }

    @Test
    void theHourThatComesTwiceInAutumnIsFirstTheFirstAndThenTheSecond() {
        assertThat(file.read("2024-10-27T01:00;1", "2024-10-27T02:00;2", "2024-10-27T02:00;3", "2024-10-27T03:00;4"))
                .isEqualTo("2024-10-26T23:00:00Z 1 | 2024-10-27T00:00:00Z 2 | 2024-10-27T01:00:00Z 3"
                        + " | 2024-10-27T02:00:00Z 4");
    }

    @Test
    void quartersOfTheRepeatedHourAreToldApartByTheOrderOfLines() {
        assertThat(file.read("2024-10-27T02:00;1", "2024-10-27T02:30;2", "2024-10-27T02:00;3", "2024-10-27T02:30;4"))
                .isEqualTo("2024-10-27T00:00:00Z 1 | 2024-10-27T00:30:00Z 2 | 2024-10-27T01:00:00Z 3"
                        + " | 2024-10-27T01:30:00Z 4");
    }

    @Test
    void aFileThatRunsBackwardsShowsTheSecondHourFirst() {
        assertThat(file.read("2024-10-27T03:00;4", "2024-10-27T02:00;3", "2024-10-27T02:00;2", "2024-10-27T01:00;1"))
                .isEqualTo("2024-10-27T02:00:00Z 4 | 2024-10-27T01:00:00Z 3 | 2024-10-27T00:00:00Z 2"
                        + " | 2024-10-26T23:00:00Z 1");
    }

    @Test
    void eachDatastreamHasItsOwnAutumnNight() {
        file.header("Ort;Zeit;Anzahl").points("points: {column: Ort, others: create, name: '{key}'}");
        assertThat(file.read("A;2024-10-27T02:00;1", "B;2024-10-27T02:00;2", "A;2024-10-27T02:00;3"))
                .isEqualTo("A/0 2024-10-27T00:00:00Z 1 | B/0 2024-10-27T00:00:00Z 2 | A/0 2024-10-27T01:00:00Z 3");
    }

    @Test
    void germanDatesAndTimesInTwoColumnsAreUnderstood() {
        file.header("Datum;Uhrzeit;Anzahl")
                .time("columns: [Datum, Uhrzeit], formats: ['dd.MM.yyyy HH:mm', 'd.M.yy H:mm'], zone: Europe/Berlin");
        assertThat(file.read("01.05.2024;10:00;1", "1.5.24;9:30;2", "30.04.2024;24:00;3"))
                .isEqualTo("2024-05-01T08:00:00Z 1 | 2024-05-01T07:30:00Z 2 | 2024-04-30T22:00:00Z 3");
    }

    @Test
    void anOffsetInTheValueComesBeforeTheZone() {
        assertThat(file.read("2024-05-01T10:00:00Z;1", "2024-05-01 10:00:00.5-03:00;2"))
                .isEqualTo("2024-05-01T10:00:00Z 1 | 2024-05-01T13:00:00.500Z 2");
        file.time("column: Zeit, format: 'yyyy-MM-dd HH:mm:ss z'");
        assertThat(file.read("2024-10-27 02:00:00 CEST;1", "2024-10-27 02:00:00 CET;2"))
                .isEqualTo("2024-10-27T00:00:00Z 1 | 2024-10-27T01:00:00Z 2");
    }

    @Test
    void aTimeWithoutOffsetAndZoneIsRefused() {
        file.time("column: Zeit, format: iso");
        assertThat(file.read("2024-05-01T10:00;1"))
                .isEqualTo("\nline 2, column Zeit: '2024-05-01T10:00' has no offset, and the mapping has no time.zone");
    }

    @Test
    void timesNoClockShowsAreRefused() {
        assertThat(file.read("2023-02-29T10:00;1", "2024-05-01T25:00;2", "gestern;3", ";4"))
                .isEqualTo("""

                    line 2, column Zeit: '2023-02-29T10:00' is no time as in iso
                    line 3, column Zeit: '2024-05-01T25:00' is no time as in iso
                    line 4, column Zeit: 'gestern' is no time as in iso
                    line 5, column Zeit: is no time as in iso\
                    """);
    }

    @Test
    void aDecimalCommaIsUnderstoodAndAPointRefusedBesideIt() {
        file.format("decimal: ',', thousands: '.'");
        assertThat(file.read("2024-05-01T10:00;12,5", "2024-05-01T11:00;1.234,5", "2024-05-01T12:00;12.5"))
                .isEqualTo("""
                    2024-05-01T08:00:00Z 12.5 | 2024-05-01T09:00:00Z 1234.5
                    line 4, column Anzahl: '12.5' is no number written with a decimal comma\
                    """);
    }

    @Test
    void whatIsMissingIsNeitherZeroNorRefused() {
        assertThat(file.read("2024-05-01T10:00;", "2024-05-01T11:00;NA", "2024-05-01T12:00;-", "2024-05-01T13:00;0"))
                .isEqualTo("2024-05-01T11:00:00Z 0");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() {
        file.charset(StandardCharsets.UTF_8, "\ufeff");
        assertThat(file.read("2024-05-01T10:00;12")).isEqualTo("2024-05-01T08:00:00Z 12");
        file.charset(StandardCharsets.UTF_16LE, "\ufeff");
        assertThat(file.read("2024-05-01T10:00;12")).isEqualTo("2024-05-01T08:00:00Z 12");
    }

    @Test
    void lettersOfAnOldWindowsProgramAreRecognised() {
        file.header("Zeit;Fußgänger")
                .values(FileScenario.value("Fußgänger", ""))
                .charset(Charset.forName("windows-1252"), "");
        assertThat(file.read("2024-05-01T10:00;12")).isEqualTo("2024-05-01T08:00:00Z 12");
    }

    @Test
    void aPackedFileIsRecognisedByItsBytes() {
        assertThat(file.packed().read("2024-05-01T10:00;12")).isEqualTo("2024-05-01T08:00:00Z 12");
    }

    @Test
    void theSeparatorIsFoundOut() {
        assertThat(file.header("Zeit,Anzahl").read("2024-05-01T10:00,1")).isEqualTo("2024-05-01T08:00:00Z 1");
        assertThat(file.header("Zeit\tAnzahl").read("2024-05-01T10:00\t2")).isEqualTo("2024-05-01T08:00:00Z 2");
        assertThat(file.header("Zeit|Anzahl").read("2024-05-01T10:00|3")).isEqualTo("2024-05-01T08:00:00Z 3");
    }

    @Test
    void aStrayQuoteCostsItsOwnLineOnly() {
        assertThat(file.read("2024-05-01T10:00;1", "2024-05-01T11:00;\"2", "2024-05-01T12:00;3"))
                .isEqualTo("""
                    2024-05-01T08:00:00Z 1 | 2024-05-01T10:00:00Z 3
                    line 3: '2024-05-01T11:00;"2' has a quote that is not closed\
                    """);
    }

    @Test
    void quotedFieldsMayHoldSeparatorsQuotesAndLineBreaks() {
        file.values(FileScenario.value("Anzahl", "kind: text"));
        assertThat(file.read("2024-05-01T10:00;\"a;\"\"b\"\"\nc\"", "2024-05-01T11:00;x;y"))
                .isEqualTo("""
                    2024-05-01T08:00:00Z "a;\\"b\\"\\u000ac"
                    line 4: '2024-05-01T11:00;x;y' has 3 fields instead of 2\
                    """);
    }

    @Test
    void severalColumnsBecomeSeveralDatastreamsOfOneThing() {
        file.header("Zeit;Hin;Zurück").values(FileScenario.value("Hin", ""), FileScenario.value("Zurück", ""));
        assertThat(file.read("2024-05-01T10:00;1;2", "2024-05-01T11:00;x;4")).isEqualTo("""
            Marktplatz/0 2024-05-01T08:00:00Z 1 | Marktplatz/1 2024-05-01T08:00:00Z 2 | Marktplatz/1 2024-05-01T09:00:00Z 4
            line 3, column Hin: 'x' is no number\
            """);
    }

    @Test
    void aKeyColumnSaysWhichThingALineIsAbout() {
        file.header("Zeit;Ort;Anzahl").points("""
            points:
              column: Ort
              known:
                - {key: '007', name: Marktplatz}
            """);
        assertThat(file.read("2024-05-01T10:00;007;1", "2024-05-01T10:00;8;2")).isEqualTo("""
            2024-05-01T08:00:00Z 1
            line 3, column Ort: '8' is a measuring point that the mapping does not list\
            """);
    }

    @Test
    void aColumnMaySayWhichDatastreamALineIsAbout() {
        file.header("Zeit;Art;Wert")
                .values(
                        FileScenario.value("Wert", "key: t\n  when: {column: Art, is: Temperatur}"),
                        FileScenario.value("Wert", "key: f\n  when: {column: Art, is: Feuchte}"));
        assertThat(file.read("2024-05-01T10:00;Feuchte;70", "2024-05-01T10:00;Temperatur;12"))
                .isEqualTo("Marktplatz/1 2024-05-01T08:00:00Z 70 | Marktplatz/0 2024-05-01T08:00:00Z 12");
    }

    @Test
    void linesCanBeLeftOutByACondition() {
        file.header("Zeit;Status;Anzahl").more("skip: [{column: Status, is: [Test, Wartung]}]");
        assertThat(file.read("2024-05-01T10:00;Test;1", "2024-05-01T11:00;gut;2"))
                .isEqualTo("2024-05-01T09:00:00Z 2");
    }

    @Test
    void theClockGoesOnOverLinesThatAreLeftOut() {
        file.header("Zeit;Status;Anzahl").more("skip: [{column: Status, is: [Test]}]");
        assertThat(file.read("2024-10-27T01:00;gut;1", "2024-10-27T02:00;Test;2", "2024-10-27T02:00;gut;3"))
                .isEqualTo("2024-10-26T23:00:00Z 1 | 2024-10-27T01:00:00Z 3");
    }

    @Test
    void unusualQualityIsKeptBesideTheResult() {
        file.header("Zeit;Anzahl;Viertel")
                .values(FileScenario.value("Anzahl", "quality: [{column: Viertel, usual: '4'}]"));
        assertThat(file.read("2024-05-01T10:00;1;4", "2024-05-01T11:00;2;3"))
                .isEqualTo("2024-05-01T08:00:00Z 1 | 2024-05-01T09:00:00Z 2 {\"Viertel\":3}");
    }

    @Test
    void aFileWithoutHeaderNumbersItsColumns() {
        file.header("")
                .format("header: false")
                .time("column: 1, format: iso, zone: UTC")
                .values(FileScenario.value("2", ""));
        assertThat(file.read("2024-05-01T10:00;1")).isEqualTo("2024-05-01T10:00:00Z 1");
    }

    @Test
    void linesBeforeTheHeaderCanBeSkipped() {
        file.header("Auswertung vom 1. Mai\n\nZeit;Anzahl").format("skip-lines: 2");
        assertThat(file.read("2024-05-01T10:00;1", "x;2")).isEqualTo("""
            2024-05-01T08:00:00Z 1
            line 5, column Zeit: 'x' is no time as in iso\
            """);
    }

    @Test
    void veryLongLinesAreRefusedAndTheNextOneIsRead() {
        assertThat(file.read("2024-05-01T10:00;" + "9".repeat(17_000_000), "2024-05-01T11:00;2"))
                .startsWith("2024-05-01T09:00:00Z 2\nline 2: '2024-05-01T10:00;999")
                .endsWith("is longer than 16777216 characters");
    }

    @Test
    void otherKindsOfFilesAreNamed() {
        assertThat(file.read("PK\u0003\u0004 table".getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("'werte.csv' is a zip file or an Excel or LibreOffice table.");
        assertThat(file.read(new byte[0])).startsWith("'werte.csv' is empty.");
        assertThat(file.read(new byte[] {1, 2, 0, 3})).startsWith("'werte.csv' is no text file.");
    }

    @Test
    void aPackedFileThatBreaksOffGivesWhatCameBefore() {
        byte[] whole = FileScenario.gzip("Zeit;Anzahl\n2024-05-01T10:00;1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(file.read(Arrays.copyOf(whole, whole.length - 6))).isEqualTo("""
            2024-05-01T08:00:00Z 1
            line 2: is the last one before the packed file breaks off\
            """);
    }

    @Test
    void aColumnThatIsNotThereIsNamedTogetherWithThoseThatAre() {
        assertThat(file.header("Datum;Anzahl").read("2024-05-01T10:00;1"))
                .isEqualTo("The file has no column 'Zeit'. It has: Datum, Anzahl.");
    }

    @Test
    void totalsOf17DigitsAreNotRounded() {
        assertThat(file.read("2024-05-01T10:00;90071992547409931")).isEqualTo("2024-05-01T08:00:00Z 90071992547409931");
    }
}
