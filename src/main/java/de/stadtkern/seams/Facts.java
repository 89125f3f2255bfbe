package de.stadtkern.seams;

import java.util.List;
import java.util.Locale;

/// "Here is an answer I can give", from what is known at this moment. Implemented by modules that know something live;
/// collected by whoever is asked.
public interface Facts {

    /// The answers to a question, the best one first; none where it is about something else.
    ///
    /// @param question as it was typed
    /// @param language in which is answered
    List<Fact> facts(String question, Locale language);
}
