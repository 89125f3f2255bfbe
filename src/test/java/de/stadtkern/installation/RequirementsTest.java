package de.stadtkern.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a machine lacks for building is said before Maven begins, all of it at once, with a way out.
class RequirementsTest {

    private static final String JDK = System.getProperty("java.home");

    @TempDir
    Path programs;

    @Test
    void whereEverythingIsThereNothingIsSaid() throws Exception {
        node("v22.1.0");
        assertThat(ask(JDK)).isEqualTo("0");
    }

    @Test
    void aMissingJdkAndAMissingNodeAreNamedTogether() throws Exception {
        assertThat(ask(programs.toString()))
                .startsWith("1")
                .contains("No JDK 25 was found", "JAVA25_HOME", "Node is missing", "install Node 20 or newer")
                .doesNotContain("\tat ", "Exception");
    }

    @Test
    void aNodeThatIsTooOldOrNoneAtAllIsNamed() throws Exception {
        node("v18.20.1");
        assertThat(ask(JDK))
                .startsWith("1")
                .contains("Node v18.20.1 is too old")
                .doesNotContain("JDK");
        node("what?");
        assertThat(ask(JDK)).startsWith("1").contains("did not answer with a version but with: what?");
    }

    private void node(String version) throws IOException {
        Path program = Files.writeString(programs.resolve("node"), "#!/bin/sh\necho '" + version + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /// The exit code and what was said.
    private String ask(String jdk) throws Exception {
        var builder = new ProcessBuilder(
                        List.of(Path.of(JDK, "bin", "java").toString(), "build/Requirements.java", jdk))
                .redirectErrorStream(true);
        builder.environment().put("PATH", programs.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + said;
    }
}
