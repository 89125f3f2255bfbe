package de.stadtkern.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.support.RequestContextUtils;

/// Keeps the language that was chosen by a page's address. Spring's own way asks for it with every request, and so
/// reads whole uploads to look for it.
final class LanguageChoice implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String asked = "GET".equals(request.getMethod()) ? Asked.in(request, TownLocale.PARAMETER) : null;
        LocaleResolver languages = RequestContextUtils.getLocaleResolver(request);
        if (asked != null && languages != null) {
            languages.setLocale(request, response, Locale.of(asked));
        }
        return true;
    }
}
