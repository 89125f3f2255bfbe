package de.stadtkern.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// What browsers are told about every answer: nothing from elsewhere, nothing inline, in nobody's frame; but what is
/// made to be shown inside other pages lies under `/embed/` and may be in everybody's.
class SecurityHeaders extends OncePerRequestFilter {

    /// `data:` is for KERN's icons, which are drawn from its style sheet.
    private static final String CONTENT = content("'none'");

    private static final String EMBEDDED = content("*");

    private static String content(String ancestors) {
        return String.join(
                "; ",
                "default-src 'self'",
                "img-src 'self' data:",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors " + ancestors);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean embedded = request.getRequestURI().startsWith("/embed/");
        response.setHeader("Content-Security-Policy", embedded ? EMBEDDED : CONTENT);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!embedded) {
            response.setHeader("X-Frame-Options", "DENY");
        }
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        chain.doFilter(request, response);
    }
}
