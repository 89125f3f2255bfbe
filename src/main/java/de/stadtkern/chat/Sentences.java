package de.stadtkern.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into what can be quoted by itself: sentences, and lines of lists.
final class Sentences {

    private static final Pattern END = Pattern.compile("[.!?:][\"“”)]? +(?=[\\p{Lu}\\d\"„(])");
    /// What a point belongs to that ends no sentence: abbreviations, initials, and numbers of order.
    private static final Pattern GOES_ON = Pattern.compile(
            "(?i)(^|[\\s(])(z|b|d|h|u|a|o|i|s|v|abs|nr|str|ca|bzw|usw|ggf|inkl|evtl|tel|dr|prof|st|art|vgl|max|min|mind|zzgl|gem|sog|etc|\\d{1,2})\\.$");

    private Sentences() {}

    /// In their order.
    ///
    /// @param text lines, as sections have them
    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        for (String line : text.split("\n")) {
            int from = 0;
            Matcher end = END.matcher(line);
            while (end.find()) {
                String sentence = line.substring(from, end.end()).strip();
                if (!GOES_ON.matcher(sentence).find() && !sentence.endsWith(":")) {
                    sentences.add(sentence);
                    from = end.end();
                }
            }
            String rest = line.substring(from).strip();
            if (!rest.isEmpty()) {
                sentences.add(rest);
            }
        }
        return sentences;
    }
}
