package de.stadtkern.problem;

/// An answer that ends in the middle. Half of it is on its way already, and ending it as usual would tell the caller
/// that it is whole; so nobody answers this, and the web server closes the connection.
public final class BrokenOff extends RuntimeException {

    public BrokenOff(Throwable cause) {
        super("An answer was broken off", cause);
    }
}
