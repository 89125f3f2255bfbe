package de.stadtkern.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param demo whether an empty data folder gets the demo town
@ConfigurationProperties("stadtkern")
record DemoProperties(@DefaultValue("true") boolean demo) {}
