package de.stadtkern.chat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// The key of a talk in the browser that began it, from the first question on, until the browser is closed.
final class TalkCookie {

    private static final String COOKIE = "chat";

    private TalkCookie() {}

    static Optional<TalkKey> read(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, name(request));
        return cookie == null ? Optional.empty() : TalkKey.of(cookie.getValue());
    }

    static void set(HttpServletRequest request, HttpServletResponse response, TalkKey key) {
        add(request, response, key.text(), null);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + COOKIE : COOKIE;
    }

    private static void add(
            HttpServletRequest request, HttpServletResponse response, String value, @Nullable Duration age) {
        var cookie = ResponseCookie.from(name(request), value)
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
