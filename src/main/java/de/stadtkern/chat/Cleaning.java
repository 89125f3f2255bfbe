package de.stadtkern.chat;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/// Makes of what was typed the text that was meant: no markup, nothing invisible, not too long. What would
/// run in a browser leaves the trace `[Code]`, so that the rules know that it was there.
final class Cleaning {

    static final int LONGEST = 500;
    static final String CODE = "[Code]";

    /// More is never read; a question is far shorter.
    private static final int READ = 20_000;

    private static final String ACTIVE =
            "script|iframe|img|svg|object|embed|style|form|input|video|audio|link|meta|base";
    private static final Pattern SCRIPT =
            Pattern.compile("(?is)<\\s*(script|style|iframe)\\b[^>]*>.*?(<\\s*/\\s*\\1\\s*>|$)");
    private static final Pattern ACTIVE_TAG = Pattern.compile("(?is)<\\s*/?\\s*(?:" + ACTIVE + ")\\b[^>]*(?:>|$)");
    private static final Pattern HANDLER = Pattern.compile("(?is)<\\s*[a-z][^>]*\\son[a-z]{3,20}\\s*=[^>]*(?:>|$)");
    private static final Pattern TAG = Pattern.compile("(?s)<(?:!--.*?(?:-->|$)|/?[a-zA-Z][^>]*(?:>|$))");
    private static final Pattern MARKDOWN_LINK =
            Pattern.compile("!?\\[([^\\[\\]]{0,200})]\\(((?:[^()]|\\([^()]*\\)){0,500})\\)");
    private static final Pattern PROGRAM_ADDRESS =
            Pattern.compile("(?i)(?:javascript|vbscript|data\\s*:\\s*text/html)\\s*:?\\S*");
    private static final Pattern RUNS = Pattern.compile("(?i)^\\s*(?:javascript|vbscript|data)\\s*:");
    private static final Pattern FILLERS = Pattern.compile(
            "[\\p{Cf}\\p{Co}\\p{Cs}\\x{FE00}-\\x{FE0F}\\x{E0000}-\\x{E01EF}\\x{034F}\\x{115F}\\x{1160}\\x{17B4}"
                    + "\\x{17B5}\\x{2800}\\x{3164}\\x{FFA0}\\x{FFFC}\\x{FFFD}]");
    private static final Pattern STROKES = Pattern.compile("[\\x{0334}-\\x{0338}\\x{20D0}-\\x{20FF}]");
    private static final Pattern TOWERS = Pattern.compile("(\\p{M}{2})\\p{M}+");
    private static final Pattern DRESSED =
            Pattern.compile("[\\x{FF01}-\\x{FF5E}\\x{1D400}-\\x{1D7FF}\\x{2460}-\\x{24FF}\\x{2100}-\\x{214F}]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    private static final Pattern LAST_NUMBER = Pattern.compile("[\\d\\s().,/+–-]+$");

    private Cleaning() {}

    /// @param cut whether more was typed than is answered
    record Cleaned(String text, boolean cut) {}

    static String clean(String typed) {
        return cleaned(typed).text();
    }

    static Cleaned cleaned(String typed) {
        String read = typed.length() > READ ? typed.substring(0, READ) : typed;
        String visible = visible(read);
        String plain = SPACE.matcher(withoutMarkup(visible)).replaceAll(" ").strip();
        return plain.length() <= LONGEST ? new Cleaned(plain, typed.length() > READ) : new Cleaned(cut(plain), true);
    }

    private static String visible(String typed) {
        String text = FILLERS.matcher(Normalizer.normalize(typed, Normalizer.Form.NFC))
                .replaceAll("");
        text = DRESSED.matcher(text)
                .replaceAll(
                        letter -> Matcher.quoteReplacement(Normalizer.normalize(letter.group(), Normalizer.Form.NFKC)));
        text = TOWERS.matcher(STROKES.matcher(text).replaceAll("")).replaceAll("$1");
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// Entities are read first and markup is taken out twice: what is left must not become markup by that.
    private static String withoutMarkup(String typed) {
        String text = typed;
        for (int i = 0; i < 2; i++) {
            text = FILLERS.matcher(Parser.unescapeEntities(text, false)).replaceAll("");
            text = MARKDOWN_LINK
                    .matcher(text)
                    .replaceAll(link -> Matcher.quoteReplacement(
                            link.group(1) + (RUNS.matcher(link.group(2)).find() ? " " + CODE : "")));
            text = SCRIPT.matcher(text).replaceAll(" " + Matcher.quoteReplacement(CODE) + " ");
            text = ACTIVE_TAG.matcher(text).replaceAll(" " + CODE + " ");
            text = HANDLER.matcher(text).replaceAll(" " + CODE + " ");
            text = TAG.matcher(text).replaceAll(" ");
            text = PROGRAM_ADDRESS
                    .matcher(text)
                    .replaceAll(found -> found.group().contains(":") ? CODE : found.group());
        }
        return text.replace("<", "‹").replace(">", "›");
    }

    /// At a word; a number at the end is taken out, as half a number would not be recognised as one.
    private static String cut(String text) {
        String start = text.substring(0, LONGEST);
        int space = start.lastIndexOf(' ');
        String words = space > LONGEST / 2 ? start.substring(0, space) : start;
        if (Character.isHighSurrogate(words.charAt(words.length() - 1))) {
            words = words.substring(0, words.length() - 1);
        }
        return LAST_NUMBER.matcher(words).replaceFirst("").strip();
    }
}
