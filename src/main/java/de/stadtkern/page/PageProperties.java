package de.stadtkern.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param sourceCode address of the source code of this very version, linked in the footer; empty: the page `/source`,
///     which offers what this program was built of
/// @param mapStyle address of a MapLibre style for all maps; empty: the town's areas on a plain ground, and nothing is
///     loaded from elsewhere
@ConfigurationProperties("stadtkern.page")
record PageProperties(
        @DefaultValue("") String sourceCode,
        @DefaultValue("") String mapStyle) {}
