package de.stadtkern.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/// Cuts texts into sections that can be quoted: at headings, and where one is too long at the end of a paragraph. Of
/// HTML only what readers see is taken: no scripts, nothing hidden, no navigation where a page says what its main part
/// is.
final class Sections {

    /// Letters of a section; a longer one is cut.
    private static final int LARGEST = 1_200;

    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF\\uFFFE\\uFFFF&&[^\\n]]");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Zs}\\t]+");
    private static final Pattern HIDING = Pattern.compile(
            "display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0(?![.\\d])|opacity\\s*:\\s*0(?![.\\d])");
    private static final Set<String> UNSEEN = Set.of(
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "canvas",
            "audio",
            "video",
            "head",
            "select",
            "textarea",
            "button",
            "datalist",
            "nav");
    private static final Set<String> AROUND = Set.of("header", "footer", "aside");
    private static final Pattern HEADING = Pattern.compile("h[1-6]");
    private static final Set<String> INLINE = Set.of(
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "label", "mark",
            "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr");

    private Sections() {}

    static List<Section> ofHtml(String html) {
        Document page = Jsoup.parse(html);
        Element main = page.selectFirst("main, [role=main], article");
        Collector collector = new Collector();
        (main == null ? page.body() : main).filter(new Seen(collector));
        collector.end();
        return collector.sections;
    }

    /// Lines that begin with `#` are headings, empty lines end a paragraph.
    static List<Section> ofText(String text) {
        Collector collector = new Collector();
        for (String line : text.split("\\R", -1)) {
            if (line.matches("#{1,6} .+")) {
                collector.begin("", line.replaceFirst("#+ ", ""));
            } else {
                collector.text(line);
                collector.line();
            }
        }
        collector.end();
        return collector.sections;
    }

    /// A title or another text of one line, without what nobody sees.
    static String line(String text) {
        return clean(text).replace('\n', ' ').strip();
    }

    /// The same of HTML, such as the name of a form with entities in it.
    static String lineOfHtml(String html) {
        return line(Jsoup.parse(html).text());
    }

    private static String clean(String text) {
        String seen = INVISIBLE.matcher(text.replace("\r\n", "\n")).replaceAll("");
        return BLANKS.matcher(seen).replaceAll(" ");
    }

    /// Walks over what can be seen.
    private record Seen(Collector collector) implements NodeFilter {

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode text) {
                collector.text(text.getWholeText().replace('\n', ' '));
                return FilterResult.CONTINUE;
            }
            if (!(node instanceof Element element)) {
                return FilterResult.CONTINUE;
            }
            if (isHidden(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            String name = element.normalName();
            if (HEADING.matcher(name).matches()) {
                collector.begin(anchor(element), line(element.text()));
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.equals("td") || name.equals("th") || name.equals("dd")) {
                collector.cell();
            } else if (!INLINE.contains(name)) {
                collector.line();
            }
            if (name.equals("li")) {
                collector.text("• ");
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element && !INLINE.contains(element.normalName())) {
                String name = element.normalName();
                if (!name.equals("td") && !name.equals("th") && !name.equals("dt")) {
                    collector.line();
                }
            }
            return FilterResult.CONTINUE;
        }

        private static boolean isHidden(Element element) {
            String name = element.normalName();
            String style = element.attr("style").toLowerCase(Locale.ROOT);
            return UNSEEN.contains(name)
                    || AROUND.contains(name) && element.closest("main, article, [role=main]") == null
                    || element.hasAttr("hidden")
                    || element.attr("aria-hidden").equalsIgnoreCase("true")
                    || !style.isEmpty() && HIDING.matcher(style).find();
        }

        /// Its own id, or that of the part it is the heading of.
        private static String anchor(Element heading) {
            if (!heading.id().isEmpty()) {
                return heading.id();
            }
            Element inside = heading.selectFirst("[id], a[name]");
            if (inside != null) {
                return inside.id().isEmpty() ? inside.attr("name") : inside.id();
            }
            Element around = heading.parent();
            return around != null && around.normalName().equals("section") ? around.id() : "";
        }
    }

    /// Gathers lines into sections.
    private static final class Collector {

        private final List<Section> sections = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();
        private String anchor = "";
        private String heading = "";

        void text(String text) {
            line.append(text);
        }

        void cell() {
            if (!line.toString().isBlank()) {
                line.append(": ");
            }
        }

        void line() {
            String whole = clean(line.toString()).strip();
            line.setLength(0);
            if (!whole.isEmpty() && !whole.equals("•")) {
                lines.add(whole);
            }
        }

        void begin(String anchor, String heading) {
            end();
            this.anchor = anchor;
            this.heading = heading;
        }

        void end() {
            line();
            StringBuilder part = new StringBuilder();
            boolean isFirst = true;
            for (String one :
                    lines.stream().flatMap(whole -> parts(whole).stream()).toList()) {
                if (!part.isEmpty() && part.length() + one.length() > LARGEST) {
                    sections.add(new Section(anchor, heading, part.toString()));
                    part.setLength(0);
                    isFirst = false;
                }
                part.append(part.isEmpty() ? "" : "\n").append(one);
            }
            if (!part.isEmpty() || isFirst && !heading.isEmpty()) {
                sections.add(new Section(anchor, heading, part.toString()));
            }
            lines.clear();
        }

        /// A paragraph that is too long by itself is cut behind a sentence, or a word.
        private static List<String> parts(String paragraph) {
            List<String> parts = new ArrayList<>();
            String rest = paragraph;
            while (rest.length() > LARGEST) {
                int sentence = rest.lastIndexOf(". ", LARGEST - 1);
                int word = rest.lastIndexOf(' ', LARGEST);
                int end = sentence > LARGEST / 2 ? sentence + 1 : word > LARGEST / 2 ? word : LARGEST;
                parts.add(rest.substring(0, end).strip());
                rest = rest.substring(end).strip();
            }
            parts.add(rest);
            return parts;
        }
    }
}
