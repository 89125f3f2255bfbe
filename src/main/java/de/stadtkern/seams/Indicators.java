package de.stadtkern.seams;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// "Here is a figure I can give for a period." Implemented by modules that measure something; collected by whoever
/// reports.
public interface Indicators {

    /// What figures there are that the caller may read.
    ///
    /// @param language of their names
    List<Indicator> indicators(Locale language);

    /// The figure of these days of the town, both included; empty where nothing is known of any of them, or there is no
    /// such indicator.
    ///
    /// @param key as [#indicators] names it
    Optional<Figure> figure(String key, LocalDate first, LocalDate last);
}
