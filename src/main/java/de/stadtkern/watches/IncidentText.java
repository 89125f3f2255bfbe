package de.stadtkern.watches;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.Slug;
import de.stadtkern.page.Texts;
import de.stadtkern.page.Wording;
import de.stadtkern.sensorthings.DatastreamUnknown;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// What is said of an incident, in the town's first language.
@Component
class IncidentText {

    private final Texts texts;
    private final MeasuringPoints points;

    IncidentText(Texts texts, MeasuringPoints points) {
        this.texts = texts;
        this.points = points;
    }

    record Message(String subject, String body) {}

    Message of(Watch watch, Incident incident, boolean over) {
        Wording wording = wording();
        String what = name(watch.wish().datastreamId());
        String sentence =
                over ? wording.say("watches.mail.over", what) : sentence(wording, incident, what, watch.wish());
        return new Message(
                wording.say(
                        over ? "watches.mail.subject.over" : "watches.mail.subject",
                        watch.wish().name()),
                sentence + "\n\n"
                        + wording.say("watches.mail.began", wording.dateTime(incident.beganAt()))
                        + address(watch) + "\n\n"
                        + wording.say("watches.mail.foot", CityContext.current().name()));
    }

    Message test(Watch watch) {
        Wording wording = wording();
        return new Message(
                wording.say("watches.mail.subject.test", watch.wish().name()),
                wording.say("watches.mail.test", name(watch.wish().datastreamId())) + address(watch));
    }

    private Wording wording() {
        City city = CityContext.current();
        return new Wording(texts, Locale.of(city.languages().getFirst()), city.zone(), Instant.now());
    }

    static String sentence(Wording wording, Incident incident, String what, Watch.Wish wish) {
        return switch (incident.kind()) {
            case LIMIT -> {
                double value = Objects.requireNonNullElse(incident.value(), 0.0);
                boolean above = wish.above() != null && value > wish.above();
                Double limit = above ? wish.above() : wish.below();
                yield wording.say(
                        above ? "watches.said.above" : "watches.said.below",
                        what,
                        wording.number(value),
                        wording.number(Objects.requireNonNullElse(limit, 0.0)));
            }
            case SILENCE -> wording.say("watches.said.silence", what, wording.dateTime(incident.beganAt()));
            case DEVIATION ->
                wording.say(
                        "watches.said.deviation",
                        what,
                        wording.number(Objects.requireNonNullElse(incident.value(), 0.0)),
                        wording.number(Objects.requireNonNullElse(incident.usual(), 0.0)));
        };
    }

    private String name(long datastream) {
        try {
            MeasuringPoint point = points.ofDatastream(datastream);
            return point.series().stream()
                    .filter(series -> series.datastreamId() == datastream)
                    .map(series -> point.name() + ", " + series.name())
                    .findFirst()
                    .orElse(point.name());
        } catch (DatastreamUnknown gone) {
            return "Datastream " + datastream;
        }
    }

    /// A line of its own. Nothing for a town without a host name: nobody could follow it from their mail.
    private static String address(Watch watch) {
        City city = CityContext.current();
        return city.hosts().isEmpty()
                ? ""
                : "\nhttps://" + city.hosts().getFirst() + "/datastreams/"
                        + Slug.of(watch.wish().datastreamId(), "");
    }
}
