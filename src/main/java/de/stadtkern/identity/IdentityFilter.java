package de.stadtkern.identity;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Finds out who asks and binds them. A request with neither a session nor a key passes without a look at anything:
/// nobody is bound, and nobody has no rights.
class IdentityFilter extends OncePerRequestFilter {

    private static final String CALLER = IdentityFilter.class.getName();
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /// What comes first in the addresses of programs.
    private static final Set<String> API = Set.of("sta", "api", "actuator");

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final Sessions sessions;
    private final ApiKeys keys;
    private final MonitoringToken monitoring;
    private final HandlerExceptionResolver problems;

    IdentityFilter(Sessions sessions, ApiKeys keys, MonitoringToken monitoring, HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.keys = keys;
        this.monitoring = monitoring;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller;
        try {
            caller = caller(request);
        } catch (RuntimeException refused) {
            if (refused instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
            }
            problems.resolveException(request, response, null, refused);
            return;
        }
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(CALLER, caller.get());
        try {
            Rights.as(caller.get(), () -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Error and async dispatches belong to whom the request belonged, without another look at the database.
    private Optional<Caller> caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller known) {
            return Optional.of(known);
        }
        if (request.getDispatcherType() != jakarta.servlet.DispatcherType.REQUEST) {
            return Optional.empty();
        }
        if (monitoring.isAskedBy(request)) {
            return Optional.of(new Caller.Monitoring());
        }
        if (!CityContext.isBound()) {
            return Optional.empty();
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && isApi(request)) {
            return Optional.of(machine(authorization));
        }
        Optional<Caller> person =
                SessionCookie.session(request).flatMap(sessions::find).map(found -> found);
        if (person.isPresent() && isApi(request)) {
            requireSameOrigin(request);
        }
        return person;
    }

    private Caller machine(String authorization) {
        String token = is(BEARER, authorization)
                ? authorization.substring(BEARER.length()).strip()
                : is(BASIC, authorization) ? password(authorization.substring(BASIC.length())) : "";
        if (!token.startsWith(ApiKeys.PREFIX)) {
            throw unknownKey();
        }
        return keys.find(token).orElseThrow(IdentityFilter::unknownKey);
    }

    private static boolean is(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /// What stands behind the user name, which may be any (RFC 7617); for programs that know nothing else than Basic.
    private static String password(String encoded) {
        try {
            String both = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
            return both.substring(both.indexOf(':') + 1);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    /// A browser asks for a name and password where it reads `Basic`; so only who came with these is told that.
    private static String challenge(HttpServletRequest request) {
        return is(BASIC, String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION)))
                ? "Basic realm=\"API key as the password\", charset=\"UTF-8\""
                : "Bearer error=\"invalid_token\"";
    }

    private static Problem unknownKey() {
        return new Problem(
                Problem.Kind.UNAUTHENTICATED,
                "key-unknown",
                "'Authorization' carries no API key that is valid here: 'Bearer stadtkern_…', or 'Basic' with it as the"
                        + " password.");
    }

    /// By the path as the controllers read it: `/%61pi/…` and `/api;x/…` are `/api/…` too.
    private static boolean isApi(HttpServletRequest request) {
        return RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication()
                .elements()
                .stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(segment -> ((PathContainer.PathSegment) segment).valueToMatch())
                .filter(segment -> !segment.isEmpty())
                .findFirst()
                .filter(API::contains)
                .isPresent();
    }

    /// Forms carry a token; the API is protected against pages of others by what browsers say about a request's origin.
    private static void requireSameOrigin(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean same = site != null
                ? site.equals("same-origin")
                : origin != null && origin.endsWith("://" + request.getHeader("Host"));
        if (!same) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "other-origin",
                    "A session changes data from the town's own pages only; programs use an API key.");
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
