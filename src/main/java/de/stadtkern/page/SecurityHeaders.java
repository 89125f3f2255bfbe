package de.stadtkern.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.web.filter.OncePerRequestFilter;

/// What browsers are told about every answer: nothing from elsewhere, nothing inline, in nobody's frame; but what is
/// made to be shown inside other pages lies under `/embed/` and may be in everybody's.
class SecurityHeaders extends OncePerRequestFilter {

    /// `data:` is for KERN's icons, which are drawn from its style sheet.
    private final String content;
    private final String embedded;
    private final boolean ownTls;

    /// @param mapStyle address of the maps' style, whose server may then be asked for tiles; empty for none
    /// @param ownTls   whether no proxy that would say so itself stands between browsers and us
    SecurityHeaders(String mapStyle, boolean ownTls) {
        this.ownTls = ownTls;
        String tiles = mapStyle.isEmpty()
                ? ""
                : " " + URI.create(mapStyle).resolve("/").toString();
        content = content("'none'", tiles);
        embedded = content("*", tiles);
    }

    private static String content(String ancestors, String tiles) {
        return String.join(
                "; ",
                "default-src 'self'",
                "img-src 'self' data: blob:" + tiles,
                "connect-src 'self'" + tiles,
                "worker-src 'self' blob:",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors " + ancestors);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isEmbedded = request.getRequestURI().startsWith("/embed/");
        response.setHeader("Content-Security-Policy", isEmbedded ? embedded : content);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!isEmbedded) {
            response.setHeader("X-Frame-Options", "DENY");
        }
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        // Only who asks the chat may be heard, and only by a browser that is told to.
        String microphone = request.getRequestURI().equals("/chat") ? "(self)" : "()";
        response.setHeader(
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=%s, payment=(), usb=()".formatted(microphone));
        if (ownTls) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        chain.doFilter(request, response);
    }
}
