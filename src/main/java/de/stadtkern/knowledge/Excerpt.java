package de.stadtkern.knowledge;

import de.stadtkern.page.SearchText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The part of a text that shows why it was found, with what was looked for marked in it.
public record Excerpt(List<Piece> pieces) {

    private static final int LETTERS = 280;
    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_PART = 4;

    public Excerpt {
        pieces = List.copyOf(pieces);
    }

    public record Piece(String text, boolean marked) {}

    /// A marked word.
    private record Mark(int start, int end, String word) {}

    /// @param words    plain, those of the question and what stands for them
    /// @param language of the text
    static Excerpt of(String text, Set<String> words, String language) {
        String line = text.replace('\n', ' ');
        List<Mark> marks = marks(line, words, Languages.known(language));
        int start = start(line, marks);
        int end = end(line, start);
        List<Piece> pieces = new ArrayList<>();
        int at = start;
        for (Mark mark : marks) {
            if (mark.start() >= at && mark.end() <= end) {
                add(pieces, line.substring(at, mark.start()), false);
                add(pieces, line.substring(mark.start(), mark.end()), true);
                at = mark.end();
            }
        }
        add(pieces, line.substring(at, end), false);
        if (start > 0) {
            pieces.addFirst(new Piece("… ", false));
        }
        if (end < line.length()) {
            pieces.add(new Piece(" …", false));
        }
        return new Excerpt(pieces);
    }

    private static void add(List<Piece> pieces, String text, boolean marked) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, marked));
        }
    }

    private static List<Mark> marks(String line, Set<String> words, String language) {
        Set<String> stems = new HashSet<>();
        words.forEach(
                word -> Languages.tokens(Languages.words(language), word).forEach(token -> stems.add(token.term())));
        Set<Integer> stemmed = new HashSet<>();
        for (Languages.Token token : Languages.tokens(Languages.words(language), line)) {
            if (stems.contains(token.term())) {
                stemmed.add(token.start());
            }
        }
        List<Mark> marks = new ArrayList<>();
        for (Languages.Token token : Languages.tokens(Languages.WORDS, line)) {
            String plain = SearchText.plain(token.term());
            if (stemmed.contains(token.start()) || words.stream().anyMatch(word -> holds(plain, word))) {
                marks.add(new Mark(token.start(), token.end(), plain));
            }
        }
        return marks;
    }

    private static boolean holds(String plain, String word) {
        return plain.equals(word)
                || word.length() >= SHORTEST_BEGINNING && plain.startsWith(word)
                || word.length() >= SHORTEST_PART && plain.contains(word);
    }

    /// Where most different words follow, moved to the begin of a sentence if one is near.
    private static int start(String line, List<Mark> marks) {
        if (line.length() <= LETTERS) {
            return 0;
        }
        int best = 0;
        int most = 0;
        for (Mark first : marks) {
            Set<String> seen = new HashSet<>();
            for (Mark mark : marks) {
                if (mark.start() >= first.start() && mark.end() <= first.start() + LETTERS * 3 / 4) {
                    seen.add(mark.word());
                }
            }
            if (seen.size() > most) {
                most = seen.size();
                best = first.start();
            }
        }
        int least = Math.max(0, best - LETTERS / 4);
        int sentence = Math.max(line.lastIndexOf(". ", best), line.lastIndexOf("• ", best) - 2);
        if (least == 0) {
            return 0;
        }
        int word = line.indexOf(' ', least);
        return sentence >= least ? sentence + 2 : word < 0 || word > best ? best : word + 1;
    }

    private static int end(String line, int start) {
        if (line.length() - start <= LETTERS) {
            return line.length();
        }
        int word = line.lastIndexOf(' ', start + LETTERS);
        return word > start ? word : start + LETTERS;
    }
}
