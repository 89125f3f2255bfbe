package de.stadtkern.seams;

/// Something that is measured again and again.
///
/// @param key     stays the same for ever, begins with its module: `footfall/markt`
/// @param unit    in words of the reader
/// @param source  who or what measures it
/// @param address where more stands, from the town's root on
public record Indicator(String key, String name, String unit, String source, String address) {}
