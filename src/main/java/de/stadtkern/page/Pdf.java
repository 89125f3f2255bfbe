package de.stadtkern.page;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import gg.jte.output.StringOutput;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/// The one way from a template to a PDF that everybody can read (PDF/UA-1) and archives may keep (PDF/A-2a).
///
/// The template is XHTML: every tag closed, headings in order, every picture with an `alt`. What goes wrong in there is
/// found by veraPDF in the tests. The font is the free one that comes with PDFBox; it knows Latin, Greek and Cyrillic.
@Component
public class Pdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final byte[] COLOURS =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    private final Templates templates;

    Pdf(Templates templates) {
        this.templates = templates;
        XRLog.setLoggingEnabled(false);
    }

    /// @param template such as `sensors/datastream-pdf.jte`; it declares `frame` and `view` and uses `page/pdf.jte`
    /// @param name     of the file, without its ending
    public View file(String template, Frame frame, Object view, String name) {
        return (model, request, response) -> {
            byte[] pdf = render(template, frame, view);
            response.setContentType("application/pdf");
            response.setContentLength(pdf.length);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s.pdf\"".formatted(name));
            response.getOutputStream().write(pdf);
        };
    }

    private byte[] render(String template, Frame frame, Object view) throws IOException {
        StringOutput html = new StringOutput();
        templates.render(template, Map.of("frame", frame, "view", view), html);
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
        builder.useColorProfile(COLOURS);
        builder.useFont(Pdf::font, "Liberation Sans");
        builder.withProducer("Stadtkern");
        builder.withHtmlContent(html.toString(), null);
        builder.toStream(pdf);
        builder.run();
        return pdf.toByteArray();
    }

    private static InputStream font() {
        InputStream font = PDDocument.class.getResourceAsStream(FONT);
        if (font == null) {
            throw new IllegalStateException("PDFBox no longer brings its font");
        }
        return font;
    }
}
