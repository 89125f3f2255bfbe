package de.stadtkern.city;

import org.jspecify.annotations.Nullable;

/// Changes what a town says of itself for whoever may run commands on the machine, and remembers it as a change like
/// any other. It is done above this module, where changes are kept.
public interface TownEditor {

    /// @param logo the file that is to be its logo, null to leave that as `to` says
    City edit(City city, NewCity to, byte @Nullable [] logo);
}
