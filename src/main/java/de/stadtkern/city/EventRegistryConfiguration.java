package de.stadtkern.city;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Modulith asks the `DataSource` at start which database it is, when no town is bound yet. It gets the pool below
/// the lock for that one question; all its reading and writing of events goes through the town's `DataSource`.
@Configuration(proxyBeanMethods = false)
class EventRegistryConfiguration {

    @Bean
    static BeanFactoryPostProcessor databaseKindFromPool() {
        return factory -> {
            if (factory.containsBeanDefinition("databaseType")) {
                factory.getBeanDefinition("databaseType")
                        .getConstructorArgumentValues()
                        .addIndexedArgumentValue(0, new RuntimeBeanReference("townPool"));
            }
        };
    }
}
