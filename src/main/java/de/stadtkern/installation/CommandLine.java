package de.stadtkern.installation;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;

/// The words after `bin/stadtkern`: settings begin with `--` and hold for a process started here; the rest is a
/// command.
///
/// @param settings `--name=value`, Spring's own way
/// @param words    the command and its own words; empty when the server is to start
public record CommandLine(List<String> settings, List<String> words) {

    private static final List<String> OURS = List.of("--stadtkern.", "--server.", "--spring.", "--logging.");
    private static final String DATA = "stadtkern.data";
    /// So long the running process may take to say that it has begun.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static CommandLine parse(String[] arguments) {
        List<String> settings =
                Arrays.stream(arguments).filter(CommandLine::isSetting).toList();
        List<String> words = Arrays.stream(arguments)
                .filter(word -> !isSetting(word))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!words.isEmpty() && List.of("--help", "-h").contains(words.getFirst())) {
            words.set(0, "help");
        }
        return new CommandLine(settings, List.copyOf(words));
    }

    private static boolean isSetting(String word) {
        return OURS.stream().anyMatch(word::startsWith);
    }

    public boolean isCommand() {
        return !words.isEmpty();
    }

    /// Lets the running Stadtkern of this data folder do it, or starts one without a web server for just this
    /// command. Returns the exit code for the shell.
    ///
    /// @param alone commands that need neither a town nor a database: they are done right here
    public int run(Class<?> application, List<Command> alone) {
        if (words.getFirst().equals("help")) {
            System.out.println(HELP);
            return 0;
        }
        for (Command command : alone) {
            if (command.name().equals(words.getFirst())) {
                return Commands.run(command, words, new LocalTerminal());
            }
        }
        try {
            Optional<Integer> remote = runRemotely();
            return remote.isPresent() ? remote.get() : runHere(application);
        } catch (IOException failed) {
            System.err.println("The running Stadtkern broke off: " + failed.getMessage());
            return 1;
        } catch (InterruptedException ended) {
            return 130;
        }
    }

    private Optional<Integer> runRemotely() throws IOException, InterruptedException {
        Path running = dataFolder().resolve("running");
        if (!Files.isReadable(running)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(running);
        String body = Path.of("").toAbsolutePath() + "\n"
                + words.stream().map(CommandLine::encode).collect(Collectors.joining("\n"));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.get(0) + "/"))
                .header("Authorization", lines.get(1))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer;
            try {
                answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException killed) {
                // Nobody is there, or somebody who speaks otherwise. If it is ours after all, its lock will say so.
                return Optional.empty();
            }
            if (answer.statusCode() != 200) {
                return Optional.empty(); // somebody else listens on the port of a Stadtkern that was killed
            }
            try (var reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                return Optional.of(print(reader));
            }
        }
    }

    private static int print(BufferedReader reader) throws IOException {
        var terminal = new LocalTerminal();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String text = line.substring(1);
            switch (line.charAt(0)) {
                case 'o' -> terminal.line(text);
                case 'p' -> terminal.progress(text);
                case 'e' -> terminal.error(text);
                default -> {
                    return Integer.parseInt(text);
                }
            }
        }
        throw new IOException("it ended before the command did");
    }

    private int runHere(Class<?> application) {
        List<String> quiet = new ArrayList<>(settings);
        quiet.add("--logging.level.root=" + LogLevel.WARN);
        try (var context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(quiet.toArray(String[]::new))) {
            return context.getBean(Commands.class).run(words, new LocalTerminal());
        } catch (RuntimeException alreadyExplained) {
            return 1; // a failure analyzer has said why
        }
    }

    /// By option, environment or file, in the order in which the server takes them.
    private Path dataFolder() throws IOException {
        String name = "--" + DATA + "=";
        Optional<String> given = settings.stream()
                .filter(setting -> setting.startsWith(name))
                .map(setting -> setting.substring(name.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(System.getenv("STADTKERN_DATA")));
        for (String file : List.of("config/application.properties", "application.properties")) {
            if (given.isEmpty() && Files.isReadable(Path.of(file))) {
                var properties = new Properties();
                try (var reader = Files.newBufferedReader(Path.of(file))) {
                    properties.load(reader);
                }
                given = Optional.ofNullable(properties.getProperty(DATA));
            }
        }
        return Path.of(given.orElse("./data"));
    }

    private static String encode(String word) {
        return Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }

    /// The person's own terminal, in the process they started.
    private static final class LocalTerminal implements Command.Terminal {

        private boolean onProgressLine;

        @Override
        public Path folder() {
            return Path.of("").toAbsolutePath();
        }

        @Override
        public void line(String text) {
            endProgress();
            System.out.println(text);
        }

        @Override
        public void progress(String text) {
            if (System.console() instanceof Console console && console.isTerminal()) {
                System.err.print("\r\u001b[K" + text);
                System.err.flush();
                onProgressLine = true;
            } else {
                System.err.println(text);
            }
        }

        @Override
        public void error(String text) {
            endProgress();
            System.err.println(text);
        }

        private void endProgress() {
            if (onProgressLine) {
                System.err.println();
                onProgressLine = false;
            }
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }

    /// Kept beside the commands by a test that compares it with the commands in the context.
    static final String HELP = """
        bin/stadtkern [SETTINGS]              starts Stadtkern on http://localhost:8080
        bin/stadtkern COMMAND … [SETTINGS]    asks the Stadtkern running on this data folder, or does it itself if none runs
        bin/stadtkern --help                  this text

        Commands:
          status
          town list
          town add SLUG NAME [--zone ZONE] [SETTING …]
          town edit SLUG [--name NAME] [--logo FILE | --no-logo] [SETTING …]
          town remove SLUG --confirm NAME
          person list [--town SLUG]
          person link LOGIN [--town SLUG]
          backup FILE [--town SLUG]
          restore FILE [--town SLUG] [--as SLUG] [--replace NAME]
          partitions monthly|yearly [--town SLUG]
          demo remove --confirm "Jena (Demo)"
          import FILE … --mapping MAPPING.yaml [--town SLUG] [--dry-run] [--rejected FILE]
          import --from-sensorthings URL [--token TOKEN] [--town SLUG]
          import-knowledge FILE [--town SLUG] [--source SLUG]
          chat evaluate --knowledge FILE --questions FILE.jsonl [--name TOWN] [--seed N]
          map FILE.geojson [--town SLUG]
          footfall evaluate --input FILE --time COLUMN --count COLUMN [--place COLUMN] [--zone-id ZONE] [--school-holidays FILE] [--events FILE] --task forecast [--horizon HOURS] [--from DATE] [--to DATE] [--weather COLUMNS] [--learn-days DAYS]
          footfall evaluate … --task gaps [--gap-hours HOURS] [--seed N] [--weather COLUMNS] [--from DATE] [--to DATE]
          footfall evaluate … --task faults [--seed N] [--weather COLUMNS] [--from DATE] [--to DATE]
          export (--datastream ID | --thing ID) [--format csv|json] [--out FILE] [--from TIME] [--to TIME] [--town SLUG]

        Settings, also as environment variables (server.port is SERVER_PORT):
          --server.port=8080                  port of the pages and the API
          --server.address=127.0.0.1          0.0.0.0 opens it to the network
          --stadtkern.data=./data             folder of everything this installation keeps
          --stadtkern.database.url=…          a PostgreSQL 15 to 18 (jdbc:postgresql://…) instead of the embedded one
          --stadtkern.database.username=…
          --stadtkern.database.password=…
          --stadtkern.backup.nightly-at=…     a time such as 02:30 at which each town is archived; empty for never
          --stadtkern.backup.keep=7           how many of these archives are kept for each town
          --stadtkern.tls.certificate=…       PEM file, with --stadtkern.tls.key=… speaks TLS without a proxy
          --stadtkern.mqtt.port=1883          port of the MQTT broker; 0 for none
          --stadtkern.demo=true               whether an empty data folder gets the demo town
          --stadtkern.sensorthings.anonymous-writes=false
                                              whether SensorThings may be written without an account\
        """;
}
