package de.stadtkern.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// Carries a [Notice] over a redirect: a cookie that the next page takes away, so that nothing is kept here.
final class NoticeCookie {

    private static final String NAME = "notice";
    private static final Pattern VALUE = Pattern.compile("([a-z.-]{1,80})(?:~(\\d{1,18}))?");

    private NoticeCookie() {}

    static void set(HttpServletRequest request, HttpServletResponse response, Notice notice) {
        String change = notice.undone().map(number -> "~" + number).orElse("");
        add(request, response, notice.key() + change, Duration.ofMinutes(2));
    }

    static Optional<Notice> take(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie == null) {
            return Optional.empty();
        }
        add(request, response, "", Duration.ZERO);
        Matcher value = VALUE.matcher(cookie.getValue());
        return value.matches()
                ? Optional.of(new Notice(
                        value.group(1), Optional.ofNullable(value.group(2)).map(Long::valueOf)))
                : Optional.empty();
    }

    /// Where this request leads elsewhere: the next page shows it.
    static void keep(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie != null && VALUE.matcher(cookie.getValue()).matches()) {
            add(request, response, cookie.getValue(), Duration.ofMinutes(2));
        }
    }

    private static void add(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        ResponseCookie cookie = ResponseCookie.from(NAME, value)
                .path("/")
                .maxAge(age)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
