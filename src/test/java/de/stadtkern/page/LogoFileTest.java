package de.stadtkern.page;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// What can be a town's logo and what cannot.
class LogoFileTest {

    @Test
    void aLogoIsNamedByItsHashAndItsShape() {
        assertThat(said(TestPictures.png(120, 40))).matches("[0-9a-f]{20}-120x40\\.png");
        assertThat(said(TestPictures.towers())).matches("[0-9a-f]{20}-300x100\\.svg");
        assertThat(said(TestPictures.towers())).isEqualTo(said(TestPictures.towers()));
        assertThat(svg("viewBox='-5,-5 , 10 40'", "")).endsWith("-25x100.svg");
        assertThat(svg("width='30mm' height='1.5e1mm'", "")).endsWith("-200x100.svg");
    }

    @Test
    void whatDrawingProgramsWriteIsTaken() {
        List<String> taken = List.of(
                "<defs><linearGradient id='a' xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='#b'/></defs>",
                "<rect fill='url(#a)' style='stroke: url(\"#b\")' clip-path='url( #c )'/>",
                "<style>.a{fill:#fff}.b{fill:url('#a')}</style><use href='#c' transform='rotate(3)'/>",
                "<style><![CDATA[ .a{fill:#fff} ]]></style>",
                "<image href='data:image/png;base64,iVBORw0KGgo=' width='1' height='1'/>",
                "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
                "<s:namedview xmlns:s='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' s:docname='C:\\a(1).svg'/>",
                "<?xpacket begin=''?><title>Wappen &amp; Schrift</title><text>onload</text>");
        assertThat(taken).allSatisfy(inside -> assertThat(svg(inside)).endsWith(".svg"));
        assertThat(said(("\ufeff<?xml version='1.0' encoding='UTF-8'?>\n<!-- ein Programm -->" + TestPictures.TOWERS)
                        .getBytes(StandardCharsets.UTF_8)))
                .endsWith(".svg");
    }

    @Test
    void whatRunsIncludesOrFetchesIsRefusedByItsName() {
        assertThat(svg("<script>alert(1)</script>")).isEqualTo("svg-forbidden <script>");
        assertThat(svg("<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>")).isEqualTo("svg-forbidden <script>");
        assertThat(svg("<foreignObject/>")).isEqualTo("svg-forbidden <foreignObject>");
        assertThat(svg("<a href='#x'/>")).isEqualTo("svg-forbidden <a>");
        assertThat(svg("<g onclick='x()'/>")).isEqualTo("svg-forbidden onclick");
        assertThat(svg("viewBox='0 0 1 1' ONload='x()'", "")).isEqualTo("svg-forbidden ONload");
        assertThat(svg("<use href='https://example.org/a.svg#b'/>"))
                .isEqualTo("svg-forbidden href=\"https://example.org/a.svg#b\"");
        assertThat(svg("<use xmlns:l='http://www.w3.org/1999/xlink' l:href='//example.org'/>"))
                .isEqualTo("svg-forbidden href=\"//example.org\"");
        assertThat(svg("<use href='data:image/png;base64,AA'/>")).startsWith("svg-forbidden href=");
        assertThat(svg("<image href=' javascript:x()'/>")).startsWith("svg-forbidden href=");
        assertThat(svg("<image href='data:image/svg+xml,x'/>")).startsWith("svg-forbidden href=");
        assertThat(svg("<image href='data:text/html,x'/>")).startsWith("svg-forbidden href=");
        assertThat(svg("<g xml:base='https://example.org/'/>")).isEqualTo("svg-forbidden xml:base");
        assertThat(svg("<rect fill='url(https://example.org/a)'/>"))
                .isEqualTo("svg-forbidden url(https://example.org/a)");
        assertThat(svg("<rect style='fill:URL( \"//example.org\" )'/>")).startsWith("svg-forbidden url(//example.org");
        assertThat(svg("<style>@import 'https://example.org/a.css'</style>")).isEqualTo("svg-forbidden @import");
        assertThat(svg("<style>@imp<!-- -->ort 'a.css'</style>")).isEqualTo("svg-forbidden @import");
        assertThat(svg("<style>@im\\70ort 'a.css'</style>")).isEqualTo("svg-forbidden \\");
        assertThat(svg("<rect fill='u\\72l(//example.org)'/>")).isEqualTo("svg-forbidden \\");
        assertThat(svg("<style>a{mask:image-set('//example.org/a.png' 1x)}</style>"))
                .isEqualTo("svg-forbidden image-set(");
        assertThat(svg("<style>@im<g>x</g>port 'a.css'</style>")).isEqualTo("svg-forbidden <g> in <style>");
        assertThat(said("<?xml-stylesheet href='a.css'?>" + TestPictures.TOWERS))
                .isEqualTo("svg-forbidden <?xml-stylesheet?>");
    }

    @Test
    void whatMovesIsRefused() {
        assertThat(svg("<rect><animate attributeName='x'/></rect>")).isEqualTo("logo-moving <animate>");
        assertThat(svg("<style>@keyframes a{}</style>")).isEqualTo("logo-moving @keyframes");
        byte[] png = TestPictures.png(10, 10);
        assertThat(said(with(png, "acTL", new byte[8]))).isEqualTo("logo-moving acTL");
    }

