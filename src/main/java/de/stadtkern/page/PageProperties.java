package de.stadtkern.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param sourceCode address of the source code of this very version, linked in the footer; whoever runs a changed
///     version names their own
@ConfigurationProperties("stadtkern.page")
record PageProperties(@DefaultValue("") String sourceCode) {}
