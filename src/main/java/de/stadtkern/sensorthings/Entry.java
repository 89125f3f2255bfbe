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
    /// The demo town's simulator.
    SIMULATOR;

    /// In figures.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
