package de.stadtkern.page;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/// The language of a page: the one asked for in the address, else the one chosen before, else what the browser
/// prefers, else the town's first. Always one the town offers.
class TownLocale implements LocaleResolver {

    static final String PARAMETER = "lang";
    private static final String COOKIE = "lang";

    /// The town's languages that texts exist in, in the town's order.
    static List<String> offered(Optional<City> town) {
        List<String> written = town.map(City::languages).orElse(Texts.LANGUAGES).stream()
                .filter(Texts.LANGUAGES::contains)
                .toList();
        return written.isEmpty() ? Texts.LANGUAGES.subList(0, 1) : written;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        List<String> offered = offered(CityContext.isBound() ? Optional.of(CityContext.current()) : Optional.empty());
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        String asked = Asked.in(request, PARAMETER);
        if (asked != null && offered.contains(asked)) {
            return Locale.of(asked);
        }
        if (cookie != null && offered.contains(cookie.getValue())) {
            return Locale.of(cookie.getValue());
        }
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            return Locale.of(offered.getFirst());
        }
        return Collections.list(request.getLocales()).stream()
                .map(Locale::getLanguage)
                .filter(offered::contains)
                .findFirst()
                .map(Locale::of)
                .orElse(Locale.of(offered.getFirst()));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response == null || locale == null || !Texts.LANGUAGES.contains(locale.getLanguage())) {
            return;
        }
        ResponseCookie cookie = ResponseCookie.from(COOKIE, locale.getLanguage())
                .path("/")
                .maxAge(Duration.ofDays(365))
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
