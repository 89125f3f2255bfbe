package de.stadtkern.city;

import org.springframework.jdbc.core.simple.JdbcClient;

/// What a module has to tell people and programs outside. A copy of a town stands beside the town itself and would tell
/// all of them a second time, so it is stopped there before anybody sees the copy.
public interface Outgoing {

    /// @param copy speaks to the copy's schema
    /// @return what was stopped, in a few words; empty if there was nothing
    String stop(JdbcClient copy);
}
