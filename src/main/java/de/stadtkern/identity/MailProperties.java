package de.stadtkern.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param host     of the mail server; empty: nothing is sent, and a page shows what would have been
/// @param port     587 for STARTTLS, 465 for TLS from the beginning
/// @param security `starttls` (refuses a server without it), `tls` or `none`
/// @param username for the login there; empty: without one
/// @param password for the login there
/// @param from     address of the sender; needed where there is a host
@ConfigurationProperties("stadtkern.mail")
record MailProperties(
        @DefaultValue("") String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String from) {

    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    MailProperties {
        if (!host.isEmpty() && !from.contains("@")) {
            throw new IllegalArgumentException("With stadtkern.mail.host, stadtkern.mail.from must be a mail address");
        }
    }

    boolean on() {
        return !host.isEmpty();
    }
}
