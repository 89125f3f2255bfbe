package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Observations of a time are counted by whole hours and days, and it is exact at every moment whatever came late, was
/// changed or went.
@StadtkernTest
class CountByTimeTest {

    private static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");
    private static final int DAYS = 60;

    @Autowired
    ApplicationContext context;

    @Autowired
    Retention retention;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private StoreScenario store;

    @BeforeEach
    void aTown() {
        sta = new SensorThingsScenario(context, port);
        store = new StoreScenario(context, sta.town);
    }

    private long count(String path, String filter) {
        return Long.parseLong(
                sta.get(path + "/$count?$filter=" + filter.replace("+", "%2B")).body());
    }

    private void numbers(long datastream, Instant from, int count, Duration apart) {
        List<NewObservation> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(NewObservation.of(datastream, from.plus(apart.multipliedBy(i)), i));
        }
        store.writeAll(Duplicates.INSERT, rows);
    }

    private int tamper(String sql) {
        return sta.town.in(() -> sta.jdbc().sql(sql).update());
    }

    /// The days and hours are made to say something else, which shows what is asked.
    @Test
    void wholeDaysAndHoursAreAskedForWhatTheyKnow() {
        long datastream = sta.datastream("Markt");
        numbers(datastream, BEGIN, 10 * 96, Duration.ofMinutes(15));
        store.rollUp();
        String lastDays = "phenomenonTime ge 2025-03-05T22:30:00Z";
        assertThat(count("/Observations", lastDays)).isEqualTo(5 * 96 - 90 + 96);
        tamper("update rollup_day set n = n + 1000 where day = '2025-03-07'");
        assertThat(count("/Observations", lastDays)).isEqualTo(5 * 96 - 90 + 96 + 1000);
        assertThat(count("/Datastreams(" + datastream + ")/Observations", lastDays))
                .isEqualTo(5 * 96 - 90 + 96 + 1000);
        assertThat(count("/Observations", lastDays + " and Datastream/name eq 'Reihe Markt'"))
                .isEqualTo(5 * 96 - 90 + 96 + 1000);
        tamper("update rollup_hour set n = n + 10000 where hour in ('2025-03-01T05:00:00Z', '2025-03-09T05:00:00Z')");
        assertThat(count("/Observations", "phenomenonTime lt 2025-03-01T05:30:00Z"))
                .isEqualTo(5 * 4 + 2);
        assertThat(count("/Observations", "phenomenonTime lt 2025-03-01T06:30:00Z"))
                .isEqualTo(6 * 4 + 2 + 10_000);
    }

    @Test
    void aTotalIsAskedWhereAllLieInTheRange() {
        long datastream = sta.datastream("Markt");
        numbers(datastream, BEGIN, 100, Duration.ofMinutes(15));
        sta.observe(datastream, "2025-03-20T00:00:00Z/2025-04-10T00:00:00Z", "\"viel\"");
        tamper("update datastream_state set n = n + 1000");
        assertThat(count("/Observations", "phenomenonTime ge 2025-02-01T00:00:00Z"))
                .isEqualTo(1_101);
        assertThat(count("/Observations", "phenomenonTime lt 2025-04-09T00:00:00Z"))
                .isEqualTo(100);
        assertThat(count("/Observations", "phenomenonTime lt 2025-04-11T00:00:00Z"))
                .isEqualTo(1_101);
        assertThat(count("/Observations", "phenomenonTime gt 2025-04-11T00:00:00Z"))
                .isZero();
    }

    @Test
    void hoursThatOutliveTheirObservationsAreNotCounted() {
        long datastream = sta.datastream("Markt");
        // Still to come, so that the job of the process has nothing to do here.
        int year = Year.now(ZoneOffset.UTC).getValue() + 1;
        Instant begin = Instant.parse(year + "-03-01T00:00:00Z");
        numbers(datastream, begin, DAYS * 24, Duration.ofHours(1));
        store.rollUp();
        sta.patch("/Datastreams(" + datastream + ")", "{\"properties\":{\"retentionDays\":30}}");
        sta.town.in(() -> {
            retention.clean(begin.plus(Duration.ofDays(DAYS)));
            return true;
        });
        long left = sta.json("/Observations?$count=true").get("@iot.count").asLong();
        assertThat(left).isBetween(29 * 24L, 31 * 24L);
        // It comes too late for its hour, and stays until the next cleaning.
        sta.observe(datastream, year + "-03-03T10:10:00Z", "1");
        assertThat(count("/Observations", "phenomenonTime ge " + year + "-03-02T00:00:00Z"))
                .isEqualTo(left + 1);
        assertThat(count("/Observations", "phenomenonTime ge " + year + "-03-04T00:00:00Z"))
                .isEqualTo(left);
        assertThat(count("/Observations", "phenomenonTime lt " + year + "-04-20T00:00:00Z"))
                .isEqualTo(left + 1 - 10 * 24);
        assertThat(count("/Observations", "phenomenonTime ge " + year + "-04-20T00:00:00Z"))
                .isEqualTo(10 * 24);
    }

    @Test
    void whatMayNotBeReadIsNotCounted() {
        long open = sta.datastream("Markt");
        long closed = sta.datastream("Lager");
        numbers(open, BEGIN, 200, Duration.ofHours(1));
        numbers(closed, BEGIN, 200, Duration.ofHours(1));
        store.rollUp();
        tamper("insert into data_set (name, description, openness, readers, writers, reading_keys, writing_keys)"
                + " values ('Intern', '', 'internal', '{}', '{}', '{}', '{}')");
        tamper("update datastream set data_set_id = (select id from data_set) where id = " + closed);
        // What is closed is known to other processes, and to this one without a change by page, after two seconds.
        Instant end = Instant.now().plusSeconds(10);
        while (sta.json("/Datastreams?$count=true").get("@iot.count").asInt() > 1
                && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(count("/Observations", "phenomenonTime ge 2025-03-02T00:00:00Z"))
                .isEqualTo(176);
        assertThat(count("/Observations", "phenomenonTime ge 2025-03-02T00:00:00Z and Datastream/id gt 0"))
                .isEqualTo(176);
    }

    /// Several Datastreams of every sort; each step writes, changes, removes or recomputes something at random, and
    /// after each the counts of random ranges are compared with those of a plain look at every row.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsAreThoseOfALookAtEachAtEveryMoment(long seed) {
        new RandomHistory(seed).run(60);
    }

    private final class RandomHistory {

        private final Random random;
        private final List<Long> datastreams = new ArrayList<>();

        RandomHistory(long seed) {
            random = new Random(seed);
            for (String sort : List.of("numbers", "more numbers", "short", "long", "texts", "mixed")) {
                datastreams.add(sta.datastream(sort));
            }
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                String done = change();
                for (int ask = 0; ask < 4; ask++) {
                    compare("step " + step + ", " + done);
                }
            }
        }

        private String change() {
            int which = random.nextInt(datastreams.size());
            long datastream = datastreams.get(which);
            return switch (random.nextInt(9)) {
                case 0, 1 -> {
                    numbers(datastream, moment(), 1 + random.nextInt(400), Duration.ofMinutes(1 + random.nextInt(90)));
                    yield "many of " + which;
                }
                case 2, 3 -> {
                    sta.observe(
                            datastream,
                            time(which),
                            which == 4 || which == 5 && random.nextBoolean() ? "\"viel\"" : "7");
                    yield "one of " + which;
                }
                case 4 -> {
                    Long id = any(datastream);
                    if (id != null) {
                        sta.patch("/Observations(" + id + ")", "{\"phenomenonTime\":\"" + time(which) + "\"}");
                    }
                    yield "another time of " + which;
                }
                case 5 -> {
                    Long id = any(datastream);
                    boolean leaves = random.nextInt(3) == 0;
                    if (id != null) {
                        sta.patch(
                                "/Observations(" + id + ")",
                                leaves
                                        ? "{\"Datastream\":{\"@iot.id\":%d}}".formatted(datastreams.get(5))
                                        : "{\"result\":%s}".formatted(which < 4 ? "8" : "\"wenig\""));
                    }
                    yield (leaves ? "one leaves " : "another result of ") + which;
                }
                case 6 -> {
                    Long id = any(datastream);
                    if (id != null) {
                        sta.delete("/Observations(" + id + ")");
                    }
                    yield "one less of " + which;
                }
                case 7 -> {
                    Instant start = moment();
                    store.write(
                            Duplicates.REPLACE,
                            NewObservation.of(datastream, start, 1),
                            NewObservation.of(datastream, start.plusSeconds(60), 2));
                    yield "replaced in " + which;
                }
                default -> {
                    store.rollUp();
                    yield "rolled up";
                }
            };
        }

        private @Nullable Long any(long datastream) {
            return sta.town.in(() -> sta.jdbc()
                    .sql("select id from observation where datastream_id = ? order by hashint8(id + ?) limit 1")
                    .params(datastream, random.nextInt(1_000))
                    .query(Long.class)
                    .optional()
                    .orElse(null));
        }

        /// At the border of a day of the town, of an hour, or somewhere.
        private Instant moment() {
            Instant day = BEGIN.plus(Duration.ofDays(random.nextInt(DAYS)));
            return switch (random.nextInt(4)) {
                case 0 -> day.minus(Duration.ofHours(1 + random.nextInt(2)));
                case 1 -> day.plus(Duration.ofHours(random.nextInt(24)));
                case 2 -> day.plusSeconds(random.nextInt(86_400));
                default -> day.plusNanos(random.nextInt(86_400) * 1_000_000_000L + 999_999_000);
            };
        }

        private String time(int which) {
            Instant start = moment();
            return switch (which) {
                case 2 -> start + "/" + start.plusSeconds(random.nextInt(2) * 1_800L + 1_800);
                case 3 -> start + "/" + start.plus(Duration.ofHours(random.nextInt(60)));
                case 5 -> random.nextBoolean() ? start.toString() : start + "/" + start.plus(Duration.ofDays(1));
                default -> start.toString();
            };
        }

        private void compare(String when) {
            int asked = random.nextInt(datastreams.size());
            List<String> filters = new ArrayList<>();
            List<String> conditions = new ArrayList<>();
            if (random.nextInt(3) > 0) {
                bound(random.nextBoolean() ? "ge" : "gt", filters, conditions);
            }
            if (filters.isEmpty() || random.nextBoolean()) {
                bound(random.nextBoolean() ? "le" : "lt", filters, conditions);
            }
            String filter = String.join(" and ", filters);
            String condition = String.join(" and ", conditions);
            long datastream = datastreams.get(asked);
            assertThat(count("/Observations", filter)).as(when + ": " + filter).isEqualTo(plain(condition));
            assertThat(count("/Datastreams(" + datastream + ")/Observations", filter))
                    .as(when + ": " + asked + " " + filter)
                    .isEqualTo(plain(condition + " and datastream_id = " + datastream));
            assertThat(count("/Observations", filter + " and Datastream/id le " + datastream))
                    .as(when + ": up to " + asked + " " + filter)
                    .isEqualTo(plain(condition + " and datastream_id <= " + datastream));
        }

        /// An Observation that takes a while lies before a moment if it has ended by then.
        private void bound(String operator, List<String> filters, List<String> conditions) {
            Instant at = moment();
            filters.add(
                    random.nextInt(4) > 0
                            ? "phenomenonTime " + operator + " " + at
                            : at + " " + operator.replaceFirst("[gl]", operator.startsWith("g") ? "l" : "g")
                                    + " phenomenonTime");
            String condition = switch (operator) {
                case "ge" -> "phenomenon_start >= '%s'";
                case "gt" -> "phenomenon_start > '%s'";
                case "lt" -> "phenomenon_start < '%1$s' and coalesce(phenomenon_end, phenomenon_start) <= '%1$s'";
                default -> "phenomenon_start <= '%1$s' and coalesce(phenomenon_end, phenomenon_start) <= '%1$s'";
            };
            conditions.add(condition.formatted(at));
        }

        private long plain(String condition) {
            return sta.town.in(() -> sta.jdbc()
                    .sql("select count(*) from observation where " + condition)
                    .query(Long.class)
                    .single());
        }
    }
}
