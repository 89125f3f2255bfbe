package de.stadtkern.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param sessionIdle    a session nobody uses for so long is over
/// @param sessionLongest a session is over after so long, used or not
/// @param inviteValid    how long the link of an invitation is good
/// @param resetValid     how long the link for a forgotten password is good
/// @param traces         how long it is kept who changed what and who was sent which mail; as long stay incidents that
///                       are over, keys that are, and accounts that were deactivated
/// @param failedLogins   how long failed logins are listed for admins
/// @param monitoringToken with which a program reads health and figures of all towns under `/actuator`; at least 24
///                       characters, empty for nobody
@ConfigurationProperties("stadtkern.identity")
record IdentityProperties(
        @DefaultValue("4h") Duration sessionIdle,
        @DefaultValue("12h") Duration sessionLongest,
        @DefaultValue("7d") Duration inviteValid,
        @DefaultValue("1h") Duration resetValid,
        @DefaultValue("730d") Duration traces,
        @DefaultValue("30d") Duration failedLogins,
        @DefaultValue("") String monitoringToken) {

    private static final int SHORTEST_TOKEN = 24;

    IdentityProperties {
        if (!monitoringToken.isEmpty() && monitoringToken.length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    "stadtkern.identity.monitoring-token needs at least %d characters; 'openssl rand -hex 24' makes one"
                            .formatted(SHORTEST_TOKEN));
        }
    }
}
