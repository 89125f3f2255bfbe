package de.stadtkern.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// The broker: how fast durable messages come in, and how soon a thousand subscribers hear of values.
final class MqttBench {

    private static final int RUNS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration RUN = Duration.ofSeconds(4);
    private static final int PUBLISHERS = 200;
    private static final int FLOOR_CLIENTS = 32;
    private static final int SUBSCRIBERS = 1_000;
    private static final int TOPICS = 100;
    private static final int KEYS = 50;
    private static final String KEY = "stadtkern_bench";
    private static final int SENDERS = 20;
    private static final int PER_SECOND = 1_000;
    private static final Duration TELLING = Duration.ofSeconds(Integer.getInteger("telling", 30));
    private static final long MOST_MILLIS = 250;

    private final BenchServer server;
    private final Table table;
    private final String schema;

    MqttBench(BenchServer server, Table table, String schema) {
        this.server = server;
        this.table = table;
        this.schema = schema;
    }

    void run() throws Exception {
        awaitBroker();
        publish();
        tell(0);
        giveKeys();
        tell(KEYS);
        takeKeys();
    }

    private void awaitBroker() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (server.get("/sta/v1.1").contains("mqtt://")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("The broker did not start");
    }

    private void publish() throws Exception {
        List<MqttLoad> clients = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            clients.add(new MqttLoad("publisher-" + i));
        }
        perSecond(clients, WARM_UP);
        double[] ours = new double[RUNS];
        double[] floor = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            double before = server.stored();
            perSecond(clients, RUN);
            ours[i] = (server.stored() - before) / RUN.toSeconds();
            TimeUnit.SECONDS.sleep(1);
            floor[i] = Floors.singleInserts(server, schema, FLOOR_CLIENTS, RUN);
            TimeUnit.SECONDS.sleep(1);
        }
        for (MqttLoad client : clients) {
            client.close();
        }
        double share = Table.median(ours) / Table.median(floor);
        table.add(
                "MQTT QoS 1, %d publishers, durable".formatted(PUBLISHERS),
                Table.rate(Table.median(ours)) + " = " + Table.percent(share),
                Table.rate(Table.median(floor)),
                "≥ 60 %",
                share >= 0.6);
    }

    private static double perSecond(List<MqttLoad> clients, Duration duration) throws InterruptedException {
        long deadline = System.nanoTime() + duration.toNanos();
        LongAdder count = new LongAdder();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            MqttLoad client = clients.get(i);
            String topic = "v1.1/Datastreams(%d)/Observations".formatted(1 + i * 5);
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() < deadline) {
                        client.publish(topic, "{\"result\": 1}");
                        count.increment();
                    }
                } catch (IOException ended) {
                    throw new java.io.UncheckedIOException(ended);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return count.sum() / (duration.toNanos() / 1e9);
    }

    /// From before a value is published until each of its ten subscribers has it, after the usual warm-up; what is lost
    /// counts from the beginning.
    ///
    /// @param keys with one of which every other subscriber comes; what they hear is read and handed out apart
    private void tell(int keys) throws Exception {
        long start = System.nanoTime();
        int values = (int) (PER_SECOND * WARM_UP.plus(TELLING).toSeconds());
        int expected = values * (SUBSCRIBERS / TOPICS);
        Heard heard = new Heard(start, expected);
        List<MqttLoad> subscribers = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            String key = keys > 0 && i % 2 == 0 ? KEY + i / 2 % keys : "";
            MqttLoad subscriber = new MqttLoad("subscriber-" + i, BenchServer.MQTT_PORT, key);
            subscriber.subscribe("v1.1/Datastreams(%d)/Observations?$select=result".formatted(1 + i % TOPICS));
            subscribers.add(subscriber);
            Thread.ofVirtual().start(() -> listen(subscriber, heard));
        }
        heard.countsFrom = System.nanoTime() + WARM_UP.toNanos();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            senders.add(Thread.ofVirtual().start(() -> send(sender, values / SENDERS, start)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        heard.all.await(20, TimeUnit.SECONDS);
        for (MqttLoad subscriber : subscribers) {
            subscriber.close();
        }
        long[] known = java.util.Arrays.copyOf(heard.micros, heard.counted.get());
        java.util.Arrays.sort(known);
        long lost = heard.all.getCount();
        double p50 = known[known.length / 2] / 1e3;
        double p99 = known[(int) (known.length * 0.99)] / 1e3;
        table.add(
                "%,d subscribers%s on %d topics, %,d values/s: publish to delivery"
                        .formatted(
                                SUBSCRIBERS,
                                keys > 0 ? ", half with one of %d keys,".formatted(keys) : "",
                                TOPICS,
                                PER_SECOND),
                "p50 %.0f ms, p99 %.0f ms, %d of %,d lost".formatted(p50, p99, lost, expected),
                "",
                "p99 ≤ %d ms, none lost".formatted(MOST_MILLIS),
                p99 <= MOST_MILLIS && lost == 0);
    }

    /// Keys that may read a data set which is closed to everybody else.
    private void giveKeys() throws Exception {
        try (Connection database = server.database(schema);
                Statement statement = database.createStatement()) {
            statement.execute("""
                insert into api_key (name, token_hash, start, area, role, created_by, expires_at)
                select 'bench ' || n, sha256(convert_to('%1$s' || n, 'UTF8')), '%1$s', 'platform', 'viewer', 'bench', now() + interval '1 day'
                from generate_series(0, %2$d - 1) n
                """.formatted(KEY, KEYS));
            statement.execute("""
                with closed as (
                  insert into data_set (name, description, openness, readers, writers, reading_keys, writing_keys)
                  select 'bench', '', 'protected', '{}', '{}', array_agg(id), '{}' from api_key returning id
                )
                update datastream set data_set_id = (select id from closed) where id = 1000
                """);
        }
    }

    /// Everything is everybody's again for whatever is measured next.
    private void takeKeys() throws Exception {
        try (Connection database = server.database(schema);
                Statement statement = database.createStatement()) {
            statement.execute("update datastream set data_set_id = null where data_set_id is not null");
            statement.execute("delete from data_set");
            statement.execute("delete from api_key");
        }
    }

    /// What the subscribers have heard.
    private static final class Heard {

        private final long start;
        private final long[] micros;
        private final AtomicInteger counted = new AtomicInteger();
        private final CountDownLatch all;
        private volatile long countsFrom;

        Heard(long start, int expected) {
            this.start = start;
            this.micros = new long[expected];
            this.all = new CountDownLatch(expected);
        }

        /// @param sent microseconds after the start
        void message(long sent) {
            long now = System.nanoTime();
            if (start + sent * 1_000 >= countsFrom) {
                int number = counted.getAndIncrement();
                micros[number] = (now - start) / 1_000 - sent;
            }
            all.countDown();
        }
    }

    private static void listen(MqttLoad subscriber, Heard heard) {
        try {
            while (true) {
                String message = subscriber.receive();
                heard.message(Long.parseLong(message.substring(message.indexOf(':') + 1, message.length() - 1)));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private static void send(int sender, int count, long start) {
        long pause = TimeUnit.SECONDS.toNanos(1) * SENDERS / PER_SECOND;
        try (MqttLoad client = new MqttLoad("sender-" + sender)) {
            long next = System.nanoTime() + sender * pause / SENDERS;
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(next - System.nanoTime());
                next += pause;
                int datastream = 1 + (sender * 5 + i % 5) % TOPICS;
                client.publish(
                        "v1.1/Datastreams(%d)/Observations".formatted(datastream),
                        "{\"result\": %d}".formatted((System.nanoTime() - start) / 1_000));
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
