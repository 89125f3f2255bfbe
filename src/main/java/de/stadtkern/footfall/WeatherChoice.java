package de.stadtkern.footfall;

import de.stadtkern.identity.Version;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which Datastreams are the weather of the town. Without any it has none.
record WeatherChoice(Map<Role, Long> datastreams) {

    static final WeatherChoice NONE = new WeatherChoice(Map.of());

    /// What a Datastream says. What was observed and what is forecast are never the same Datastream.
    enum Role {
        TEMPERATURE(false),
        PRECIPITATION(false),
        FORECAST_TEMPERATURE(true),
        FORECAST_PRECIPITATION(true);

        private final boolean isForecast;

        Role(boolean isForecast) {
            this.isForecast = isForecast;
        }

        boolean isForecast() {
            return isForecast;
        }

        boolean isTemperature() {
            return this == TEMPERATURE || this == FORECAST_TEMPERATURE;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Role of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    WeatherChoice {
        datastreams = Map.copyOf(datastreams);
    }

    Optional<Long> of(Role role) {
        return Optional.ofNullable(datastreams.get(role));
    }

    boolean isNone() {
        return datastreams.isEmpty();
    }

    Map<String, String> tree() {
        var tree = new TreeMap<String, String>();
        for (Role role : Role.values()) {
            tree.put(role.key(), of(role).map(String::valueOf).orElse(""));
        }
        return tree;
    }

    static WeatherChoice ofTree(Map<String, String> tree) {
        var datastreams = new EnumMap<Role, Long>(Role.class);
        tree.forEach((role, datastream) -> {
            if (!datastream.isEmpty()) {
                datastreams.put(Role.of(role), Long.valueOf(datastream));
            }
        });
        return new WeatherChoice(datastreams);
    }

    String version() {
        return Version.of(tree());
    }
}
