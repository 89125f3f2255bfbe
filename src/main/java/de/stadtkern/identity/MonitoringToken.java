package de.stadtkern.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// The token from the settings with which a program may watch over the whole installation. It is good under
/// `/actuator` and nowhere else, and works without a town and without the database.
@Component
class MonitoringToken {

    static final String PATH = "/actuator/";

    private final byte[] expected;

    MonitoringToken(IdentityProperties properties) {
        String token = properties.monitoringToken();
        expected = token.isEmpty() ? new byte[0] : ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    boolean isAskedBy(HttpServletRequest request) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        return expected.length > 0
                && given != null
                && request.getRequestURI().startsWith(PATH)
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected);
    }
}
