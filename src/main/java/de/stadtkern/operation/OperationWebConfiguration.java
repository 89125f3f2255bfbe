package de.stadtkern.operation;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class OperationWebConfiguration {

    /// Before all others, so that whatever they say carries the request's id.
    @Bean
    FilterRegistrationBean<RequestFilter> requestFilter(RequestMeters meters, AccessLog accessLog) {
        var registration = new FilterRegistrationBean<>(new RequestFilter(meters, accessLog));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC));
        return registration;
    }
}
