package de.stadtkern.chat;

import de.stadtkern.knowledge.Candidate;
import de.stadtkern.knowledge.Knowledge.Answerable;
import java.util.List;

/// How sure it is that the first text is the one a question is about, and that any text is. Both are logistic models of
/// what speaks for a text; their weights were fitted to development questions and rounded, and are no rules for single
/// ones.
///
/// @param share from 0 to 1
record Confidence(double share, Verdict verdict) {

    private static final double SURE = 0.6;
    private static final double IN_SCOPE = 0.45;

    private static final double NEAR = 0.25;

    enum Verdict {
        SURE,
        UNSURE,
        /// Some pages come near to what is asked.
        NOT_KNOWN,
        NOTHING_NEAR
    }

    static Confidence of(Answerable found) {
        List<Candidate> texts = found.texts();
        if (texts.isEmpty()) {
            return new Confidence(0, Verdict.NOTHING_NEAR);
        }
        Candidate best = texts.getFirst();
        double ahead = texts.size() > 1 ? best.score() - texts.get(1).score() : best.score();
        double right = share(-3.9
                + 0.3 * found.understood()
                + best.covered() * (2.1 + 1.4 * found.understood())
                + 2.1 * best.titled()
                + 1.7 * best.alike()
                + 4.1 * ahead);
        double inScope = share(-2.2
                + 1.6 * found.understood()
                + best.covered() * (1.1 * found.understood() - 0.4)
                + 2.2 * best.titled()
                - 0.3 * best.alike()
                + 0.8 * ahead);
        return new Confidence(right * inScope, verdict(right, inScope));
    }

    private static Verdict verdict(double right, double inScope) {
        if (inScope < IN_SCOPE) {
            return inScope < NEAR ? Verdict.NOTHING_NEAR : Verdict.NOT_KNOWN;
        }
        return right >= SURE ? Verdict.SURE : Verdict.UNSURE;
    }

    private static double share(double weight) {
        return 1 / (1 + Math.exp(-weight));
    }
}
