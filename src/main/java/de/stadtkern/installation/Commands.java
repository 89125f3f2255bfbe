package de.stadtkern.installation;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// All commands this process knows, and the running of one of them.
@Component
class Commands {

    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final ObjectProvider<Command> commands;

    Commands(ObjectProvider<Command> commands) {
        this.commands = commands;
    }

    int run(List<String> words, Command.Terminal terminal) {
        String name = words.isEmpty() ? "help" : words.getFirst();
        if (name.equals("help")) {
            help(terminal);
            return 0;
        }
        Command command = commands.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(null);
        if (command == null) {
            terminal.error("There is no command '%s'. 'bin/stadtkern --help' lists them.".formatted(name));
            return 2;
        }
        return run(command, words, terminal);
    }

    static int run(Command command, List<String> words, Command.Terminal terminal) {
        String name = command.name();
        try (LogContext.Scope _ = LogContext.request("command-%s-%s".formatted(name, LogContext.newRequest()))) {
            return command.run(words.subList(1, words.size()), terminal);
        } catch (Problem problem) {
            terminal.error(String.valueOf(problem.getMessage()));
            return problem.name().equals("usage") ? 2 : 1;
        } catch (IOException | RuntimeException failure) {
            log.error("The command '{}' failed", name, failure);
            terminal.error("The command failed: " + failure);
            return 1;
        }
    }

    private void help(Command.Terminal terminal) {
        terminal.line("Commands:");
        commands.stream().sorted(Comparator.comparing(Command::name)).forEach(command -> {
            terminal.line("  " + command.usage());
            terminal.line("      " + command.summary());
        });
    }
}
