package de.stadtkern.mqtt;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import de.stadtkern.city.City;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// How many messages each subscriber of each town has missed, since the start. The broker counts them all together and
/// tells whose they were only in its log of events, so that is listened to; who wants to read it there does so as
/// before.
@Component
class MissedMessages {

    private static final String EVENTS = "event.message-dropped";
    /// Written by our own intake, which takes each message out of the broker's hands: nobody has missed it.
    private static final String TAKEN = "Extension prevented onward delivery";
    /// Client ids are as many as clients care to invent; from then on the rest is counted as one.
    private static final int MOST_CLIENTS = 1_000;
    private static final String OTHERS = "…";

    private final Map<Client, LongAdder> byClient = new ConcurrentHashMap<>();

    /// @param town its short name as topics say it, empty for the default town
    /// @param id   as the broker knows it, see [Gate]
    private record Client(String town, String id) {}

    private final UnsynchronizedAppenderBase<ILoggingEvent> listener = new UnsynchronizedAppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            Object[] said = event.getArgumentArray();
            // Client, topic, quality of service, reason.
            if (said != null && said.length == 4 && !TAKEN.equals(said[3])) {
                missed(String.valueOf(said[0]), String.valueOf(said[1]));
            }
        }
    };

    /// The broker is about to start.
    synchronized void open() {
        Logger events = (Logger) LoggerFactory.getLogger(EVENTS);
        if (listener.isStarted()) {
            return;
        }
        // Who has asked for these lines gets them; for anybody else they are made for this listener alone.
        if (!events.isDebugEnabled()) {
            events.setAdditive(false);
            events.setLevel(Level.DEBUG);
        }
        listener.start();
        events.addAppender(listener);
    }

    synchronized void close() {
        ((Logger) LoggerFactory.getLogger(EVENTS)).detachAppender(listener);
        listener.stop();
    }

    private void missed(String id, String topic) {
        Client client = new Client(town(Heard.of(topic).topic()), id);
        boolean isCounted = byClient.containsKey(client) || byClient.size() < MOST_CLIENTS;
        byClient.computeIfAbsent(isCounted ? client : new Client(client.town(), OTHERS), _ -> new LongAdder())
                .increment();
    }

    private static String town(String topic) {
        return topic.startsWith(TopicName.SERVICE) ? "" : topic.substring(0, Math.max(0, topic.indexOf('/')));
    }

    /// Who in this town has missed most, worst first.
    List<Broker.Missed> worst(City town, int most) {
        return byClient.entrySet().stream()
                .filter(entry -> entry.getKey().town().equals(town.slug())
                        || town.isDefault() && entry.getKey().town().isEmpty())
                .map(entry -> new Broker.Missed(
                        Gate.saidName(entry.getKey().id()), entry.getValue().sum()))
                .sorted(Comparator.comparingLong(Broker.Missed::messages)
                        .reversed()
                        .thenComparing(Broker.Missed::client))
                .limit(most)
                .toList();
    }
}
