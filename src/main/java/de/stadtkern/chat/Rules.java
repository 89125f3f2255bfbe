package de.stadtkern.chat;

import de.stadtkern.chat.Rulebook.Verdict;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What is answered by a rule, whatever the texts say: the way out of a crisis, what is refused, what others
/// answer, and the words between people. The rules themselves are in [Rulebook].
@Component
class Rules {

    private static final Logger log = LoggerFactory.getLogger(Rules.class);
    private static final Set<String> EASY = Set.of("suicide", "violence", "medical_emergency", "fire", "person");

    /// Read when it is needed first, or soon after the start: that takes a second, which no start should wait for.
    private static final class Read {
        static final Rulebook BOOK = new Rulebook();
    }

    private final Properties otherLanguages = otherLanguages();
    private final Texts texts;

    Rules(Texts texts) {
        this.texts = texts;
    }

    @EventListener(ApplicationReadyEvent.class)
    void read() {
        Thread.ofVirtual().name("chat-rules").start(() -> log.debug("{}", Read.BOOK));
    }

    Optional<Reply> reply(Asked asked) {
        City city = CityContext.current();
        return Read.BOOK
                .judge(asked.text(), city.name())
                .map(verdict -> Reply.said(verdict.kind(), text(verdict, asked, city), verdict.topic()));
    }

    /// Who writes in a language that only the rules know is answered in it; help must be understood.
    private String text(Verdict verdict, Asked asked, City city) {
        Optional<Locale> tongue = Tongue.of(asked.text());
        String other = tongue.map(
                        language -> otherLanguages.getProperty(language.getLanguage() + "." + part(verdict), ""))
                .orElse("");
        if (!other.isEmpty()) {
            return other;
        }
        boolean english = tongue.map(Locale::getLanguage).filter("en"::equals).isPresent();
        Locale language = english ? Locale.ENGLISH : asked.language();
        String topic = verdict.topic();
        String key = "chat.rule." + topic + (asked.easy() && EASY.contains(topic) ? ".easy" : "");
        return switch (topic) {
            case "other_town" -> texts.say(language, key, city.name());
            case "person" -> texts.say(language, key) + contact(language, city);
            default -> texts.say(language, key);
        };
    }

    private static String part(Verdict verdict) {
        return switch (verdict.kind()) {
            case HANDOVER -> "person";
            case CRISIS, SMALLTALK, REFUSED, ANSWER, CLARIFY, UNKNOWN ->
                verdict.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private String contact(Locale language, City city) {
        String contact = Stream.of("operator", "address", "mail")
                .map(part -> city.legal().getOrDefault(part, ""))
                .flatMap(part -> part.lines().map(String::strip))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(", "));
        return contact.isEmpty() ? "" : "\n" + texts.say(language, "chat.rule.person.contact", contact);
    }

    private static Properties otherLanguages() {
        Properties written = new Properties();
        try (InputStream stream = Rules.class.getResourceAsStream("/chat/other_languages.properties")) {
            if (stream == null) {
                throw new IllegalStateException("chat/other_languages.properties is missing");
            }
            written.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return written;
    }
}
