package de.stadtkern.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/// Shows a problem as a page to whoever prefers pages. The status code and the problem itself are decided elsewhere,
/// in the one place that knows them; here its last step, the writing, is done as HTML instead of JSON.
@ControllerAdvice
class ErrorPages implements ResponseBodyAdvice<Object> {

    private final Pages pages;
    private final Frames frames;

    ErrorPages(Pages pages, Frames frames) {
        this.pages = pages;
        this.frames = frames;
    }

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converterType,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof ProblemDetail problem)
                || !(request instanceof ServletServerHttpRequest in)
                || !(response instanceof ServletServerHttpResponse out)
                || !wantsPage(in.getServletRequest())) {
            return body;
        }
        try {
            write(problem, in.getServletRequest(), out.getServletResponse(), response.getHeaders());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return null;
    }

    private void write(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response, HttpHeaders headers)
            throws IOException {
        String retryAfter = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        String elsewhere = "GET".equals(request.getMethod()) ? elsewhere(problem, request) : null;
        if (elsewhere != null) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, elsewhere);
            return;
        }
        response.setStatus(problem.getStatus());
        Frame frame = frames.frame(request, response);
        pages.write(
                originalPath(request).startsWith("/embed/") ? "page/error-embedded.jte" : "page/error.jte",
                frame,
                ErrorView.of(problem, frame),
                response);
    }

    /// Whoever opens a page that needs a login gets there and comes back; a one-time password is replaced first, a
    /// second
    /// factor that is a duty set up.
    private static @Nullable String elsewhere(ProblemDetail problem, HttpServletRequest request) {
        if (String.valueOf(problem.getType()).endsWith(":password-first")) {
            return "/first";
        }
        if (String.valueOf(problem.getType()).endsWith(":second-factor-first")) {
            return "/account/second-factor";
        }
        if (problem.getStatus() != HttpServletResponse.SC_UNAUTHORIZED) {
            return null;
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return "/login?next=" + URLEncoder.encode(request.getRequestURI() + query, StandardCharsets.UTF_8);
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String path = originalPath(request);
        return !isApi(path, "/sta") && !isApi(path, "/api") && prefersPage(request.getHeader(HttpHeaders.ACCEPT));
    }

    private static String originalPath(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return original == null ? request.getRequestURI() : original.toString();
    }

    private static boolean isApi(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    /// Of the media types with the highest quality one is HTML. A client that takes anything gets what programs read.
    static boolean prefersPage(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            double best = types.stream()
                    .map(MediaType::getQualityValue)
                    .max(Comparator.naturalOrder())
                    .orElse(0.0);
            return types.stream().anyMatch(type -> type.getQualityValue() == best && isHtml(type));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static boolean isHtml(MediaType type) {
        return type.equalsTypeAndSubtype(MediaType.TEXT_HTML)
                || type.equalsTypeAndSubtype(MediaType.APPLICATION_XHTML_XML);
    }
}
