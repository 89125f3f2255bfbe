package de.stadtkern.city;

/// A town exists now, its schema included. Published in the process that created it.
public record CityCreated(City city) {}
