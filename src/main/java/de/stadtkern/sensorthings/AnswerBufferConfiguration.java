package de.stadtkern.sensorthings;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// A usual page of Observations has a third of a megabyte; Tomcat would hand it to the system in pieces of eight
/// kilobytes, which costs some tenth of the whole answer. The buffer is held while a connection is open.
@Configuration(proxyBeanMethods = false)
class AnswerBufferConfiguration {

    private static final int BYTES = 64 << 10;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> largeAnswers() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setProperty("socket.appWriteBufSize", String.valueOf(BYTES)));
    }
}
