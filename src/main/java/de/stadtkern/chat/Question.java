package de.stadtkern.chat;

import de.stadtkern.problem.Problem;
import java.util.Locale;
import java.util.Map;

/// What somebody asks, as it came; nothing of it is kept before it is masked.
record Question(String text, Locale language, boolean easy) {

    static final int LONGEST = 1_000;

    Question {
        // PostgreSQL stores no NUL.
        text = text.replace("\0", "").strip();
        if (text.isEmpty()) {
            throw Problem.field("question", "question-missing", "Field 'question' is missing or empty.");
        }
        if (text.length() > LONGEST) {
            throw Problem.field(
                    "question",
                    "question-too-long",
                    "Field 'question' has at most %d characters.".formatted(LONGEST),
                    Map.of("most", LONGEST));
        }
    }
}
