package de.stadtkern.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// The cookies of a login: the session's, until the browser is closed, and the one by which a browser is known
/// again. Over TLS their names keep other hosts of the domain from setting them.
public final class SessionCookie {

    private static final String SESSION = "session";
    private static final String BROWSER = "browser";

    private SessionCookie() {}

    /// Cheap for the many requests without one.
    static Optional<String> session(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.COOKIE);
        return header == null || !header.contains(SESSION) ? Optional.empty() : value(request, SESSION);
    }

    /// The token of the request's session, empty for none.
    public static String read(HttpServletRequest request) {
        return session(request).orElse("");
    }

    public static String browser(HttpServletRequest request) {
        return value(request, BROWSER).orElse("");
    }

    public static void set(HttpServletRequest request, HttpServletResponse response, Logins.Opened opened) {
        add(request, response, SESSION, opened.session(), null);
        add(request, response, BROWSER, opened.browser(), Duration.ofDays(180));
    }

    public static void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, SESSION, "", Duration.ZERO);
    }

    private static Optional<String> value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        String full = name(request, name);
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(full) && cookie.getValue().length() <= 100) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static String name(HttpServletRequest request, String name) {
        return request.isSecure() ? "__Host-" + name : name;
    }

    private static void add(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            String value,
            @Nullable Duration age) {
        var cookie = ResponseCookie.from(name(request, name), value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
        if (age != null) {
            cookie.maxAge(age);
        }
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }
}
