package de.stadtkern.sensorthings;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/// SensorThings clients look for `code` and `message` in an error; both stand beside the members of RFC 9457.
@RestControllerAdvice
class SensorThingsErrors implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter type,
            MediaType mediaType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof ProblemDetail problem && isService(request.getURI().getPath())) {
            extend(problem);
        }
        return body;
    }

    /// Also of versions that are not here.
    private static boolean isService(@Nullable String path) {
        return path != null && (path.equals("/sta") || path.startsWith("/sta/"));
    }

    static void extend(ProblemDetail problem) {
        problem.setProperty("code", problem.getStatus());
        problem.setProperty("message", problem.getDetail());
    }
}
