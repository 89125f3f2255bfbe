package de.stadtkern.sensorthings;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets pages of other origins read in a browser what everybody may read. It only ever allows: what is not allowed here
/// the browser keeps from the page. Never allowed are cookies, keys and writing (`docs/security.md` says why).
class CrossOrigin extends OncePerRequestFilter {

    private static final String EVERYBODY = "*";
    private static final String READING = "GET, HEAD";
    private static final String ASKED_WITH = "Cache-Control, Content-Type, If-None-Match, Prefer";
    private static final String SHOWN = "Content-Disposition, ETag, Retry-After, X-Request-Id";

    private final List<String> origins;

    CrossOrigin(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isPreflight = request.getMethod().equals("OPTIONS")
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
        boolean isReading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (isPreflight || isReading) {
            allow(request.getHeader(HttpHeaders.ORIGIN), response);
        }
        if (isPreflight) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void allow(@Nullable String origin, HttpServletResponse response) {
        boolean isForAll = origins.contains(EVERYBODY);
        if (!isForAll) {
            // Caches in between keep the answers for different origins apart.
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (isForAll || origin != null && origins.contains(origin)) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, isForAll ? EVERYBODY : origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, READING);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ASKED_WITH);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
        }
    }
}
