package de.stadtkern.imports;

import de.stadtkern.installation.DataFolder;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Uploads grow in a file on the disk of the data folder, where there is room for them, and not in memory. Whatever
/// lies there when a process starts was never received as a whole, and goes.
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class UploadConfiguration {

    private static final int KEPT_IN_MEMORY = 64 * 1024;

    @Bean
    MultipartConfigElement multipartConfigElement(DataFolder data, ImportProperties properties) throws IOException {
        Path folder = Files.createDirectories(data.resolve("imports"));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> leftOvers = files.toList();
            for (Path leftOver : leftOvers) {
                Files.deleteIfExists(leftOver);
            }
        }
        long most = properties.largest();
        return new MultipartConfigElement(folder.toString(), most, most, KEPT_IN_MEMORY);
    }
}
