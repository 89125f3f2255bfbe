package de.stadtkern.sensorthings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param anonymousWrites whether the API may be written by whoever reaches it, without an account
@ConfigurationProperties("stadtkern.sensorthings")
record SensorThingsProperties(@DefaultValue("false") boolean anonymousWrites) {}
