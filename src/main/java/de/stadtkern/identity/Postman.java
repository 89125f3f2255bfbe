package de.stadtkern.identity;

import java.util.Properties;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/// Brings one mail to the server, in plain text.
@Component
class Postman {

    private static final String PATIENCE = "20000";

    private final MailProperties properties;

    Postman(MailProperties properties) {
        this.properties = properties;
    }

    void send(String recipient, String subject, String body) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(recipient);
        message.setSubject(subject);
        message.setText(body);
        sender().send(message);
    }

    private JavaMailSenderImpl sender() {
        boolean tls = properties.security() == MailProperties.Security.TLS;
        boolean startTls = properties.security() == MailProperties.Security.STARTTLS;
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setProtocol(tls ? "smtps" : "smtp");
        sender.setHost(properties.host());
        sender.setPort(properties.port());
        sender.setDefaultEncoding("UTF-8");
        if (!properties.username().isEmpty()) {
            sender.setUsername(properties.username());
            sender.setPassword(properties.password());
        }
        Properties more = sender.getJavaMailProperties();
        String prefix = "mail." + sender.getProtocol();
        more.setProperty(prefix + ".auth", String.valueOf(!properties.username().isEmpty()));
        more.setProperty(prefix + ".starttls.enable", String.valueOf(startTls));
        more.setProperty(prefix + ".starttls.required", String.valueOf(startTls));
        more.setProperty(prefix + ".ssl.checkserveridentity", "true");
        more.setProperty(prefix + ".connectiontimeout", PATIENCE);
        more.setProperty(prefix + ".timeout", PATIENCE);
        more.setProperty(prefix + ".writetimeout", PATIENCE);
        return sender;
    }
}
