package de.stadtkern.city;

/// Changes what a town says of itself for whoever may run commands on the machine, and remembers it as a change like
/// any other. It is done above this module, where changes are kept.
public interface TownEditor {

    City edit(City city, NewCity to);
}
