package de.stadtkern.installation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One command of `bin/stadtkern`. Runs inside the process that holds the data folder, whichever that is; paths given
/// by the person at the terminal are resolved against the folder that person stands in.
public interface Command {

    /// The word after `bin/stadtkern`.
    String name();

    /// How it is called, one line, without the program's name.
    String usage();

    /// What it does, in one sentence.
    String summary();

    /// Does the work and returns the exit code: 0 done, 1 done in part or refused, 2 called wrongly.
    int run(List<String> words, Terminal terminal) throws IOException;

    /// The person's end of the command. [#isGone] turns true when that person pressed Ctrl-C.
    interface Terminal {

        Path folder();

        void line(String text);

        /// Overwrites the line before it on a real terminal.
        void progress(String text);

        void error(String text);

        boolean isGone();

        default Path resolve(String path) {
            return folder().resolve(path).normalize();
        }
    }
}
