package de.stadtkern.chat;

import de.stadtkern.knowledge.Candidate;
import de.stadtkern.knowledge.Telling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Chooses the sentences of a text that answer a question, as they stand there. A sentence counts for what it has of
/// the question and for looking like what is asked (an amount, a time, an address).
final class Quotes {

    /// How much a sentence is worth more that says something of the kind that is asked, as a share of the most
    /// telling one's worth.
    private static final double KIND = 0.6;

    /// What of the sentences around, and of the heading, counts for a sentence.
    private static final double AROUND = 0.3;

    private static final double HEADING = 0.5;

    private final Telling telling;
    private final Set<Aspect> asked;

    Quotes(Telling telling, String question) {
        this.telling = telling;
        asked = Aspect.askedIn(question);
    }

    /// Sentences that follow each other in one section.
    ///
    /// @param heading of the section, may be empty
    /// @param address of it
    record Quote(String heading, String address, String text, double worth) {}

    /// @param said of what is asked
    private record Unit(int part, int at, String text, Set<Aspect> said, double worth) {}

    /// The best sentences, in their order, with as many around them as there is room for.
    ///
    /// @param room letters of all quotes together
    List<Quote> of(Candidate text, int room) {
        List<List<String>> sentences =
                text.parts().stream().map(part -> Sentences.of(part.text())).toList();
        List<Unit> units = units(text, sentences);
        boolean[][] taken = new boolean[sentences.size()][];
        for (int part = 0; part < taken.length; part++) {
            taken[part] = new boolean[sentences.get(part).size()];
        }
        int left = room;
        for (Unit unit : inOrder(units)) {
            boolean isFirst = left == room;
            if (isFirst || unit.text().length() <= left) {
                taken[unit.part()][unit.at()] = true;
                left -= unit.text().length();
            }
        }
        return quotes(text, sentences, taken, units);
    }

    /// First the best one of each kind that is asked, so that no half of a question is left out; then the best ones.
    private List<Unit> inOrder(List<Unit> units) {
        List<Unit> best = units.stream()
                .sorted(Comparator.comparingDouble(Unit::worth).reversed())
                .toList();
        LinkedHashSet<Unit> ordered = new LinkedHashSet<>();
        best.stream().limit(1).forEach(ordered::add);
        asked.forEach(aspect -> best.stream()
                .filter(unit -> unit.said().contains(aspect))
                .limit(1)
                .forEach(ordered::add));
        ordered.addAll(best);
        return List.copyOf(ordered);
    }

    private List<Unit> units(Candidate text, List<List<String>> sentences) {
        List<Unit> units = new ArrayList<>();
        double most = 0;
        double[][] own = new double[sentences.size()][];
        for (int part = 0; part < own.length; part++) {
            double heading = HEADING * telling.of(text.parts().get(part).heading(), text.language());
            own[part] = new double[sentences.get(part).size()];
            for (int at = 0; at < own[part].length; at++) {
                own[part][at] = heading + telling.of(sentences.get(part).get(at), text.language());
                most = Math.max(most, own[part][at]);
            }
        }
        double kind = KIND * Math.max(most, 1);
        for (int part = 0; part < own.length; part++) {
            for (int at = 0; at < own[part].length; at++) {
                String sentence = sentences.get(part).get(at);
                double before = at > 0 ? own[part][at - 1] : 0;
                double after = at + 1 < own[part].length ? own[part][at + 1] : 0;
                String small = sentence.toLowerCase(Locale.ROOT);
                Set<Aspect> said =
                        asked.stream().filter(aspect -> aspect.isSaidIn(small)).collect(Collectors.toSet());
                units.add(new Unit(
                        part,
                        at,
                        sentence,
                        said,
                        own[part][at] + AROUND * Math.max(before, after) + kind * said.size() / asked.size()));
            }
        }
        return units;
    }

    private static List<Quote> quotes(
            Candidate text, List<List<String>> sentences, boolean[][] taken, List<Unit> units) {
        List<Quote> quotes = new ArrayList<>();
        for (int part = 0; part < taken.length; part++) {
            StringBuilder quote = new StringBuilder();
            for (int at = 0; at < taken[part].length; at++) {
                if (taken[part][at]) {
                    boolean isGap = at > 0 && !taken[part][at - 1] && !quote.isEmpty();
                    quote.append(quote.isEmpty() ? "" : isGap ? "\n…\n" : "\n")
                            .append(sentences.get(part).get(at));
                }
            }
            if (!quote.isEmpty()) {
                int from = part;
                double worth = units.stream()
                        .filter(unit -> unit.part() == from && taken[from][unit.at()])
                        .mapToDouble(Unit::worth)
                        .max()
                        .orElse(0);
                quotes.add(new Quote(
                        text.parts().get(part).heading(), text.parts().get(part).address(), quote.toString(), worth));
            }
        }
        quotes.sort(Comparator.comparingDouble(Quote::worth).reversed());
        return quotes;
    }
}
