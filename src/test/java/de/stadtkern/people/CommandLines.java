package de.stadtkern.people;

import de.stadtkern.installation.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A terminal that remembers what a command said.
record CommandLines(Path folder, List<String> said) implements Command.Terminal {

    CommandLines(Path folder) {
        this(folder, new ArrayList<>());
    }

    String text() {
        return String.join("\n", said);
    }

    @Override
    public void line(String text) {
        said.add(text);
    }

    @Override
    public void progress(String text) {}

    @Override
    public void error(String text) {
        said.add(text);
    }

    @Override
    public boolean isGone() {
        return false;
    }
}
