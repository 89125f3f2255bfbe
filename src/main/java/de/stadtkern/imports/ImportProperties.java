package de.stadtkern.imports;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param largestMegabytes what an uploaded file may have; `bin/stadtkern import` has no such limit
/// @param keep             how long it is kept who imported what; after that an import can no longer be taken back
@ConfigurationProperties("stadtkern.imports")
record ImportProperties(
        @DefaultValue("2048") int largestMegabytes,
        @DefaultValue("730d") Duration keep) {

    long largest() {
        return (long) largestMegabytes << 20;
    }
}
