package de.stadtkern.sensorthings;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SensorThingsWebConfiguration {

    /// Before anybody is asked who they are, so that a page can read what it did wrong too.
    @Bean
    FilterRegistrationBean<CrossOrigin> crossOrigin(SensorThingsProperties properties) {
        var registration = new FilterRegistrationBean<>(new CrossOrigin(properties.corsOrigins()));
        registration.addUrlPatterns("/sta/*", "/api/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }
}
