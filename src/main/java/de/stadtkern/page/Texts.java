package de.stadtkern.page;

import de.stadtkern.city.City;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/// What the pages say, in every language they are written in: `texts/MODULE_LANGUAGE.properties`, keys beginning with
/// the module's name. Values that are given arguments are in the syntax of [MessageFormat], the others are taken as
/// they are.
@Component
public class Texts {

    /// The languages somebody has written texts for; the first one is used for towns that offer none of them.
    static final List<String> LANGUAGES = List.of("de", "en");

    private final Map<String, Map<String, String>> byLanguage = new HashMap<>();

    Texts() {
        LANGUAGES.forEach(language -> byLanguage.put(language, read(language)));
    }

    /// Languages the town offers that texts are written in, in its order; at least one.
    public static List<String> offeredBy(City town) {
        return TownLocale.offered(Optional.of(town));
    }

    /// The text of a key; one that nobody has written is a defect of ours and fails.
    public String say(Locale locale, String key, Object... arguments) {
        String text = byLanguage.getOrDefault(locale.getLanguage(), Map.of()).get(key);
        if (text == null) {
            throw new MissingResourceException("No text '%s' in '%s'".formatted(key, locale), "texts", key);
        }
        return arguments.length == 0 ? text : new MessageFormat(text, locale).format(arguments);
    }

    boolean isWritten(String key) {
        return byLanguage.getOrDefault(LANGUAGES.getFirst(), Map.of()).containsKey(key);
    }

    Set<String> keys(String language) {
        return Set.copyOf(byLanguage.getOrDefault(language, Map.of()).keySet());
    }

    private static Map<String, String> read(String language) {
        Map<String, String> texts = new HashMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:texts/*_%s.properties".formatted(language))) {
                Properties properties = new Properties();
                try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }
}
