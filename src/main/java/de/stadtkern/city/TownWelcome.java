package de.stadtkern.city;

import java.util.Optional;

/// What a module does for a town that has just been created and has to tell whoever created it.
public interface TownWelcome {

    /// Done once the town exists; a line to be said on the terminal, such as a password nobody is told again.
    Optional<String> welcome(City city);
}
