package de.stadtkern.sensorthings;

import java.util.Locale;

/// By which door Observations come to the [ObservationWriter].
public enum Entry {
    /// SensorThings over HTTP.
    API,
    /// SensorThings over MQTT.
    MQTT,
    /// An import.
    FILE,
    /// A source that tells by itself, or is asked: a web-hook, another service, a broker.
    SOURCE,
    /// The demo town's simulator.
    SIMULATOR;

    /// Whether somebody asked for it over the network. Imports ask when they begin, sources when
    /// they are set up.
    boolean hasCaller() {
        return this == API || this == MQTT;
    }

    /// In figures.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
