package de.stadtkern.chat;

import java.util.Locale;

/// A question as the chat works with it: cleaned, and without what identifies somebody.
///
/// @param text     masked
/// @param language in which is answered
/// @param easy     whether answers in Einfache Sprache are wished
/// @param alone    masked, with what a question before it says of what it is about
record Asked(String text, Locale language, boolean easy, String alone) {}
