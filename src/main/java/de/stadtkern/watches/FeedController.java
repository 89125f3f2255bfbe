package de.stadtkern.watches;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.AtomFeed;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Slug;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The incidents editors want everybody to hear of, as a feed.
@Controller
class FeedController {

    private static final String PATH = "/watches.atom";

    private final Watches watches;

    FeedController(Watches watches) {
        this.watches = watches;
    }

    @GetMapping(PATH)
    void feed(Frame frame, HttpServletResponse response) throws IOException {
        City city = CityContext.current();
        String base =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        new AtomFeed(
                        "urn:stadtkern:%s:watches".formatted(city.slug()),
                        frame.say("watches.feed.title", city.name()),
                        base + PATH,
                        city.name(),
                        watches.inFeed().stream()
                                .map(incident -> entry(frame, base, city, incident))
                                .toList())
                .write(response);
    }

    private static AtomFeed.Entry entry(Frame frame, String base, City city, Incident.Told incident) {
        Instant over = incident.endToldAt();
        return new AtomFeed.Entry(
                "urn:stadtkern:%s:incident:%d".formatted(city.slug(), incident.id()),
                over == null ? incident.watchName() : frame.say("watches.feed.over", incident.watchName()),
                incident.toldAt(),
                over == null ? incident.toldAt() : over,
                base + "/datastreams/" + Slug.of(incident.datastreamId(), ""),
                frame.say("watches.since", frame.wording().dateTime(incident.beganAt())));
    }
}
