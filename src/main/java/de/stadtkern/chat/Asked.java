package de.stadtkern.chat;

import java.util.Locale;

/// A question as the chat works with it: cleaned, and without what identifies somebody.
///
/// @param text     masked
/// @param language in which is answered
/// @param easy     whether answers in Einfache Sprache are wished
/// @param subject  what the question before it in the same talk was about, empty for none
record Asked(String text, Locale language, boolean easy, String subject) {}
