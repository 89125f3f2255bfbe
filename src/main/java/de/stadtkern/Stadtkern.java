package de.stadtkern;

import de.stadtkern.installation.CommandLine;
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

    public static void main(String[] arguments) {
        CommandLine line = CommandLine.parse(arguments);
        if (line.isCommand()) {
            System.exit(line.run(Stadtkern.class));
        }
        SpringApplication.run(Stadtkern.class, arguments);
    }
}