    @Test
    void aDocumentTypeIsRefusedBeforeAnythingIsMadeOfIt() {
        String bomb = """
            <!DOCTYPE svg [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
            <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>&d;&d;&d;&d;&d;&d;&d;&d;</text></svg>\
            """;
        assertThat(said(bomb)).isEqualTo("svg-doctype");
        assertThat(said("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>" + TestPictures.TOWERS))
                .isEqualTo("svg-doctype");
        assertThat(said(("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + TestPictures.TOWERS)
                        .replace("</svg>", "<text>&x;</text></svg>")))
                .isEqualTo("svg-doctype");
        assertThat(svg("<text>&undefined;</text>")).isEqualTo("svg-unreadable");
    }

    @Test
    void aFewLinesThatWouldKeepABrowserBusyForYearsAreRefused() {
        StringBuilder doubled = new StringBuilder("<rect id='p0'/>");
        for (int at = 1; at <= 40; at++) {
            doubled.append("<g id='p%d'><use href='#p%d'/><g><use href='#p%d'/></g></g>".formatted(at, at - 1, at - 1));
            if (at == 10) {
                assertThat(svg(doubled.toString())).endsWith(".svg");
            }
        }
        assertThat(svg(doubled.toString())).isEqualTo("svg-too-much");
        assertThat(svg("<g id='a'><use href='#a'/><use href='#b'/></g><g id='b'><use href='#a'/></g>"))
                .endsWith(".svg");
        assertThat(svg("<g>".repeat(500) + "</g>".repeat(500))).isEqualTo("svg-too-much");
    }

    @Test
    void anSvgThatIsNoneIsRefused() {
        assertThat(said("<html><body>Hallo</body></html>")).isEqualTo("logo-kind");
        assertThat(said("<svg viewBox='0 0 1 1'/>")).isEqualTo("logo-kind");
        assertThat(said("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>"))
                .isEqualTo("svg-unreadable");
        assertThat(said("<")).isEqualTo("svg-unreadable");
        byte[] latin = TestPictures.TOWERS.replace("<path", "<!-- Tür --><path").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(said(latin)).isEqualTo("svg-unreadable");
        for (String shapeless :
                List.of("", "viewBox='0 0 0 0'", "viewBox='a b c d'", "viewBox='0 0 1e999 1'", "width='100%'")) {
            assertThat(svg(shapeless, "")).as(shapeless).isEqualTo("svg-size");
        }
    }

    @Test
    void aFileIsWhatItBeginsWithAndNotWhatItIsCalled() {
        assertThat(said(TestPictures.jpeg())).isEqualTo("logo-kind");
        assertThat(said(new byte[0])).isEqualTo("logo-kind");
        assertThat(said("GIF89a")).isEqualTo("logo-kind");
        assertThat(said("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("logo-kind");
    }

    @Test
    void aPngIsWholeAndNotTooLargeAndIsNotUnpackedToFindThatOut() {
        byte[] png = TestPictures.png(10, 10);
        assertThat(said(TestPictures.png(2000, 1))).endsWith("-2000x1.png");
        assertThat(said(TestPictures.png(2001, 1))).isEqualTo("logo-side 2000");
        assertThat(said(sized(png, 60_000, 60_000))).isEqualTo("logo-side 2000");
        assertThat(said(sized(png, -1, 10))).isEqualTo("logo-broken");
        assertThat(said(Arrays.copyOf(png, png.length + 1))).isEqualTo("logo-broken");
        for (int length = 9; length < png.length; length++) {
            assertThat(said(Arrays.copyOf(png, length))).as("%d bytes", length).isEqualTo("logo-broken");
        }
        Random random = new Random(20261123);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = png.clone();
            damaged[8 + random.nextInt(png.length - 8)] ^= (byte) (1 << random.nextInt(8));
            assertThat(said(damaged)).isEqualTo("logo-broken");
        }
    }

    @Test
    void tooManyBytesAreRefused() {
        String long1 = TestPictures.TOWERS + " ".repeat(LogoFile.LARGEST - TestPictures.TOWERS.length());
        assertThat(said(long1)).endsWith(".svg");
        assertThat(said(long1 + " ")).isEqualTo("logo-too-large 256");
    }

    @Test
    void anyRubbishIsAMessageAndNeverAFailure() {
        Random random = new Random(20261123);
        byte[] svg = TestPictures.towers();
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = svg.clone();
            for (int at = random.nextInt(6); at >= 0; at--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(said(damaged)).matches("(?s)([0-9a-f]{20}-\\d+x100\\.svg|(svg|logo)-[a-z-]+.*)");
        }
    }

    private static String svg(String inside) {
        return svg("viewBox='0 0 1 1'", inside);
    }

    private static String svg(String attributes, String inside) {
        return said("<svg xmlns='http://www.w3.org/2000/svg' %s>%s</svg>".formatted(attributes, inside));
    }

    private static String said(String file) {
        return said(file.getBytes(StandardCharsets.UTF_8));
    }

    /// The logo's name, or why it is none.
    private static String said(byte[] file) {
        try {
            return LogoFile.of(file).name();
        } catch (Problem refused) {
            assertThat(refused.facts()).containsEntry("field", "logo");
            return refused.name()
                    + refused.facts().entrySet().stream()
                            .filter(fact -> !fact.getKey().equals("field"))
                            .map(fact -> " " + fact.getValue())
                            .findFirst()
                            .orElse("");
        }
    }

    /// A header that says so, with the right checksum.
    private static byte[] sized(byte[] png, int width, int height) {
        ByteBuffer changed = ByteBuffer.wrap(png.clone());
        changed.putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(changed.array(), 12, 17);
        return changed.putInt(29, (int) sum.getValue()).array();
    }

    /// One more chunk behind the header.
    private static byte[] with(byte[] png, String type, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        return ByteBuffer.allocate(png.length + data.length + 12)
                .put(png, 0, 33)
                .putInt(data.length)
                .put(named)
                .putInt((int) sum.getValue())
                .put(png, 33, png.length - 33)
                .array();
    }
}
