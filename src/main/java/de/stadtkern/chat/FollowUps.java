package de.stadtkern.chat;

import de.stadtkern.city.CityContext;
import de.stadtkern.knowledge.Wordings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Understands questions that go on from the one before: "und was kostet das?" asks something else of the same
/// subject, "und am Samstag?" asks the same for another time.
@Component
class FollowUps {

    private final Wordings wordings;

    FollowUps(Wordings wordings) {
        this.wordings = wordings;
    }

    /// The question as it is understood alone; as it is where it says by itself what it is about.
    String alone(String question, Before before) {
        if (before.title().isEmpty() || wordings.hasSubject(question)) {
            return question;
        }
        LocalDate today =
                LocalDate.ofInstant(Instant.now(), CityContext.current().zone());
        boolean asksForAnotherTime =
                Need.askedIn(question).isEmpty() && When.in(question, today).isPresent();
        return question + " " + (asksForAnotherTime ? withoutTime(before.question(), today) : before.title());
    }

    private static String withoutTime(String question, LocalDate today) {
        Optional<When> when = When.in(question, today);
        int at = when.map(time -> question.toLowerCase(Locale.GERMAN).indexOf(time.said()))
                .orElse(-1);
        return at < 0
                ? question
                : question.substring(0, at)
                        + question.substring(at + when.orElseThrow().said().length());
    }
}
