package de.stadtkern.page;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// What stands in a request's address. The servlet's own parameters would read the body as well: a whole upload,
/// before anybody has asked whether it may come.
final class Asked {

    private Asked() {}

    static @Nullable String in(HttpServletRequest request, String name) {
        if (request.getQueryString() == null) {
            return null;
        }
        String value = UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams()
                .getFirst(name);
        try {
            return value == null ? null : URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return value;
        }
    }
}
