package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.installation.TlsProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The address of the bound town's service for links in messages, which no request has come before.
@Component
class PublicAddress {

    private final Environment environment;
    private final TlsProperties tls;

    PublicAddress(Environment environment, TlsProperties tls) {
        this.environment = environment;
        this.tls = tls;
    }

    /// With a slash at the end. A town with a host name of its own is reached over TLS, by a proxy or by ourselves.
    String root() {
        City city = CityContext.current();
        if (!city.hosts().isEmpty()) {
            return "https://" + city.hosts().getFirst() + Address.SERVICE + "/";
        }
        String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        return "%s://%s:%s%s/"
                .formatted(
                        tls.isOn() ? "https" : "http",
                        city.isDefault() ? "localhost" : city.slug() + ".localhost",
                        port,
                        Address.SERVICE);
    }
}
