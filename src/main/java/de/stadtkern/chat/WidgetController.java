package de.stadtkern.chat;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.FrontEnd;
import de.stadtkern.page.Texts;
import de.stadtkern.page.TownColours;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// The chat as one script for any site: what the front end built, with the town's colours and words in front.
@RestController
class WidgetController {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration KEPT = Duration.ofMinutes(10);

    /// What the page of the chat says too, and what only the widget says.
    private static final List<String> SHARED = List.of(
            "title",
            "log",
            "you",
            "question",
            "ask",
            "waiting",
            "failed",
            "label.quote",
            "label.automatic",
            "label.model",
            "label.person",
            "sources",
            "suggestions",
            "rating",
            "contact",
            "emergency",
            "greeting.machine",
            "greeting.how",
            "easy.machine",
            "easy.personal",
            "word",
            "deleted");

    private static final List<String> OWN = List.of(
            "close",
            "yes",
            "no",
            "easy",
            "missing",
            "many",
            "window",
            "read",
            "read.notice",
            "dictate",
            "dictate.notice",
            "dictate.failed",
            "agree",
            "cancel",
            "delete",
            "elsewhere",
            "privacy");

    private final ChatSettings settings;
    private final FrontEnd frontEnd;
    private final Texts texts;
    private final String style = style();

    WidgetController(ChatSettings settings, FrontEnd frontEnd, Texts texts) {
        this.settings = settings;
        this.frontEnd = frontEnd;
        this.texts = texts;
    }

    record Town(
            String name,
            String office,
            String phone,
            String dial,
            String mail,
            Map<String, Map<String, String>> texts) {}

    @GetMapping(path = "/chat/widget.js", produces = "text/javascript;charset=UTF-8")
    ResponseEntity<String> widget() {
        City city = CityContext.current();
        ChatSetting.Contact contact = settings.contact();
        Town town =
                new Town(city.name(), contact.office(), contact.phone(), contact.dial(), contact.mail(), texts(city));
        TownColours colours = TownColours.of(city.colour());
        String coloured = style.replace(
                ":host {", ":host {\n  --town: %s;\n  --town-ink: %s;".formatted(colours.background(), colours.text()));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                // Whoever demands that what a page loads agrees to it gets this agreed.
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body("(()=>{const STADTKERN=%s,STADTKERN_STYLE=%s;\n%s})();\n"
                        .formatted(
                                JSON.writeValueAsString(town),
                                JSON.writeValueAsString(coloured),
                                frontEnd.source("widget")));
    }

    private Map<String, Map<String, String>> texts(City city) {
        int days = settings.find().days();
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (String language : Texts.offeredBy(city)) {
            Locale locale = Locale.of(language);
            Map<String, String> said = new LinkedHashMap<>();
            SHARED.forEach(name -> said.put(name, texts.say(locale, "chat." + name)));
            OWN.forEach(name -> said.put(name, texts.say(locale, "chat.widget." + name)));
            said.put("greeting.stored", texts.say(locale, "chat.greeting.stored", days));
            said.put("easy.stored", texts.say(locale, "chat.easy.stored", days));
            said.put("name", locale.getDisplayLanguage(locale));
            all.put(language, said);
        }
        return all;
    }

    private static String style() {
        try {
            return new ClassPathResource("chat/widget.css").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
