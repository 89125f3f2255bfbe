package de.stadtkern.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/// Brings one mail to the server, in plain text.
@Component
class Postman {

    private static final String PATIENCE = "20000";
    private static final Duration AWAY = Duration.ofMinutes(1);

    private final MailProperties properties;
    private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.EPOCH);

    Postman(MailProperties properties) {
        this.properties = properties;
    }

    /// Whether the server did not answer or let nobody in a moment ago. There is one for all towns: asked again for
    /// each
    /// mail of each town, it would hold up everything else.
    boolean isServerAway() {
        return Instant.now().isBefore(awayUntil.get());
    }

    void send(String recipient, String subject, String body) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(recipient);
        message.setSubject(subject);
        message.setText(body);
        try {
            sender().send(message);
        } catch (MailException failed) {
            // What is wrong with one mail has no cause of its own but a list of mails.
            if (failed.getCause() != null) {
                awayUntil.set(Instant.now().plus(AWAY));
            }
            throw failed;
        }
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
