package de.stadtkern.sources;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param privateAddresses  whether sources may be fetched from addresses inside the own network
/// @param messagesPerMinute how many messages one web-hook may send to one process in a minute
/// @param largestMegabytes  what one message may have, whichever way it comes
/// @param keep              how long messages are kept at most, and how long one that comes again is recognised
/// @param keepMessages      how many messages of each source are kept with what became of them
@ConfigurationProperties("stadtkern.sources")
record SourceProperties(
        @DefaultValue("false") boolean privateAddresses,
        @DefaultValue("600") int messagesPerMinute,
        @DefaultValue("16") int largestMegabytes,
        @DefaultValue("200") int keepMessages,
        @DefaultValue("14d") Duration keep) {

    SourceProperties {
        if (messagesPerMinute < 1 || largestMegabytes < 1 || keepMessages < 1 || !keep.isPositive()) {
            throw new IllegalArgumentException("The settings of stadtkern.sources are larger than 0");
        }
    }

    int largest() {
        return Math.min(largestMegabytes, 1_000) << 20;
    }
}
