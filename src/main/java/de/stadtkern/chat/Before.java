package de.stadtkern.chat;

/// What was asked and answered in a talk before.
///
/// @param question the last one that was answered, as it is understood alone; empty for none
/// @param title    of what answered it
record Before(String question, String title) {

    static final Before NOTHING = new Before("", "");
}
