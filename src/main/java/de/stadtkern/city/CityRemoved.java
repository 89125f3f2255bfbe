package de.stadtkern.city;

/// A town is about to lose its schema; whoever keeps connections, caches or files of it lets go of them now.
public record CityRemoved(City city) {}
