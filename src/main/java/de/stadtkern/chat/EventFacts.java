package de.stadtkern.chat;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.knowledge.Event;
import de.stadtkern.knowledge.Events;
import de.stadtkern.page.Texts;
import de.stadtkern.page.Wording;
import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is on, by time, topic, place and for whom; that nothing is, only where events are asked for and the
/// calendars know what is asked at all.
@Component
class EventFacts implements Facts {

    private static final int MOST = 5;
    private static final Duration AHEAD = Duration.ofDays(400);

    private final Events events;
    private final Texts texts;

    EventFacts(Events events, Texts texts) {
        this.events = events;
        this.texts = texts;
    }

    @Override
    public List<Fact> facts(String question, Locale language) {
        return facts(question, language, Instant.now());
    }

    List<Fact> facts(String question, Locale language, Instant now) {
        City city = CityContext.current();
        LocalDate today = LocalDate.ofInstant(now, city.zone());
        Optional<EventQuestion> asked = EventQuestion.of(question, city.name(), today);
        if (asked.isEmpty() || !events.isAny()) {
            return List.of();
        }
        Wording wording = new Wording(texts, language, city.zone(), now);
        return asked.get().isGeneral() ? general(asked.get(), wording) : named(asked.get(), wording);
    }

    private List<Events.Listed> between(@Nullable When when, Wording wording) {
        Instant from = when == null
                ? wording.now()
                : when.first().atStartOfDay(wording.zone()).toInstant();
        Instant to = when == null
                ? wording.now().plus(AHEAD)
                : when.last().plusDays(1).atStartOfDay(wording.zone()).toInstant();
        // What is over today is on no more.
        Instant start = from.isBefore(wording.now()) ? wording.now() : from;
        return start.isBefore(to) ? events.between(start, to) : List.of();
    }

    private List<Fact> named(EventQuestion asked, Wording wording) {
        List<Events.Listed> meant = between(asked.when(), wording).stream()
                .filter(one -> asked.names(one.event()))
                .toList();
        return meant.stream().limit(MOST).map(one -> fact(one, wording)).toList();
    }

    private List<Fact> general(EventQuestion asked, Wording wording) {
        List<Fact> found = between(asked.when(), wording).stream()
                .filter(one -> asked.isAbout(one.event()))
                .limit(MOST)
                .map(one -> fact(one, wording))
                .toList();
        if (!found.isEmpty()) {
            return found;
        }
        // Words that no event ever has may be about something else.
        boolean isKnown =
                asked.topics().isEmpty() || between(null, wording).stream().anyMatch(one -> asked.isAbout(one.event()));
        return isKnown ? List.of(none(asked, wording)) : List.of();
    }

    private static Fact none(EventQuestion asked, Wording wording) {
        TimeWords times = new TimeWords(wording);
        When when = asked.when();
        String time = when == null
                ? wording.say("chat.event.none.next")
                : when.isOneDay()
                        ? wording.say("chat.event.none.day", times.weekday(when.first()))
                        : wording.say("chat.event.none.days", times.weekday(when.first()), times.weekday(when.last()));
        EventQuestion.Whom whom = asked.whom();
        String topics =
                asked.topics().stream().map(EventQuestion.Topic::written).collect(Collectors.joining(" "));
        String source = wording.say("chat.event.source");
        return new Fact(
                source,
                wording.say(
                        "chat.event.none",
                        time,
                        whom == null ? "" : wording.say(whom.key()),
                        topics.isEmpty() ? "" : wording.say("chat.event.none.topic", topics)),
                source,
                wording.now(),
                "/search",
                "");
    }

    private static Fact fact(Events.Listed one, Wording wording) {
        Event event = one.event();
        String time = time(event, wording);
        return new Fact(
                event.title(),
                event.place().isEmpty()
                        ? wording.say("chat.event", time, event.title())
                        : wording.say("chat.event.place", time, event.title(), event.place()),
                one.source(),
                wording.now(),
                one.address(),
                "");
    }

    /// Such as `Montag, 7. Dezember, 15 bis 17 Uhr`.
    private static String time(Event event, Wording wording) {
        TimeWords times = new TimeWords(wording);
        LocalDate first = wording.day(event.start());
        boolean hasEnd = event.end().isAfter(event.start());
        LocalDate last = hasEnd ? wording.day(event.end().minusMillis(1)) : first;
        List<String> parts = new ArrayList<>();
        if (event.isAllDay()) {
            return first.equals(last)
                    ? times.weekday(first)
                    : wording.say("chat.event.from-to", times.weekday(first), times.weekday(last));
        }
        parts.add(times.weekday(first));
        if (!hasEnd) {
            parts.add(times.at(event.start()));
        } else if (first.equals(last)) {
            parts.add(wording.say("chat.clock.span", times.clock(event.start()), times.end(event.end())));
        } else {
            parts.add(wording.say(
                    "chat.event.from-to", times.at(event.start()), times.weekday(last) + ", " + times.at(event.end())));
        }
        return String.join(", ", parts);
    }
}
