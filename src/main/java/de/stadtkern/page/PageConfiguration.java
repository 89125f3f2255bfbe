package de.stadtkern.page;

import de.stadtkern.installation.TlsProperties;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    FrontEnd frontEnd() {
        return new FrontEnd();
    }

    @Bean
    Templates templates(FrontEnd frontEnd) {
        if (DevelopmentTemplates.wanted()) {
            return new DevelopmentTemplates(new FrontEndRebuild(frontEnd));
        }
        return TemplateEngine.createPrecompiled(
                null, ContentType.Html, PageConfiguration.class.getClassLoader(), "de.stadtkern")::render;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new TownLocale();
    }

    /// The error dispatch is left out on purpose: the headers are set before anything can fail, and stay.
    @Bean
    @ConditionalOnWebApplication
    FilterRegistrationBean<SecurityHeaders> securityHeaders(PageProperties properties, TlsProperties tls) {
        var registration = new FilterRegistrationBean<>(new SecurityHeaders(properties.mapStyle(), tls.isOn()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    WebMvcConfigurer pageConfigurer(Frames frames, Forms forms, FormGuard guard) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(frames);
                resolvers.add(forms);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new LanguageChoice()).excludePathPatterns("/sta/**", "/api/**", "/assets/**");
                // What web-hooks send to a source carries the source's key; forms of its pages go to addresses below.
                // The chat's first question comes before any cookie, and looks itself where it is from.
                registry.addInterceptor(guard).excludePathPatterns("/sta/**", "/api/**", "/sources/*", "/chat");
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/assets/**")
                        .addResourceLocations("classpath:/static/assets/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                .cachePublic()
                                .immutable());
            }
        };
    }
}
