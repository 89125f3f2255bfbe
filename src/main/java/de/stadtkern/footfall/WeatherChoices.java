package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.WeatherChoice.Role;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Version;
import de.stadtkern.identity.Versioned;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The front door to the weather of a town: editors choose the Datastreams it is read from, and can take that back. All
/// counters are learned anew then.
@Service
class WeatherChoices implements Versioned {

    static final String KIND = "footfall-weather";
    static final String SUBJECT = "1";

    private static final JsonMapper JSON = new JsonMapper();

    private final WeatherStore store;
    private final CounterStore counters;
    private final Counters register;
    private final MeasuringPoints points;
    private final Changes changes;

    WeatherChoices(
            WeatherStore store, CounterStore counters, Counters register, MeasuringPoints points, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.register = register;
        this.points = points;
        this.changes = changes;
    }

    /// A Datastream that can be chosen.
    record Offered(MeasuringPoint point, MeasuringPoint.Series series) {

        boolean suits(Role role) {
            return role.isTemperature() ? isTemperature(series) : isPrecipitation(series);
        }

        private static boolean isTemperature(MeasuringPoint.Series series) {
            return series.unitSymbol().equals("°C") || series.unitSymbol().equals("Cel");
        }

        /// What fell is added up, hour by hour and day by day; a rate cannot be.
        private static boolean isPrecipitation(MeasuringPoint.Series series) {
            return series.unitSymbol().equals("mm") && series.aggregation() == Aggregation.SUM;
        }
    }

    WeatherChoice find() {
        return store.find();
    }

    /// Datastreams by their Thing; only those whose unit says that they are a temperature or what falls.
    List<Offered> offered() {
        register.require();
        return points.list().stream()
                .flatMap(point -> point.series().stream().map(series -> new Offered(point, series)))
                .filter(offered -> offered.suits(Role.TEMPERATURE) || offered.suits(Role.PRECIPITATION))
                .toList();
    }

    /// @param version of the choice the editor saw
    /// @param flaws   what is wrong with the choice already; the rest is added
    /// @return number of the change, 0 if nothing changed
    @Transactional
    public long set(String version, WeatherChoice choice, Flaws flaws) {
        register.require();
        counters.lock();
        WeatherChoice before = store.find();
        Version.require(version, before.version());
        check(choice, flaws);
        return put(before, choice);
    }

    private void check(WeatherChoice choice, Flaws flaws) {
        List<Offered> offered = offered();
        for (Role role : Role.values()) {
            choice.of(role).ifPresent(datastream -> flaws.check(() -> require(choice, role, datastream, offered)));
        }
        for (Role role : List.of(Role.FORECAST_TEMPERATURE, Role.FORECAST_PRECIPITATION)) {
            Role observed = role == Role.FORECAST_TEMPERATURE ? Role.TEMPERATURE : Role.PRECIPITATION;
            if (choice.of(role).isPresent() && choice.of(observed).isEmpty()) {
                flaws.add(Problem.field(
                        observed.key(),
                        "weather-unobserved",
                        "A forecast is of use only beside what was observed: choose that too."));
            }
        }
        flaws.end();
    }

    private static void require(WeatherChoice choice, Role role, long datastream, List<Offered> offered) {
        if (offered.stream().noneMatch(one -> one.series().datastreamId() == datastream && one.suits(role))) {
            throw Problem.field(
                    role.key(),
                    "weather-unsuitable",
                    "Datastream %d does not fit: a temperature is in °C; precipitation is in mm and added up."
                            .formatted(datastream));
        }
        boolean isObserved = choice.datastreams().entrySet().stream()
                .anyMatch(other -> !other.getKey().isForecast() && other.getValue() == datastream);
        if (role.isForecast() && isObserved) {
            throw Problem.field(
                    role.key(),
                    "weather-twice",
                    "What was observed and what is forecast are two Datastreams, else forecasts were read as"
                            + " observed.");
        }
    }

    private long put(WeatherChoice before, WeatherChoice choice) {
        if (!before.equals(choice)) {
            store.put(choice);
            counters.list().forEach(counter -> counters.learnAt(counter.id(), Instant.now()));
        }
        return changes.record(
                        new Changes.Subject(
                                Area.FOOTFALL,
                                KIND,
                                SUBJECT,
                                CityContext.current().name()),
                        before.tree(),
                        choice.tree(),
                        "")
                .orElse(0L);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonNode state(String subject) {
        return JSON.valueToTree(store.find().tree());
    }

    @Override
    @Transactional
    public void restore(String subject, @Nullable JsonNode state) {
        register.require();
        counters.lock();
        Map<String, String> tree = new TreeMap<>();
        if (state != null) {
            for (Role role : Role.values()) {
                tree.put(role.key(), state.path(role.key()).asString(""));
            }
        }
        put(store.find(), WeatherChoice.ofTree(tree));
    }
}
