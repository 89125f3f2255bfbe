package de.stadtkern.watches;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param privateAddresses whether web-hooks may go to addresses inside the own network
@ConfigurationProperties("stadtkern.watches")
record WatchProperties(@DefaultValue("false") boolean privateAddresses) {}
