package de.stadtkern.page;

import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/// How a template becomes an answer.
@Component
public class Pages {

    private final Templates templates;

    Pages(Templates templates) {
        this.templates = templates;
    }

    /// @param template such as `site/start.jte`; it declares `frame` and `view` and nothing else
    /// @param view     exactly what the template shows
    public View page(String template, Frame frame, Object view) {
        return (model, request, response) -> write(template, frame, view, response);
    }

    /// Rendered completely before the first byte leaves, so that a failure becomes an error page and not half a page.
    void write(String template, Frame frame, Object view, HttpServletResponse response) throws IOException {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, Map.of("frame", frame, "view", view), output);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(output.getContentLength());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.addHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
        output.writeTo(response.getOutputStream());
    }
}
