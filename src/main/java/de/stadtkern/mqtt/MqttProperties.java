package de.stadtkern.mqtt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param port              of the MQTT broker without TLS; 0 or empty for none. It listens where the web server
///                          does
/// @param tlsPort           of the broker with the certificate of `stadtkern.tls`, usually 8883; 0 for none
/// @param webSocketPort     for MQTT over WebSocket at the path `/mqtt`, over TLS if there is a certificate; 0 for none
/// @param connections       how many clients may be connected at a time
/// @param largestPacket     what a client may send at once
/// @param messagesPerSecond what one client may publish; whoever is faster is slowed down
/// @param bytesPerSecond    what all clients together may send; whoever is faster is slowed down
/// @param subscriptions     how many topics one client may subscribe to
/// @param queue             how many messages wait for a client that is slow or away; more are dropped and counted
/// @param sessionExpiry     how long a client with a key that is away is waited for; without a key it is not
/// @param keepSessions      whether what waits for clients outlives a restart; in files, each message costs three times
///                          the work
@ConfigurationProperties("stadtkern.mqtt")
record MqttProperties(
        @Nullable Integer port,
        @DefaultValue("0") int tlsPort,
        @DefaultValue("0") int webSocketPort,
        @DefaultValue("10000") int connections,
        @DefaultValue("1MB") DataSize largestPacket,
        @DefaultValue("2000") int messagesPerSecond,
        @DefaultValue("20MB") DataSize bytesPerSecond,
        @DefaultValue("500") int subscriptions,
        @DefaultValue("1000") int queue,
        @DefaultValue("1d") Duration sessionExpiry,
        @DefaultValue("false") boolean keepSessions) {

    private static final long LARGEST_PACKET = 8L << 20;

    MqttProperties {
        if (connections < 1 || messagesPerSecond < 1 || subscriptions < 1 || queue < 1) {
            throw new IllegalArgumentException("The limits of stadtkern.mqtt are at least 1");
        }
        if (largestPacket.toBytes() < 1024 || largestPacket.toBytes() > LARGEST_PACKET) {
            throw new IllegalArgumentException("stadtkern.mqtt.largest-packet is 1KB to 8MB");
        }
    }

    Ports ports() {
        return new Ports(port == null ? 0 : port, tlsPort, webSocketPort);
    }

    /// Where the broker listens; 0 for not so.
    record Ports(int plain, int tls, int webSocket) {
        boolean areAllOff() {
            return plain == 0 && tls == 0 && webSocket == 0;
        }
    }
}
