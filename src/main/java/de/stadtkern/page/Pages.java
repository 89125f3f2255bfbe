package de.stadtkern.page;

import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

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

    /// The same for a picture; `template` makes SVG.
    public View picture(String template, Frame frame, Object view) {
        return (model, request, response) -> write(template, frame, view, "image/svg+xml;charset=UTF-8", response);
    }

    /// The page has another address now; what was asked of it goes along.
    public static View moved(String address, @Nullable String query) {
        RedirectView moved = new RedirectView(query == null ? address : address + "?" + query);
        moved.setStatusCode(HttpStatus.MOVED_PERMANENTLY);
        moved.setExpandUriTemplateVariables(false);
        return (model, request, response) -> {
            NoticeCookie.keep(request, response);
            // A name may become again what it was: a browser that remembered both ways would go in circles.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            moved.render(model, request, response);
        };
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

    void write(String template, Frame frame, Object view, HttpServletResponse response) throws IOException {
        write(template, frame, view, "text/html;charset=UTF-8", response);
    }

    /// Rendered completely before the first byte leaves, so that a failure becomes an error page and not half a page.
    private void write(String template, Frame frame, Object view, String mediaType, HttpServletResponse response)
            throws IOException {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, Map.of("frame", frame, "view", view), output);
        response.setContentType(mediaType);
        response.setContentLength(output.getContentLength());
        response.setHeader(HttpHeaders.CACHE_CONTROL, frame.visitor().isLoggedIn() ? "no-store" : "no-cache");
        response.addHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
        output.writeTo(response.getOutputStream());
    }
}
