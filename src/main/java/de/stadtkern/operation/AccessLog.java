package de.stadtkern.operation;

import de.stadtkern.city.CityContext;
import de.stadtkern.installation.LogContext;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// One line for each request, for whoever wants it: `logging.level.access=info`. Nothing personal is in it: no query,
/// no address with a secret in it, and of the sender only the network.
@Component
class AccessLog {

    private static final Logger log = LoggerFactory.getLogger("access");

    void write(HttpServletRequest request, int status, long nanos) {
        if (!log.isInfoEnabled()) {
            return;
        }
        String town = request.getAttribute(CityContext.ATTRIBUTE) instanceof String slug ? slug : "";
        try (LogContext.Scope _ = LogContext.town(town)) {
            log.atInfo()
                    .addKeyValue("status", status)
                    .addKeyValue("milliseconds", nanos / 1_000_000)
                    .log(
                            "{} {} from {}",
                            request.getMethod().replaceAll("[^A-Z]", "?"),
                            address(request),
                            network(request.getRemoteAddr()));
        }
    }

    /// Links for one use carry their secret in the path.
    private static String address(HttpServletRequest request) {
        String route = RequestMeters.route(request);
        return route.contains("{token}") ? route : request.getRequestURI();
    }

    /// `192.0.2.0`, `2001:db8:1::`: the first 24 bits of an IPv4 address, 48 of an IPv6 one.
    static String network(String address) {
        int dot = address.lastIndexOf('.');
        if (dot > 0 && !address.contains(":")) {
            return address.substring(0, dot) + ".0";
        }
        String[] groups = address.split(":", -1);
        int known = 0;
        while (known < 3 && known < groups.length && !groups[known].isEmpty()) {
            known++;
        }
        return String.join(":", java.util.Arrays.copyOf(groups, known)) + "::";
    }
}
