package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import de.stadtkern.page.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Documents and photos of a counter: what is taken, what is left of it, and who sees it.
@StadtkernTest
class CounterDocumentsTest {

    private static final byte[] PDF =
            "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".getBytes(StandardCharsets.UTF_8);

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown town;
    private String page;

    @BeforeEach
    void aCounter() {
        town = new CountingTown(context, TestTown.create(cities, port));
        town.hour("2026-05-05T08:00:00Z", 112);
        town.register("markt");
        page = "/counters/%d/documents".formatted(town.counter);
    }

    private HttpResponse<String> add(byte[] file, String title, String alt, String... more) {
        var form = Pattern.compile("(/counters/\\d+/documents\\?_form=[^\"]+)")
                .matcher(town.editor.open(page).body());
        assertThat(form.find()).isTrue();
        var values = new java.util.HashMap<>(Map.of("title", title, "alt", alt));
        Arrays.stream(more).forEach(name -> values.put(name, "on"));
        return town.editor.upload(form.group(1), values, "file", "egal.png", file);
    }

    private byte[] stored(String title) {
        return java.util.HexFormat.of()
                .parseHex(town.text(
                        "select encode(content, 'hex') from footfall_document where title = '%s'".formatted(title)));
    }

    /// A JPEG as a phone makes it: with a segment that says how it was held and where.
    private static byte[] photo() {
        byte[] plain = TestPictures.jpeg();
        byte[] note = "geheimer Ort 50.92 11.58".getBytes(StandardCharsets.UTF_8);
        ByteBuffer exif = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4 + note.length);
        exif.put(new byte[] {(byte) 0xff, (byte) 0xe1}).putShort((short) (exif.capacity() - 2));
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) 6).putShort((short) 0).putInt(0).put(note);
        var whole = new ByteArrayOutputStream();
        whole.write(plain, 0, 2);
        whole.writeBytes(exif.array());
        whole.write(plain, 2, plain.length - 2);
        return whole.toByteArray();
    }

    private static byte[] webp(String... chunks) {
        var body = new ByteArrayOutputStream();
        for (String chunk : chunks) {
            byte[] data = chunk.substring(4).getBytes(StandardCharsets.ISO_8859_1);
            body.writeBytes(chunk.substring(0, 4).getBytes(StandardCharsets.ISO_8859_1));
            body.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(data.length)
                    .array());
            body.writeBytes(data);
            if (data.length % 2 == 1) {
                body.write(0);
            }
        }
        return ByteBuffer.allocate(12 + body.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(4 + body.size())
                .put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
                .put(body.toByteArray())
                .array();
    }

    @Test
    void aPhotoStandsUprightAndNothingButItsPixelsIsLeft() throws IOException {
        assertThat(add(photo(), "Aushang", "Ein Schild am Mast").statusCode()).isEqualTo(303);
        byte[] left = stored("Aushang");
        assertThat(new String(left, StandardCharsets.ISO_8859_1)).doesNotContain("Exif", "geheimer Ort");
        var image = ImageIO.read(new ByteArrayInputStream(left));
        assertThat(image.getWidth() + "x" + image.getHeight())
                .as("it was 40 wide and held on its side")
                .isEqualTo("20x40");
        assertThat(town.text("select media_type || ' ' || width || 'x' || height from footfall_document"))
                .isEqualTo("image/jpeg 20x40");
    }

    @Test
    void aLargePictureIsMadeAsLargeAsAPageNeeds() {
        add(TestPictures.png(4000, 2000), "Plan", "Lageplan");
        assertThat(town.text("select media_type || ' ' || width || 'x' || height from footfall_document"))
                .isEqualTo("image/png 1600x800");
    }

    @Test
    void aWebpLosesWhatTheCameraNoted() {
        byte[] file = webp(
                "VP8X\u000c\0\0\0;\0\0\u001d\0\0",
                "VP8 \0\0\0\u009d\u0001*<\0\u001e\0pixels",
                "EXIFgeheimer Ort",
                "XMP <x/>");
        assertThat(add(file, "Mast", "Ein Mast").statusCode()).isEqualTo(303);
        String left = new String(stored("Mast"), StandardCharsets.ISO_8859_1);
        assertThat(left).startsWith("RIFF").contains("VP8X", "pixels").doesNotContain("EXIF", "geheimer Ort", "XMP ");
        assertThat((int) left.charAt(20)).as("flags of notes").isZero();
        assertThat(town.text("select media_type || ' ' || width || 'x' || height from footfall_document"))
                .isEqualTo("image/webp 60x30");
        assertThat(add(Arrays.copyOf(file, 40), "Mast", "Ein Mast").body()).contains("beschädigt");
    }

    @Test
    void whatAFileIsStandsInItsFirstBytes() {
        assertThat(add("<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8), "a", "b")
                        .body())
                .contains("kein PDF, PNG, JPEG oder WebP");
        assertThat(add(Arrays.copyOf(TestPictures.png(50, 50), 60), "a", "b").body())
                .contains("beschädigt");
        assertThat(add(Arrays.copyOf(PDF, 20), "a", "").body()).contains("beschädigt");
        assertThat(add(new byte[(8 << 20) + 1], "a", "").body()).contains("zu groß: höchstens 8 MB");
        assertThat(add(hugePng(), "a", "b").body()).contains("höchstens 64 Millionen Punkte");
        assertThat(add(TestPictures.png(9, 9), "a", "").body()).contains("was auf dem Bild zu sehen ist.");
        assertThat(add(PDF, "", "").body()).contains("Geben Sie einen Titel");
        assertThat(add(PDF, "a", "", "shown").body()).contains("Nur ein Bild kann auf dieser Seite stehen");
        assertThat(town.text("select count(*)::text from footfall_document")).isEqualTo("0");
    }

    /// Says that it is 60,000 pixels wide; a few bytes that would unpack to gigabytes.
    private static byte[] hugePng() {
        byte[] png = TestPictures.png(10, 10);
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        var sum = new java.util.zip.CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return png;
    }

    @Test
    void aPdfIsSavedAndNothingInItRuns() {
        add(PDF, "Datenblatt", "");
        HttpResponse<String> file = town.editor.open(page + "/1");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"document-1.pdf\"");
        assertThat(file.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(file.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        assertThat(file.headers().firstValue("Cache-Control")).hasValue("private, no-store");
    }

    @Test
    void everybodySeesAPhotoForAsLongAsItIsShown() {
        add(TestPictures.jpeg(), "Aushang", "Ein Schild am Mast");
        String photo = "/footfall/markt/photos/1";
        assertThat(town.town.get(photo).statusCode()).isEqualTo(404);
        assertThat(town.town.get(page + "/1").statusCode()).as("of editors").isNotEqualTo(200);
        town.editor.fill(page, page + "/1/show");
        assertThat(town.town.get(photo).statusCode()).isEqualTo(200);
        assertThat(town.town.get("/footfall/markt/sign").body()).contains(photo).contains("alt=\"Ein Schild am Mast\"");
        town.editor.fill(page, page + "/1/hide");
        assertThat(town.town.get(photo).statusCode()).isEqualTo(404);
        assertThat(town.town.get("/footfall/markt/sign").body()).doesNotContain("/photos/");
        town.editor.fill(page, page + "/1/show");
        town.editor.fill(page, page + "/1/delete");
        assertThat(town.town.get(photo).statusCode()).isEqualTo(404);
        assertThat(town.text("select count(*)::text from footfall_document")).isEqualTo("0");
        assertThat(town.text("select count(*)::text from change where kind = 'counter-document'"))
                .as("added, shown, hidden, shown, deleted")
                .isEqualTo("5");
    }

    @Test
    void aDocumentBelongsToItsCounterAndToEditors() {
        add(PDF, "Datenblatt", "");
        long other = town.store.datastream("sum");
        town.register(other, other, "platz");
        assertThat(town.editor
                        .open("/counters/%d/documents/1".formatted(town.counter))
                        .statusCode())
                .isEqualTo(404);
        var clerk = town.people.loggedIn("udo@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        assertThat(clerk.open(page).statusCode()).isEqualTo(403);
        assertThat(clerk.open(page + "/1").statusCode()).isEqualTo(403);
        assertThat(town.town.get("/footfall/markt/photos/1").statusCode()).isEqualTo(404);
    }
}
