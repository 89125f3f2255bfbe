package de.stadtkern.installation;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one registry of figures. Modules count into it what they do; `operation` hands it out.
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /// So many different meters are more than a mistake with labels should cost.
    private static final int MOST_METERS = 50_000;

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MOST_METERS));
        return registry;
    }
}
