package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Topic;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Qr;
import de.stadtkern.page.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// "What is measured here?": what the town says of a counter to whoever stands below it. What it has not said yet is
/// called so.
@Component
class SignPage {

    private static final String EASY = "easy";

    /// @param file  the same to print
    /// @param edit  for editors, else empty
    record View(
            String name,
            String address,
            String place,
            Said said,
            List<Picture> photos,
            Qr code,
            String link,
            String file,
            String edit) {}

    /// @param alt what it shows
    record Picture(String address, String alt, int width, int height) {}

    /// @param parts one for each language
    record Print(String name, String place, List<Said> parts, String code, String link) {}

    /// The sign in one language.
    ///
    /// @param title    of it
    /// @param tongue   language tag
    /// @param language in its own words
    record Said(String title, String tongue, String language, List<Line> lines) {}

    record Line(String question, List<String> answer) {}

    private final Counters counters;
    private final CounterDocuments documents;

    SignPage(Counters counters, CounterDocuments documents) {
        this.counters = counters;
        this.documents = documents;
    }

    View view(Frame frame, Counter counter) {
        String link = link(frame, counter);
        String tongue = frame.easy() ? EASY : frame.wording().locale().getLanguage();
        return new View(
                counter.wish().name(),
                counter.address(),
                counter.wish().place(),
                said(frame.wording(), counter, tongue),
                documents.shown(counter).stream()
                        .map(photo -> new Picture(
                                "%s/photos/%d".formatted(counter.address(), photo.id()),
                                photo.alt(),
                                photo.width(),
                                photo.height()))
                        .toList(),
                Qr.of(link),
                link,
                counter.address() + "/sign.pdf",
                counters.mayEdit() ? "/counters/" + counter.id() : "");
    }

    Print print(Frame frame, Counter counter) {
        String link = link(frame, counter);
        List<Said> parts = new ArrayList<>();
        for (String tongue : Counter.TONGUES) {
            Locale locale = tongue.equals("en") ? Locale.ENGLISH : Locale.GERMAN;
            Wording own = new Wording(
                    frame.wording().texts(),
                    locale,
                    frame.wording().zone(),
                    frame.wording().now());
            parts.add(said(own, counter, tongue));
        }
        return new Print(
                counter.wish().name(),
                counter.wish().place(),
                parts,
                Qr.of(link).picture(),
                link);
    }

    private static String link(Frame frame, Counter counter) {
        String whole = frame.address();
        return whole.substring(0, whole.length() - frame.path().length()) + counter.address() + "/sign";
    }

    private static Said said(Wording wording, Counter counter, String tongue) {
        Counter.Wish wish = counter.wish();
        boolean easy = tongue.equals(EASY);
        String suffix = easy ? ".easy" : "";
        List<Line> lines = new ArrayList<>();
        if (wish.simulated()) {
            lines.add(new Line(
                    wording.say("footfall.sign.simulated"),
                    List.of(wording.say("footfall.sign.simulated.text" + suffix))));
        }
        for (Topic topic : Topic.values()) {
            String text = wish.text(topic, tongue);
            lines.add(new Line(
                    wording.say("footfall.sign.%s%s".formatted(topic.key(), suffix)),
                    text.isEmpty()
                            ? List.of(wording.say("footfall.sign.unsaid"))
                            : text.lines().filter(line -> !line.isBlank()).toList()));
        }
        lines.add(new Line(wording.say("footfall.sign.device" + suffix), device(wording, wish)));
        lines.add(new Line(
                wording.say("footfall.sign.responsible" + suffix),
                List.of(wish.responsible().isEmpty() ? wording.say("footfall.sign.unsaid") : wish.responsible())));
        lines.add(new Line(
                wording.say("footfall.sign.contact" + suffix),
                List.of(wish.contact().isEmpty() ? wording.say("footfall.sign.unsaid") : wish.contact())));
        return new Said(
                wording.say("footfall.sign.title" + suffix),
                easy ? "de" : tongue,
                wording.say("footfall.sign.language.%s".formatted(tongue)),
                lines);
    }

    private static List<String> device(Wording wording, Counter.Wish wish) {
        List<String> said = new ArrayList<>();
        add(said, wording, "technique", wish.technique());
        add(said, wording, "mounting", wish.mounting());
        add(said, wording, "section", wish.section());
        if (wish.since() != null) {
            add(said, wording, "since", wording.date(wish.since()));
        }
        String directions = wish.channels().stream()
                .map(Counter.Channel::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        add(said, wording, "channels", directions);
        return said.isEmpty() ? List.of(wording.say("footfall.sign.unsaid")) : said;
    }

    private static void add(List<String> said, Wording wording, String what, String text) {
        if (!text.isEmpty()) {
            said.add(wording.say("footfall.sign.device.%s".formatted(what), text));
        }
    }
}
