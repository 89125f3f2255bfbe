package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.SkipToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The address a caller used, for the links of the answer: scheme, host and port are those of the request.
///
/// @param root  of the service, with a slash at the end
/// @param path  below it, still percent-encoded
/// @param query still percent-encoded
record Address(String root, String path, @Nullable String query) {

    static final String SERVICE = "/sta/v1.1";

    static Address of(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean isUsual = port == (scheme.equals("https") ? 443 : 80);
        String root = scheme + "://" + request.getServerName() + (isUsual ? "" : ":" + port) + SERVICE + "/";
        String uri = request.getRequestURI();
        String path = uri.length() <= SERVICE.length() + 1 ? "" : uri.substring(SERVICE.length() + 1);
        return new Address(root, path, request.getQueryString());
    }

    /// The next page: the same options, but beginning after the last row.
    String next(SkipToken after) {
        StringJoiner options = new StringJoiner("&", root + path + "?", "");
        if (query != null) {
            for (String option : query.split("&", -1)) {
                String name = option.replace("%24", "$");
                if (!name.isEmpty() && !name.startsWith("$skip=") && !name.startsWith("$skiptoken=")) {
                    options.add(option);
                }
            }
        }
        return options.add("$skiptoken=" + after.text()).toString();
    }
}
