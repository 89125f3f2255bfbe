package de.stadtkern.page;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.UriComponentsBuilder;

/// Makes the [Frame] of a request, and hands it to controllers that ask for one.
@Component
class Frames implements HandlerMethodArgumentResolver {

    private static final String EASY = "easy";

    private final Texts texts;
    private final FrontEnd frontEnd;
    private final PageProperties properties;
    private final Rights rights;
    private final FormToken token;
    private final String version;
    private final Clock clock = Clock.systemUTC();

    Frames(
            Texts texts,
            FrontEnd frontEnd,
            PageProperties properties,
            Rights rights,
            FormToken token,
            @Value("${spring.application.version}") String version) {
        this.texts = texts;
        this.frontEnd = frontEnd;
        this.properties = properties;
        this.rights = rights;
        this.token = token;
        this.version = version;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Frame.class;
    }

    @Override
    public Frame resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        HttpServletResponse answer = request.getNativeResponse(HttpServletResponse.class);
        if (http == null || answer == null) {
            throw new IllegalStateException("A frame belongs to an HTTP request");
        }
        return frame(http, answer);
    }

    /// Works without a town too: while its database is migrated there is an error page, but nobody bound.
    Frame frame(HttpServletRequest request, HttpServletResponse response) {
        Optional<City> town = CityContext.isBound() ? Optional.of(CityContext.current()) : Optional.empty();
        Locale locale = RequestContextUtils.getLocale(request);
        return new Frame(
                new Wording(texts, locale, town.map(City::zone).orElse(ZoneId.of("Europe/Berlin")), clock.instant()),
                town.map(City::name).orElse("Stadtkern"),
                town.flatMap(city -> TownLogo.of(city.logo())).orElse(null),
                TownLocale.offered(town).getFirst(),
                town.map(City::demo).orElse(false),
                List.of(
                        frontEnd.style(),
                        TownColours.of(town.map(City::colour).orElse("")).address()),
                frontEnd.scripts(),
                request.getRequestURI(),
                request.getRequestURL().toString(),
                isEasy(request),
                easyAddress(request),
                properties.mapStyle(),
                languages(request, TownLocale.offered(town), locale),
                new Visitor(
                        rights.person().map(Caller.Person::name).orElse(""),
                        NoticeCookie.take(request, response).filter(notice -> texts.isWritten(notice.key())),
                        () -> token.issue(request, response)),
                version,
                properties.sourceCode().isEmpty() ? "/source" : properties.sourceCode());
    }

    private static List<Frame.LanguageLink> languages(
            HttpServletRequest request, List<String> offered, Locale current) {
        return offered.stream()
                .map(tag -> new Frame.LanguageLink(
                        tag,
                        Locale.of(tag).getDisplayLanguage(Locale.of(tag)),
                        address(request, tag),
                        tag.equals(current.getLanguage())))
                .toList();
    }

    private static boolean isEasy(HttpServletRequest request) {
        return "1".equals(Asked.in(request, EASY));
    }

    private static String easyAddress(HttpServletRequest request) {
        UriComponentsBuilder address = UriComponentsBuilder.newInstance().query(request.getQueryString());
        address.replaceQueryParam(EASY);
        return isEasy(request)
                ? request.getRequestURI() + address.build().toUriString()
                : address.queryParam(EASY, "1").build().toUriString();
    }

    private static String address(HttpServletRequest request, String language) {
        UriComponentsBuilder address = UriComponentsBuilder.newInstance().query(request.getQueryString());
        return address.replaceQueryParam(TownLocale.PARAMETER, language).build().toUriString();
    }
}
