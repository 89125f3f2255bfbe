package de.stadtkern.city;

import java.io.IOException;

/// A town while it is restored, removed or updated.
public final class ClosedTown {

    private ClosedTown() {}

    /// Looks at it, and opens it again.
    public static void lookAt(Cities cities, City town, Runnable look) throws IOException {
        try {
            cities.atItsEnd(town, () -> {
                look.run();
                throw new Looked();
            });
        } catch (Looked enough) {
            // What is not done to its end leaves the town as it was.
        }
    }

    private static final class Looked extends IOException {}
}
