package de.stadtkern.sensorthings;

import java.net.URI;
import java.util.List;
import org.springframework.stereotype.Component;

/// Where this service can be reached over MQTT, for its landing page. Said by whoever speaks MQTT; nowhere while nobody
/// does.
@Component
public class MqttEndpoints {

    private volatile List<Endpoint> endpoints = List.of();

    /// @param scheme mqtt, mqtts, ws or wss
    /// @param path   empty, or with a slash at the beginning
    public record Endpoint(String scheme, int port, String path) {}

    public void announce(List<Endpoint> open) {
        endpoints = List.copyOf(open);
    }

    /// Under the host name the caller has used.
    List<String> addresses(String root) {
        String host = URI.create(root).getHost();
        return endpoints.stream()
                .map(endpoint -> "%s://%s:%d%s".formatted(endpoint.scheme, host, endpoint.port, endpoint.path))
                .toList();
    }
}
