package de.stadtkern.mqtt;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the broker did, for the one registry of figures. The broker counts by itself; here it is given the names
/// everything has, and what only we know is added.
@Component
class BrokerMeters {

    private static final String IN = "com.hivemq.messages.incoming.publish.count";
    private static final String OUT = "com.hivemq.messages.outgoing.publish.count";
    private static final String DROPPED = "com.hivemq.messages.dropped.count";
    private static final String QUEUED = "com.hivemq.persistence.queued-messages.in-memory.total-size";
    private static final String CONNECTIONS = "com.hivemq.networking.connections.current";
    private static final String SUBSCRIPTIONS = "com.hivemq.subscriptions.overall.current";

    private static final Pattern KEY = Pattern.compile("\\(\\d+\\)");
    private static final int MOST_FORMS = 60;
    private static final int LONGEST_FORM = 80;
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Timer acknowledged;
    /// Messages whose turn has come. The broker counts them as dropped, because it hands none of them on.
    private final LongAdder turns = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final Map<String, Counter> told = new ConcurrentHashMap<>();
    private final Map<String, Counter> taken = new ConcurrentHashMap<>();
    private volatile @Nullable MetricRegistry figures;

    BrokerMeters(MeterRegistry registry) {
        this.registry = registry;
        acknowledged = Timer.builder("stadtkern.mqtt.ack.duration")
                .description("From a message to its acknowledgement, which comes after the commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    void open(MetricRegistry broker) {
        turns.reset();
        figures = broker;
        counter("stadtkern.mqtt.messages", "in", IN, "Messages that clients published");
        counter("stadtkern.mqtt.messages", "out", OUT, "Messages that were sent to subscribers");
        FunctionCounter.builder("stadtkern.mqtt.dropped", this, BrokerMeters::dropped)
                .description("Messages that subscribers missed because they are too slow or were away too long")
                .register(registry);
        gauge("stadtkern.mqtt.connections", CONNECTIONS, "Clients that are connected");
        gauge("stadtkern.mqtt.subscriptions", SUBSCRIPTIONS, "Subscriptions, of clients that are away too");
    }

    void close() {
        figures = null;
    }

    private void counter(String name, String direction, String source, String description) {
        FunctionCounter.builder(name, this, meters -> meters.value(source))
                .tag("direction", direction)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String source, String description) {
        io.micrometer.core.instrument.Gauge.builder(name, this, meters -> meters.value(source))
                .description(description)
                .register(registry);
    }

    private double value(String name) {
        MetricRegistry known = figures;
        Metric metric = known == null ? null : known.getMetrics().get(name);
        return switch (metric) {
            case com.codahale.metrics.Counting counting -> counting.getCount();
            case Gauge<?> gauge when gauge.getValue() instanceof Number number -> number.doubleValue();
            case null, default -> 0;
        };
    }

    double connections() {
        return value(CONNECTIONS);
    }

    double dropped() {
        return Math.max(0, value(DROPPED) - turns.sum()) + skipped.sum();
    }

    /// Whether so much waits for slow subscribers that more would endanger the process.
    boolean isFull() {
        return value(QUEUED) > Runtime.getRuntime().maxMemory() / 4.0;
    }

    /// Messages nobody got because too much waits.
    void skipped(int count) {
        skipped.add(count);
    }

    /// Published messages the broker has received and whose turn has not come.
    long waiting() {
        return (long) value(IN) - turns.sum();
    }

    void turn() {
        turns.increment();
    }

    void acknowledged(long nanos) {
        acknowledged.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// A message for a topic.
    void told(String topic) {
        count(
                told,
                topic,
                "stadtkern.mqtt.told",
                "Messages about what is new, once for each topic however many subscribe to it");
    }

    /// A published message that is stored.
    void taken(String topic) {
        count(taken, topic, "stadtkern.mqtt.taken", "Messages that clients published and that are stored");
    }

    /// Of a topic only the form is told apart: `Datastreams(…)/Observations`. There are not many, but whoever
    /// subscribes could invent some.
    private void count(Map<String, Counter> forms, String topic, String name, String description) {
        String form = form(topic);
        boolean isKnown = forms.containsKey(form) || forms.size() < MOST_FORMS;
        forms.computeIfAbsent(
                        isKnown ? form : OTHER,
                        tag -> Counter.builder(name)
                                .description(description)
                                .tag("topic", tag)
                                .register(registry))
                .increment();
    }

    private static String form(String topic) {
        String path = topic.substring(topic.indexOf(TopicName.SERVICE) + TopicName.SERVICE.length());
        int query = path.indexOf('?');
        String form = KEY.matcher(query < 0 ? path : path.substring(0, query)).replaceAll("(…)");
        return form.length() > LONGEST_FORM ? OTHER : form;
    }

    /// @param what   connect, publish or subscribe
    /// @param reason name of the problem
    void refused(String what, String reason) {
        registry.counter("stadtkern.mqtt.refused", "packet", what, "reason", reason)
                .increment();
    }
}
