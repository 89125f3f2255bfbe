package de.stadtkern.installation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param certificate PEM file with the certificate and those between it and its authority, if Stadtkern is to speak
/// TLS
///                    itself; a renewed one is taken over without a restart
/// @param key         PEM file with its private key, without a password
@ConfigurationProperties("stadtkern.tls")
public record TlsProperties(
        @DefaultValue("") String certificate,
        @DefaultValue("") String key) {

    /// Whether browsers reach this process over TLS without a proxy between.
    public boolean isOn() {
        return !certificate.isBlank();
    }
}
