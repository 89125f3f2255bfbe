package de.stadtkern.installation;

import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words behind a command: plain ones, `--name value` and `--flag`.
public final class CommandWords {

    private final Command command;
    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    /// @param valued the options that have a value
    public CommandWords(Command command, List<String> words, Set<String> valued, Set<String> flagged) {
        this.command = command;
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (!word.startsWith("--")) {
                plain.add(word);
            } else if (flagged.contains(word)) {
                flags.add(word);
            } else if (valued.contains(word) && at + 1 < words.size() && !options.containsKey(word)) {
                options.put(word, words.get(++at));
            } else {
                throw wrong();
            }
        }
    }

    /// Those without `--`, in their order.
    public List<String> plain() {
        return plain;
    }

    /// The value of `--name value`.
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    /// For whoever called it otherwise: how it is called.
    public Problem wrong() {
        return new Problem(Problem.Kind.INVALID, "usage", "It is called so: " + command.usage());
    }
}
