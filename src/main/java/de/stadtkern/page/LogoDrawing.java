package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads an SVG once from front to back and refuses what a drawing does not need: whatever runs, moves, includes other
/// markup, or leads out of the file. Elements of SVG are those named here; what drawing programs note for themselves
/// in name spaces of their own stays, because browsers do not know it.
///
/// It is served so that nothing in it would run anyway; this is the first of two doors.
final class LogoDrawing {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final Set<String> MARKUP =
            Set.of("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "");
    private static final Set<String> DRAWS = Set.of(("svg g defs symbol use switch title desc metadata style view"
                    + " path rect circle ellipse line polyline polygon image text tspan textPath"
                    + " linearGradient radialGradient stop pattern clipPath mask marker filter feBlend"
                    + " feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting"
                    + " feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR"
                    + " feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight"
                    + " feSpecularLighting feSpotLight feTile feTurbulence")
            .split(" "));
    private static final Set<String> MOVES = Set.of("animate", "animateMotion", "animateTransform", "set", "discard");
    private static final Set<String> SHOWS_PICTURE = Set.of("image", "feImage");

    /// A style that fetches something, in any of the ways CSS has for it.
    private static final Pattern FETCHES =
            Pattern.compile("(?i)@import|@namespace|javascript:|(image-set|image|src|cross-fade|expression)\\(");
    private static final Pattern URL = Pattern.compile("(?i)url\\(\\s*[\"']?\\s*([^)]{0,60})");
    private static final Pattern PICTURE = Pattern.compile("(?i)data:image/(png|jpeg|gif|webp)[;,].*", Pattern.DOTALL);
    private static final Pattern LENGTH =
            Pattern.compile("\\s*((?:\\d++(?:\\.\\d++)?|\\.\\d++)(?:[eE][-+]?\\d++)?)\\s*[a-z]{0,4}\\s*");

    /// Each `use` may show something that has a `use` itself, so a few lines could keep a browser busy for years.
    private static final long MOST_COPIES = 10_000;

    private static final int DEEPEST = 100;

    private final XMLStreamReader in;
    /// Ids of the elements around where we are, empty for those without.
    private final Deque<String> around = new ArrayDeque<>(List.of(""));
    /// What is shown once more inside an element, by its id.
    private final Map<String, List<String>> shows = new HashMap<>();

    private LogoDrawing(XMLStreamReader in) {
        this.in = in;
    }

    /// @return its shape
    static LogoFile.Size check(byte[] content) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing is read from elsewhere");
        });
        try {
            return new LogoDrawing(factory.createXMLStreamReader(new StringReader(text(content)))).check();
        } catch (XMLStreamException | CharacterCodingException unreadable) {
            throw LogoFile.refused("svg-unreadable", "This SVG is damaged, or not written in UTF-8.");
        }
    }

    /// Browsers are told the same charset, so that they cannot read anything else in it.
    private static String text(byte[] content) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private LogoFile.Size check() throws XMLStreamException {
        LogoFile.Size size = null;
        StringBuilder style = null;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw LogoFile.refused(
                            "svg-doctype",
                            "This SVG has a DOCTYPE, which may hold anything; save it as a plain SVG or take the line"
                                    + " out.");
                case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                    if (in.getPITarget().toLowerCase(Locale.ROOT).startsWith("xml-")) {
                        throw forbidden("<?%s?>".formatted(in.getPITarget()));
                    }
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    if (size == null) {
                        size = root();
                    }
                    if (style != null) {
                        throw forbidden("<%s> in <style>".formatted(in.getLocalName()));
                    }
                    element();
                    around.push(attribute("id"));
                    copies();
                    style = SVG.equals(in.getNamespaceURI())
                                    && in.getLocalName().equals("style")
                            ? new StringBuilder()
                            : null;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (style != null) {
                        style.append(in.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    around.pop();
                    if (style != null) {
                        style(style.toString());
                        style = null;
                    }
                }
                default -> {}
            }
        }
        if (size == null) {
            throw LogoFile.refused("svg-unreadable", "This SVG is damaged, or not written in UTF-8.");
        }
        if (copiesIn("", 0, new HashMap<>()) > MOST_COPIES) {
            throw tooMuch();
        }
        return size;
    }

    private void copies() {
        if (around.size() > DEEPEST) {
            throw tooMuch();
        }
        if (in.getLocalName().equals("use")) {
            for (int at = 0; at < in.getAttributeCount(); at++) {
                if (in.getAttributeLocalName(at).equals("href")) {
                    String shown = in.getAttributeValue(at).strip().substring(1);
                    around.stream()
                            .distinct()
                            .forEach(id -> shows.computeIfAbsent(id, _ -> new ArrayList<>())
                                    .add(shown));
                }
            }
        }
    }

    /// One that shows itself is shown by no browser and counts once.
    private long copiesIn(String id, int deep, Map<String, Long> known) {
        if (deep > DEEPEST) {
            throw tooMuch();
        }
        Long before = known.putIfAbsent(id, 0L);
        if (before != null) {
            return before;
        }
        long copies = 0;
        for (String shown : shows.getOrDefault(id, List.of())) {
            copies = Math.min(MOST_COPIES + 1, copies + 1 + copiesIn(shown, deep + 1, known));
        }
        known.put(id, copies);
        return copies;
    }

    private static Problem tooMuch() {
        return LogoFile.refused(
                "svg-too-much", "This SVG shows its parts inside each other too often; save it as a plain SVG.");
    }

    private LogoFile.Size root() {
        if (!SVG.equals(in.getNamespaceURI()) || !in.getLocalName().equals("svg")) {
            throw LogoFile.refused("logo-kind", "A logo is a PNG or an SVG; this file is neither.");
        }
        double[] box = Arrays.stream(attribute("viewBox").strip().split("[\\s,]+", -1))
                .mapToDouble(LogoDrawing::length)
                .toArray();
        double width = box.length == 4 ? box[2] : length(attribute("width"));
        double height = box.length == 4 ? box[3] : length(attribute("height"));
        double ratio = width / height;
        if (!(ratio > 0) || Double.isInfinite(ratio)) {
            throw LogoFile.refused(
                    "svg-size",
                    "This SVG does not say how wide and high it is: it needs a viewBox, or width and height.");
        }
        return new LogoFile.Size((int) Math.clamp(Math.round(ratio * 100), 1, 10_000), 100);
    }

    private String attribute(String name) {
        String value = in.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /// Not a number where there is none, or one of what surrounds it.
    private static double length(String text) {
        Matcher number = LENGTH.matcher(text);
        return number.matches() ? Double.parseDouble(number.group(1)) : Double.NaN;
    }

    private void element() {
        String space = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
        String name = in.getLocalName();
        if (space.equals(SVG) && MOVES.contains(name)) {
            throw LogoFile.moving("<%s>".formatted(name));
        }
        if (MARKUP.contains(space) || (space.equals(SVG) && !DRAWS.contains(name))) {
            throw forbidden("<%s>".formatted(name));
        }
        for (int at = 0; at < in.getAttributeCount(); at++) {
            attribute(
                    name,
                    in.getAttributeNamespace(at) == null ? "" : in.getAttributeNamespace(at),
                    in.getAttributeLocalName(at),
                    in.getAttributeValue(at));
        }
    }

    private static void attribute(String element, String space, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("on")) {
            throw forbidden(name);
        }
        if ((lower.equals("href") || lower.equals("src")) && !staysInside(value, SHOWS_PICTURE.contains(element))) {
            throw forbidden("%s=\"%.60s\"".formatted(name, value));
        }
        if (space.equals(XML) && lower.equals("base")) {
            throw forbidden("xml:base");
        }
        if (space.isEmpty() && lower.equals("style")) {
            style(value);
        } else if (space.isEmpty() && value.indexOf('(') >= 0) {
            fetchesNothing(value);
        }
    }

    private static boolean staysInside(String address, boolean mayShowPicture) {
        String bare = address.strip();
        return bare.startsWith("#") || (mayShowPicture && PICTURE.matcher(bare).matches());
    }

    private static void style(String css) {
        fetchesNothing(css);
        if (css.toLowerCase(Locale.ROOT).contains("keyframes")) {
            throw LogoFile.moving("@keyframes");
        }
    }

    /// With a backslash any word of CSS can be written so that it is not found here.
    private static void fetchesNothing(String css) {
        Matcher fetching = FETCHES.matcher(css);
        if (fetching.find()) {
            throw forbidden(fetching.group());
        }
        for (Matcher url = URL.matcher(css); url.find(); ) {
            if (!staysInside(url.group(1), true)) {
                throw forbidden("url(%s)".formatted(url.group(1)));
            }
        }
        if (css.indexOf('\\') >= 0) {
            throw forbidden("\\");
        }
    }

    private static Problem forbidden(String what) {
        return Problem.field(
                "logo",
                "svg-forbidden",
                "This SVG has '%s'. A logo only draws: no scripts, no other markup, nothing from elsewhere."
                        .formatted(what),
                Map.of("what", what));
    }
}
