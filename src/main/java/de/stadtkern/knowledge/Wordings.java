package de.stadtkern.knowledge;

import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Compares questions by their words: those that say what it is about count most, those of talking least; words that
/// mean the same every day are the same, and so are slips.
@Component
public class Wordings {

    private static final double SMALL = 0.15;
    private static final double ASPECT = 0.6;
    private static final int SHORT = 4;

    private final Everyday everyday;

    Wordings(Everyday everyday) {
        this.everyday = everyday;
    }

    /// How much of two questions is the same, from 0 to 1 (Dice's coefficient of their weighed words).
    public double alike(String one, String other) {
        List<String> ours = stems(one);
        List<String> theirs = stems(other);
        double all = weight(ours) + weight(theirs);
        return all == 0 ? 0 : (weight(shared(ours, theirs)) + weight(shared(theirs, ours))) / all;
    }

    /// Whether a question says by itself what it is about; "und was kostet das?" does not.
    public boolean hasSubject(String question) {
        return stems(question).stream().anyMatch(stem -> weight(stem) == 1);
    }

    /// Whether a text has all words of a phrase.
    public boolean holds(String text, String phrase) {
        List<String> wanted = stems(phrase);
        return !wanted.isEmpty() && shared(wanted, stems(text)).size() == wanted.size();
    }

    /// Share of the telling words of a text that another has too, from 0 to 1; 1 where it has none.
    public double kept(String text, String of) {
        List<String> ours = stems(text);
        double all = weight(ours);
        return all == 0 ? 1 : weight(shared(ours, stems(of))) / all;
    }

    private List<String> stems(String text) {
        return Languages.tokens(Languages.STEMS, text).stream()
                .filter(token -> !Languages.isStopWord(
                        text.substring(token.start(), token.end()).toLowerCase(Locale.ROOT)))
                .map(Languages.Token::term)
                .distinct()
                .toList();
    }

    private List<String> shared(List<String> of, List<String> with) {
        return of.stream()
                .filter(one -> with.stream().anyMatch(other -> everyday.areSame(one, other)))
                .toList();
    }

    private double weight(List<String> stems) {
        return stems.stream().mapToDouble(this::weight).sum();
    }

    /// What is short and known to nobody is a slip in a small word, mostly.
    private double weight(String stem) {
        boolean isSlip = stem.length() <= SHORT && !everyday.knows(stem);
        return isSlip || everyday.isSmall(stem) ? SMALL : everyday.isAspect(stem) ? ASPECT : 1;
    }
}
