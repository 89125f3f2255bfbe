package de.stadtkern.connect;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Uploads grow in a file on the disk of the data folder, where there is room for them, and not in memory.
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class UploadConfiguration {

    static final long MOST = 2L << 30;
    private static final int KEPT_IN_MEMORY = 64 * 1024;

    @Bean
    MultipartConfigElement multipartConfigElement(ImportJobs jobs) {
        return new MultipartConfigElement(jobs.folder().toString(), MOST, MOST, KEPT_IN_MEMORY);
    }
}
