package de.stadtkern.installation;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@StadtkernTest
class HelpTest {

    @Autowired
    List<Command> commands;

    @Test
    void theHelpTextListsEveryCommandAsItIsCalledAndNoOther() {
        List<String> listed = CommandLine.HELP
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(String::strip)
                .toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(commands.stream()
                        .flatMap(command -> Arrays.stream(command.usage().split(" \\| (?=" + command.name() + " )")))
                        .toList());
    }
}
