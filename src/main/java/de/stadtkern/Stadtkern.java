package de.stadtkern;

import de.stadtkern.footfall.FootfallCommand;
import de.stadtkern.installation.CommandLine;
import java.net.URL;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/// The one process. Without a command it serves the town; with one (`import`, `town`, …) it asks the running process
/// to do the work, or does it itself when none runs.
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Stadtkern")
public class Stadtkern {

    private static final String PREPARED = "spring.aot.enabled";

    public static void main(String[] arguments) {
        CommandLine line = CommandLine.parse(arguments);
        if (line.isCommand()) {
            System.exit(line.run(Stadtkern.class, List.of(new FootfallCommand())));
        }
        usePreparedConfiguration();
        SpringApplication.run(Stadtkern.class, arguments);
    }

    /// The jar carries the server's beans as code (decision 0012). Classes in a folder are somebody's work in progress,
    /// for which what lies beside them may be of yesterday. `-Dspring.aot.enabled=false` starts without it.
    private static void usePreparedConfiguration() {
        URL prepared = Stadtkern.class.getResource("Stadtkern__ApplicationContextInitializer.class");
        if (prepared != null && prepared.getProtocol().equals("jar") && System.getProperty(PREPARED) == null) {
            System.setProperty(PREPARED, "true");
        }
    }
}
