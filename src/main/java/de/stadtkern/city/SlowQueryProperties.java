package de.stadtkern.city;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param longerThan statements that take longer are shown on the operator's page with their plan; 0 for never
/// @param keep       how many different ones each process remembers for each town
@ConfigurationProperties("stadtkern.slow-queries")
record SlowQueryProperties(
        @DefaultValue("500ms") Duration longerThan,
        @DefaultValue("30") int keep) {}
