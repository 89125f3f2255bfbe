package de.stadtkern.site;

import de.stadtkern.page.Texts;
import de.stadtkern.seams.Passage;
import de.stadtkern.seams.Passages;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The pages of this site that are about no single thing.
@Component
class SitePassages implements Passages {

    private static final List<Page> PAGES = List.of(
            new Page("start", "/"),
            new Page("sensors", "/sensors"),
            new Page("footfall", "/footfall"),
            new Page("explorer", "/explorer"),
            new Page("imprint", "/imprint"),
            new Page("privacy", "/privacy"),
            new Page("accessibility", "/accessibility"),
            new Page("source", "/source"));

    private final Texts texts;

    SitePassages(Texts texts) {
        this.texts = texts;
    }

    /// @param key of what is said of it
    private record Page(String key, String path) {}

    @Override
    public List<Passage> passages(Locale language) {
        return PAGES.stream()
                .map(page -> new Passage(
                        texts.say(language, "site.search.page"),
                        texts.say(language, "site.search." + page.key()),
                        texts.say(language, "site.search." + page.key() + ".text"),
                        page.path(),
                        Instant.EPOCH,
                        language,
                        Passage.Audience.EVERYBODY))
                .toList();
    }
}
