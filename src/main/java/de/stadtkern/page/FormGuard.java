package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/// No form is accepted without its [FormToken]. A form with a file carries the token in its address, so that it can
/// be refused before the file is received.
@Component
class FormGuard implements HandlerInterceptor {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final FormToken token;

    FormGuard(FormToken token) {
        this.token = token;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && !SAFE.contains(request.getMethod())
                && !token.isGood(request, sent(request))) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "form-over",
                    "This form is too old or comes from elsewhere. Please load the page again and repeat it.");
        }
        return true;
    }

    private static @Nullable String sent(HttpServletRequest request) {
        String header = request.getHeader("X-Form-Token");
        if (header != null) {
            return header;
        }
        String type = request.getContentType();
        if (type != null && type.startsWith("multipart/")) {
            return Asked.in(request, FormToken.FIELD);
        }
        return request.getParameter(FormToken.FIELD);
    }
}
