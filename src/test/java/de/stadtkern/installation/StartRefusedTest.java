package de.stadtkern.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.Stadtkern;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stops a start is said in words with a way out, and never as a stack trace.
class StartRefusedTest {

    @TempDir
    Path folder;

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThat(start("--stadtkern.data=" + file.resolve("data")))
                .contains("cannot be created or written", file.toString(), "STADTKERN_DATA");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNamed() throws Exception {
        assertThat(start("--stadtkern.data=" + folder, "--stadtkern.database.url=jdbc:postgresql://127.0.0.1:1/none"))
                .contains("cannot be reached", "jdbc:postgresql://127.0.0.1:1/none", "stadtkern.database.url");
    }

    @Test
    void anAddressThatIsNoPostgresqlIsNamed() throws Exception {
        assertThat(start("--stadtkern.data=" + folder, "--stadtkern.database.url=jdbc:h2:mem:x"))
                .contains("is no address of a PostgreSQL", "jdbc:postgresql://host:5432/name");
    }

    @Test
    void aDatabaseOlderThanPostgresql15IsNamed() {
        Database old = new Database("jdbc:postgresql://db.example/stadtkern", "u", "p", false);
        assertThatThrownBy(() -> DatabaseConfiguration.requireVersion(14, old))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("db.example/stadtkern is PostgreSQL 14; Stadtkern needs 15 or newer");
        DatabaseConfiguration.requireVersion(15, old);
    }

    @Test
    void dataOfAnotherMajorVersionIsNotTouched() throws Exception {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "17\n");
        assertThat(start("--stadtkern.data=" + folder))
                .contains("was written by PostgreSQL 17", "brings PostgreSQL 18");
        assertThat(folder.resolve("postgres").toFile().list()).containsExactly("PG_VERSION");
    }

    @Test
    void aDatabaseOfANewerStadtkernAndATakenPortAndASecondProcessAreRefused() throws Exception {
        Path data = folder.resolve("data");
        try (Running first = new Running(data)) {
            assertThat(start("--stadtkern.data=" + data))
                    .contains("Another Stadtkern already works with the data folder");
            try (ServerSocket taken = new ServerSocket(0)) {
                assertThat(start(
                                "--stadtkern.data=" + folder.resolve("other"),
                                "--server.address=0.0.0.0",
                                "--server.port=" + taken.getLocalPort()))
                        .contains("Port " + taken.getLocalPort() + " is taken", "--server.port=");
            }
            first.sql("update stadtkern.town set schema_version = '999912312359'");
        }
        assertThat(start("--stadtkern.data=" + data)).contains("by a newer Stadtkern", "999912312359");
    }

    private static String start(String... settings) throws IOException, InterruptedException {
        Path output = Files.createTempFile("start", ".log");
        Process process = launch(output, settings);
        boolean hasEnded = process.waitFor(90, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        Files.delete(output);
        assertThat(hasEnded).as(said).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(said).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
        return said;
    }

    private static Process launch(Path output, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As in the jar: without the developer's restarts, which also swallow the exit code.
                "-Dspring.devtools.restart.enabled=false",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Stadtkern.class.getName(),
                "--stadtkern.demo=false",
                "--logging.level.root=warn"));
        command.addAll(List.of(settings));
        if (command.stream().noneMatch(word -> word.startsWith("--server.port"))) {
            command.add("--server.port=0");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static final class Running implements AutoCloseable {

        private final Path data;
        private final Process process;

        Running(Path data) throws IOException, InterruptedException {
            this.data = data;
            process = launch(data.resolveSibling("running.log"), "--stadtkern.data=" + data);
            for (int i = 0; i < 900 && !Files.exists(data.resolve("running")); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        void sql(String sql) throws Exception {
            String port = Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                    .get(3)
                    .strip();
            String password =
                    Files.readString(data.resolve("postgres-password")).strip();
            try (var connection = new Database(
                                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "stadtkern", password, true)
                            .connect();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
