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

    /// The page of a form that was not accepted.
    public View refused(String template, Frame frame, Object view) {
        return (model, request, response) -> {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            write(template, frame, view, response);
        };
    }

    /// After a form that was accepted: to another page, so that a reload does not send it again.
    ///
    /// @param path of this Stadtkern
    public View next(String path, Notice notice) {
        return (model, request, response) -> {
            NoticeCookie.set(request, response, notice);
            redirect(path, response);
        };
    }

    public View next(String path) {
        return (model, request, response) -> redirect(path, response);
    }

    private static void redirect(String path, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, path);
    }

    /// Rendered completely before the first byte leaves, so that a failure becomes an error page and not half a page.
    void write(String template, Frame frame, Object view, HttpServletResponse response) throws IOException {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, Map.of("frame", frame, "view", view), output);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(output.getContentLength());
        response.setHeader(HttpHeaders.CACHE_CONTROL, frame.visitor().isLoggedIn() ? "no-store" : "no-cache");
        response.addHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
        output.writeTo(response.getOutputStream());
    }
}
