package de.stadtkern.seams;

import java.time.Instant;

/// An answer in one sentence or two.
///
/// @param subject  what it is about, in the town's language
/// @param sentence in the language asked for
/// @param source   who or what says so, in the language asked for
/// @param known    until when what it says is known
/// @param address  where more stands; from the town's root on
/// @param chart    a page with a chart and its table to be shown inside of another, from the town's root on; empty for
///                 none
public record Fact(String subject, String sentence, String source, Instant known, String address, String chart) {}
