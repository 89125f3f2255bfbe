package de.stadtkern.site;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Wording;
import de.stadtkern.sensors.SeriesCards;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;

/// Leads a new town from nothing to its first value: what is done already it sees from the town itself, so that it can
/// be left and come back to at any time, and nothing of it is remembered.
@Service
class FirstSteps {

    private static final String KEY = "first-steps";
    private static final Duration VALID = Duration.ofDays(365);
    private static final int EXAMPLE_HOURS = 48;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm");

    private final Rights rights;
    private final Accounts accounts;
    private final ApiKeys keys;
    private final MeasuringPoints points;

    FirstSteps(Rights rights, Accounts accounts, ApiKeys keys, MeasuringPoints points) {
        this.rights = rights;
        this.accounts = accounts;
        this.keys = keys;
        this.points = points;
    }

    /// @param admin  whether the reader may change the town and make keys
    /// @param curl   a ready command with a fresh key, empty unless one was just made
    /// @param value  what came first, in a sentence, empty while there is nothing
    record View(boolean admin, boolean named, boolean people, String curl, String value, String address) {}

    void require() {
        rights.require(Role.EDITOR, Area.PLATFORM);
    }

    /// @param curl empty unless a key was just made
    View view(Frame frame, String curl) {
        require();
        City city = CityContext.current();
        boolean admin = rights.allow(Role.ADMIN, Area.TOWN);
        List<MeasuringPoint> measured = points.list().stream()
                .filter(point -> point.series().stream().anyMatch(series -> series.count() > 0))
                .toList();
        return new View(
                admin,
                !city.legal().getOrDefault("operator", "").isBlank(),
                admin && accounts.list().size() > 1,
                curl,
                measured.isEmpty() ? "" : first(frame.wording(), measured.getFirst()),
                measured.isEmpty() ? "" : SeriesCards.address(measured.getFirst()));
    }

    private static String first(Wording wording, MeasuringPoint point) {
        MeasuringPoint.Series series = point.series().stream()
                .filter(one -> one.count() > 0)
                .findFirst()
                .orElseThrow();
        MeasuringPoint.Latest latest = Objects.requireNonNull(series.latest());
        String value = latest.number() == null ? "" : wording.number(latest.number()) + " " + series.unit();
        return wording.say(
                "site.begin.value", point.name() + ", " + series.name(), value, SeriesCards.age(wording, latest));
    }

    /// A Datastream for the first values, and a key that writes into it and nothing else.
    ///
    /// @param base scheme and host as the reader sees them
    /// @return a ready command
    String access(Frame frame, String base) {
        rights.require(Role.ADMIN, Area.TOWN);
        Map<String, Long> ids = points.ensure(new NewMeasuringPoint(
                KEY,
                frame.say("site.begin.thing"),
                "",
                null,
                Map.of(),
                List.of(new NewMeasuringPoint.Series(
                        KEY,
                        frame.say("site.begin.series"),
                        "",
                        false,
                        List.of(new NewMeasuringPoint.Observed(
                                frame.say("site.begin.unit"),
                                "",
                                "",
                                NewMeasuringPoint.Observed.NUMBER,
                                frame.say("site.begin.series"),
                                "",
                                Aggregation.MEAN)),
                        frame.say("site.begin.sensor"),
                        "",
                        Map.of()))));
        long datastream = Objects.requireNonNull(ids.get(KEY));
        String token = keys.create(
                        new ApiKeys.Wish(frame.say("site.begin.thing"), Area.PLATFORM, Role.EDITOR, datastream, VALID))
                .token();
        return """
            curl -X POST '%s/sta/v1.1/Datastreams(%d)/Observations' \\
              -H 'Authorization: Bearer %s' \\
              -H 'Content-Type: application/json' \\
              -d '{"result": 21.5}'\
            """.formatted(base, datastream, token);
    }

    /// Two days of made-up hours, to try the import with.
    String example() {
        require();
        ZonedDateTime hour = ZonedDateTime.now(CityContext.current().zone()).truncatedTo(ChronoUnit.HOURS);
        StringBuilder csv = new StringBuilder("Zeit;Temperatur (°C);Anzahl\n");
        for (int back = EXAMPLE_HOURS; back > 0; back--) {
            ZonedDateTime at = hour.minusHours(back);
            double warm = 12 + 6 * Math.sin((at.getHour() - 9) * Math.PI / 12);
            csv.append(at.format(LOCAL))
                    .append(';')
                    .append("%.1f".formatted(warm).replace('.', ','))
                    .append(';')
                    .append(Math.round(20 + 80 * Math.max(0, Math.sin((at.getHour() - 6) * Math.PI / 14))))
                    .append('\n');
        }
        return csv.toString();
    }
}
