package de.stadtkern.chat;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ChatWebConfiguration {

    /// Before that of the other interfaces, which allows reading only.
    @Bean
    FilterRegistrationBean<ChatOrigins> chatOrigins(ChatProperties properties) {
        var registration = new FilterRegistrationBean<>(new ChatOrigins(properties.origins()));
        registration.addUrlPatterns("/api/chat/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
