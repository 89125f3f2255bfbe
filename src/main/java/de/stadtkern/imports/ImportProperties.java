package de.stadtkern.imports;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param largest an upload may be; `bin/stadtkern import` has no such limit
/// @param keep    how long it is kept who imported what; after that an import can no longer be taken back
@ConfigurationProperties("stadtkern.imports")
record ImportProperties(
        @DefaultValue("2GB") DataSize largest,
        @DefaultValue("730d") Duration keep) {}
