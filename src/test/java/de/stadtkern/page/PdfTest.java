package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensors.MeasuredTown;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/// Every PDF can be read by everybody (PDF/UA-1) and kept by archives (PDF/A-2a), as veraPDF sees it.
@StadtkernTest
class PdfTest {

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @BeforeAll
    static void validator() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    @Test
    void theBlocksOnPaperAreAccessibleAndLasting() throws Exception {
        byte[] pdf = pdf(TestTown.create(cities, port), "/blocks.pdf");
        assertThat(complaints(pdf)).isEmpty();
    }

    @Test
    void theDatastreamOnPaperSaysWhatItsPageSays() throws Exception {
        TestTown town = TestTown.create(cities, port);
        new MeasuredTown(context, town)
                .point("Bahnhofstraße", "", "{\"licence\": \"CC BY 4.0\", \"source\": \"Łódź <&> Αθήνα\"}")
                .counts("Fußgänger – je Stunde", "Personen")
                .hour("2026-03-02T00:00:00Z", 7)
                .hour("2026-03-03T09:00:00Z", 1_240);
        byte[] pdf = pdf(town, "/datastreams/1/page.pdf?from=2026-03-02&to=2026-03-04&by=hour");
        assertThat(complaints(pdf)).isEmpty();
        try (PDDocument read = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(read).replaceAll("\\s+", " "))
                    .contains("Bahnhofstraße, Fußgänger – je Stunde", "insgesamt 1.247", "Łódź <&> Αθήνα", "1.240");
            assertThat(read.getDocumentCatalog().getLanguage()).isEqualTo("de");
        }
    }

    @Test
    void aPeriodWithoutValuesIsAPaperTooAndSaysSo() throws Exception {
        TestTown town = TestTown.create(cities, port);
        new MeasuredTown(context, town).point("Saale").counts("Boote", "Boote");
        byte[] pdf = pdf(town, "/datastreams/1/page.pdf");
        assertThat(complaints(pdf)).isEmpty();
    }

    @Test
    void theSignOfACounterIsAPaperInThreeLanguagesAndItsMonthOneInOne() throws Exception {
        TestTown town = TestTown.create(cities, port);
        new MeasuredTown(context, town).point("Markt").counts("Alle", "Personen");
        JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
        town.in(() -> jdbc.sql("""
            insert into footfall_counter (slug, thing_id, name, technique, texts)
            values ('markt', 1, 'Markt', 'Laser', '{"sees.de": "Ein Laser misst.", "sees.en": "A laser measures."}')
            """).update());
        byte[] pdf = pdf(town, "/footfall/markt/sign.pdf");
        assertThat(complaints(pdf)).isEmpty();
        assertThat(complaints(pdf(town, "/footfall/month.pdf?month=2026-06"))).isEmpty();
        try (PDDocument read = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(read).replaceAll("\\s+", " "))
                    .contains("Was wird hier gemessen?", "Ein Laser misst.", "A laser measures.", "Whom to ask");
        }
    }

    private static byte[] pdf(TestTown town, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer =
                    client.send(town.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
            return answer.body();
        }
    }

    private static String complaints(byte[] pdf) throws Exception {
        StringBuilder complaints = new StringBuilder();
        for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1)) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                    var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                complaints.append(validator.validate(parser).getTestAssertions().stream()
                        .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                        .map(assertion -> flavour + " " + assertion.getRuleId().getClause() + ": "
                                + assertion.getMessage() + "\n")
                        .distinct()
                        .collect(Collectors.joining()));
            }
        }
        return complaints.toString();
    }
}
