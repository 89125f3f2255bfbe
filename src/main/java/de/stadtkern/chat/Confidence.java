package de.stadtkern.chat;

import de.stadtkern.knowledge.Candidate;
import java.util.List;

/// How sure it is that the first text is the one a question is about.
///
/// @param share from 0 to 1
record Confidence(double share, Verdict verdict) {

    private static final double SURE = 0.6;
    private static final double UNKNOWN = 0.2;

    enum Verdict {
        SURE,
        UNSURE,
        UNKNOWN
    }

    static Confidence of(List<Candidate> found) {
        if (found.isEmpty()) {
            return new Confidence(0, Verdict.UNKNOWN);
        }
        Candidate best = found.getFirst();
        double next = found.size() > 1 ? found.get(1).score() : 0;
        double ahead = best.score() - next;
        double share = 1 / (1 + Math.exp(-(-2.5 + 2.5 * best.covered() + 1.5 * best.titled() + 4 * ahead)));
        return new Confidence(
                share, share >= SURE ? Verdict.SURE : share >= UNKNOWN ? Verdict.UNSURE : Verdict.UNKNOWN);
    }
}
