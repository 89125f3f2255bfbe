package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@StadtkernTest
class ObservationStoreTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private StoreScenario store;
    private long counter;

    @BeforeEach
    void aCounter() {
        store = new StoreScenario(context, TestTown.create(cities, port));
        counter = store.datastream("sum");
    }

    @Test
    void aWrittenObservationIsThereWithItsTotal() {
        long id = store.write(counter, "2026-03-01T10:05:00Z", 12);
        assertThat(ObservationId.hour(id)).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(id).isLessThan(1L << 53);
        assertThat(store.results(counter)).isEqualTo("12");
        assertThat(store.total(counter)).isEqualTo("1 2026-03-01T10:05:00+00:00 2026-03-01T10:05:00+00:00 12");
    }

    @Test
    void aLateValueWidensTheTotalButIsNotTheLatest() {
        store.write(counter, "2026-03-01T10:05:00Z", 12);
        store.write(counter, "2025-12-31T23:59:59.999999Z", 7);
        assertThat(store.total(counter)).isEqualTo("2 2025-12-31T23:59:59.999999+00:00 2026-03-01T10:05:00+00:00 12");
    }

    @Test
    void aDatastreamThatIsNotThereIsRefusedAndNothingOfTheBatchIsWritten() {
        assertThatThrownBy(() -> store.write(
                        Duplicates.INSERT,
                        NewObservation.of(counter, Instant.parse("2026-03-01T10:05:00Z"), 1),
                        NewObservation.of(999_999, Instant.parse("2026-03-01T10:05:00Z"), 1)))
                .isInstanceOf(DatastreamUnknown.class);
        assertThat(store.results(counter)).isEmpty();
    }

    @Test
    void oneValueThatCannotBeStoredDoesNotSpoilTheOthersOfItsBatch() throws Exception {
        List<Callable<String>> callers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String json = i == 17 ? "\"\\u0000\"" : "\"text " + i + "\"";
            var row = new NewObservation(
                    counter, Instant.parse("2026-03-01T10:00:00Z").plusSeconds(i), null, null, 0, json, null);
            callers.add(() -> {
                try {
                    store.write(Duplicates.INSERT, row);
                    return "written";
                } catch (Problem refused) {
                    return refused.name();
                }
            });
        }
        List<String> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(callers)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn("written"::equals).hasSize(39);
        assertThat(answers.get(17)).isEqualTo("value-not-storable");
        assertThat(store.total(counter)).isEqualTo(store.recount(counter));
    }

    @Test
    void insertKeepsTwoOfOneMomentIgnoreTheFirstReplaceTheLast() {
        var ten = Instant.parse("2026-03-01T10:00:00Z");
        store.write(Duplicates.INSERT, NewObservation.of(counter, ten, 1), NewObservation.of(counter, ten, 2));
        assertThat(store.results(counter)).isEqualTo("1 2");

        long other = store.datastream("sum");
        long first =
                store.write(Duplicates.IGNORE, NewObservation.of(other, ten, 1), NewObservation.of(other, ten, 2))[0];
        assertThat(store.write(Duplicates.IGNORE, NewObservation.of(other, ten, 3)))
                .containsExactly(0);
        assertThat(store.results(other)).isEqualTo("1");

        assertThat(store.write(Duplicates.REPLACE, NewObservation.of(other, ten, 4)))
                .containsExactly(first);
        assertThat(store.results(other)).isEqualTo("4");
        assertThat(store.total(other)).isEqualTo(store.recount(other));
    }

    /// The second writer has its own lane; a process of its own writes in `TwoProcessesTest`.
    @Test
    void twoWritersAtOnceNeverLeaveADuplicateUnderIgnoreOrReplace() throws Exception {
        var second = context.getAutowireCapableBeanFactory().createBean(ObservationWriter.class);
        var first = context.getBean(ObservationWriter.class);
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            Instant time = Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofMinutes(round % 20));
            Duplicates rule = round % 2 == 0 ? Duplicates.IGNORE : Duplicates.REPLACE;
            for (ObservationWriter writer : List.of(first, second)) {
                var row = NewObservation.of(counter, time, round);
                callers.add(() -> store.in(() -> writer.write(List.of(row), rule)) != null);
            }
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(callers)) {
                answer.get();
            }
        }
        assertThat(store.number("select count(*) from observation")).isEqualTo(20);
        assertThat(store.total(counter)).isEqualTo(store.recount(counter));
        second.stop();
    }

    @Test
    void datesFarOutsideGoIntoTheCatchAllPartitionsAndAreFoundByTheirId() {
        long early = store.write(counter, "-0044-03-15T12:00:00Z", 23);
        long late = store.write(counter, "+100000-01-01T00:00:00.000001Z", 1);
        assertThat(store.number("select count(*) from observation_moved where id in (%d, %d)".formatted(early, late)))
                .isEqualTo(2);
        assertThat(store.number("select count(*) from observation_before")).isEqualTo(1);
        assertThat(store.results(counter)).isEqualTo("23 1");
        assertThat(store.text("select phenomenon_start::text from observation where id = " + late))
                .isEqualTo("100000-01-01 00:00:00.000001+00");
    }

    @Test
    void aPartitionIsMadeWhileSomebodyReads() throws SQLException {
        try (Connection reader = store.in(this::connection);
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("select count(*) from observation").close();
            Instant start = Instant.now();
            store.write(counter, "1999-06-01T00:00:00Z", 1);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
            reader.rollback();
            reader.setAutoCommit(true);
        }
        assertThat(store.number("select count(*) from observation_1999")).isEqualTo(1);
    }

    private Connection connection() {
        try {
            return context.getBean(DataSource.class).getConnection();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void noInputMakesMorePartitionsThanThereAreYears() {
        for (int year = 1900; year < 2100; year++) {
            store.write(counter, year + "-06-01T00:00:00Z", year);
        }
        assertThat(store.number("select count(*) from pg_inherits where inhparent = 'observation'::regclass"))
                .isBetween(39L, 45L);
        assertThat(store.total(counter)).isEqualTo(store.recount(counter));
    }

    @Test
    void aVeryLargeTownGetsAPartitionForEachMonthAndNoInputMakesMoreThanFiveHundred() {
        store.write(counter, "2024-06-01T00:00:00Z", 1);
        store.in(() -> {
            context.getBean(Partitions.class).setMonths(1);
            return true;
        });
        for (int month = 0; month < 12 * 45; month++) {
            store.write(
                    counter,
                    Instant.parse("%d-%02d-15T00:00:00Z".formatted(1988 + month / 12, month % 12 + 1))
                            .toString(),
                    month);
        }
        assertThat(store.number("select count(*) from pg_inherits where inhparent = 'observation'::regclass"))
                .isBetween(440L, 500L);
        assertThat(store.number("select count(*) from observation_2024")).isEqualTo(13);
        assertThat(store.number("select count(*) from observation_2025_02")).isEqualTo(1);
        assertThat(store.total(counter)).isEqualTo(store.recount(counter));
    }

    @Test
    void theFeatureOfInterestIsDerivedOnceFromTheThingsLocation() {
        store.write(counter, "2026-03-01T10:05:00Z", 12);
        store.write(counter, "2026-03-01T10:06:00Z", 13);
        assertThat(store.number("select count(*) from feature_of_interest")).isEqualTo(1);
        assertThat(store.number("select count(distinct feature_id) from observation"))
                .isEqualTo(1);
        assertThat(store.text("select observed_area ->> 'type' from datastream"))
                .isEqualTo("Point");
    }

    @Test
    void eachBatchLeavesOneLineInTheChangeLog() {
        store.minutes(counter, "2026-03-01T10:00:00Z", 600);
        store.write(counter, "2026-03-02T10:00:00Z", 1);
        assertThat(store.text("select string_agg((number_to - number_from + 1) || ' ' || (time_to - time_from), ', '"
                        + " order by sequence) from change_log"))
                .isEqualTo("600 09:59:00, 1 00:00:00");
    }

    @Test
    void aggregatesAreExactBeforeAndAfterTheRollUp() {
        store.minutes(counter, "2026-03-01T10:58:00Z", 4);
        String exact = "2026-03-01T10:00:00Z 2 1, 2026-03-01T11:00:00Z 2 5";
        assertThat(store.hours(counter, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"))
                .isEqualTo(exact);
        store.rollUp();
        assertThat(store.number("select count(*) from dirty_log")).isZero();
        assertThat(store.number("select count(*) from rollup_hour")).isEqualTo(2);
        assertThat(store.hours(counter, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"))
                .isEqualTo(exact);
        store.write(counter, "2026-03-01T10:59:30Z", 10);
        assertThat(store.hours(counter, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"))
                .isEqualTo("2026-03-01T10:00:00Z 3 11, 2026-03-01T11:00:00Z 2 5");
        assertThat(store.days(counter, "2026-03-01", "2026-03-02")).isEqualTo("2026-02-28T23:00:00Z 5 16");
        store.rollUp();
        assertThat(store.days(counter, "2026-03-01", "2026-03-02")).isEqualTo("2026-02-28T23:00:00Z 5 16");
    }

    @Test
    void theDaysOfTheClockChangeHave23And25Hours() {
        for (String day : List.of("2026-03-28T23:00:00Z", "2026-10-24T22:00:00Z")) {
            for (int hour = 0; hour < 26; hour++) {
                store.write(
                        counter, Instant.parse(day).plus(Duration.ofHours(hour)).toString(), 1);
            }
        }
        for (int round = 0; round < 2; round++) {
            assertThat(store.days(counter, "2026-03-29", "2026-03-30")).isEqualTo("2026-03-28T23:00:00Z 23 23");
            assertThat(store.days(counter, "2026-10-25", "2026-10-26")).isEqualTo("2026-10-24T22:00:00Z 25 25");
            store.rollUp();
        }
    }

    @Test
    void weeksBeginOnMondayAndMonthsOnTheFirstAlsoWithMarksAndOverTheClockChange() {
        store.write(counter, "2026-03-01T22:59:00Z", 1); // Sunday, 23:59 in Berlin
        store.write(counter, "2026-03-01T23:00:00Z", 2); // Monday
        store.write(counter, "2026-03-29T21:59:00Z", 4); // Sunday of the clock change, 23:59
        store.rollUp();
        store.write(counter, "2026-03-29T22:00:00Z", 8); // Monday, not rolled up yet
        store.write(counter, "2026-03-31T22:00:00Z", 16); // the first of April
        String weeks = "2026-02-22T23:00:00Z 1 1, 2026-03-01T23:00:00Z 1 2, 2026-03-22T23:00:00Z 1 4,"
                + " 2026-03-29T22:00:00Z 2 24";
        String months = "2026-02-28T23:00:00Z 4 15, 2026-03-31T22:00:00Z 1 16";
        for (int round = 0; round < 2; round++) {
            assertThat(store.weeks(counter, "2026-02-23", "2026-04-06")).isEqualTo(weeks);
            assertThat(store.months(counter, "2026-03-01", "2026-05-01")).isEqualTo(months);
            store.rollUp();
        }
    }

    @Test
    void hoursOfManyDatastreamsAreThoseOfEachAlone() {
        long other = store.datastream("sum");
        store.minutes(counter, "2026-03-01T10:58:00Z", 4);
        store.minutes(other, "2026-03-01T11:58:00Z", 4);
        store.rollUp();
        store.write(other, "2026-03-01T12:30:00Z", 9);
        var window = new MeasuringPoints.Window(
                Instant.parse("2026-03-01T11:00:00Z"), Instant.parse("2026-03-01T13:00:00Z"));
        var points = context.getBean(MeasuringPoints.class);
        var both = store.in(() -> points.hours(Map.of(counter, window, other, window)));
        assertThat(both)
                .isEqualTo(Map.of(
                        counter, store.in(() -> points.hours(counter, window.from(), window.to())),
                        other, store.in(() -> points.hours(other, window.from(), window.to()))));
        assertThat(store.hours(other, "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z"))
                .isEqualTo("2026-03-01T11:00:00Z 2 1, 2026-03-01T12:00:00Z 3 14");
    }

    @Test
    void theUsualIntervalIsTheMedianSoThatOneGapDoesNotChangeIt() {
        assertThat(store.usualInterval(counter)).isEqualTo("-");
        store.minutes(counter, "2026-03-01T10:00:00Z", 3);
        assertThat(store.usualInterval(counter)).isEqualTo("-");
        store.minutes(counter, "2026-03-02T10:00:00Z", 3);
        assertThat(store.usualInterval(counter)).isEqualTo("60");
    }

    @Test
    void thePlannerKnowsOfATableThatGrewInOneGo() {
        long datastream = store.datastream("sum");
        store.minutes(datastream, "2024-05-01T00:00:00Z", 1_000);
        store.rollUp();
        assertThat(store.believedRows("observation_2024"))
                .as("small, not worth it; PostgreSQL may have looked by itself")
                .isIn(-1L, 1_000L);
        for (int month = 1; month <= 4; month++) {
            store.minutes(datastream, "2024-0%d-01T00:00:00Z".formatted(month), 10_000);
        }
        store.rollUp();
        assertThat(store.believedRows("observation_2024"))
                .as("at most one growth by four behind")
                .isBetween(41_000L / 4, 41_000L);
    }

    /// A join of hours and days was planned with what is known of the small table and took twenty seconds.
    @Test
    void theDaysOfALargeImportAreMadeInNoTimeThoughThePlannerKnowsOnlyOfASmallTable() {
        store.minutes(store.datastream("sum"), "2024-05-01T00:00:00Z", 3_000);
        store.rollUp();
        store.execute("analyze rollup_hour");
        Instant from = Instant.parse("2019-01-01T00:00:00Z");
        for (int write = 0; write < 5; write++) {
            List<NewObservation> hours = new ArrayList<>();
            for (int hour = write * 9_000; hour < (write + 1) * 9_000; hour++) {
                hours.add(NewObservation.of(counter, from.plus(Duration.ofHours(hour)), hour));
            }
            store.writeAll(Duplicates.INSERT, hours);
        }
        store.execute("alter table rollup_hour set (autovacuum_enabled = off)");
        long began = System.nanoTime();
        store.rollUp();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
        assertThat(store.number("select count(*) from rollup_day where datastream_id = " + counter))
                .isEqualTo(45_000 / 24 + 1);
    }

    @Test
    void aDatastreamHiddenIsGoneAfterThePurge() {
        store.minutes(counter, "2026-03-01T10:00:00Z", 600);
        store.rollUp();
        store.execute("update datastream set hidden = true");
        store.in(() -> {
            context.getBean(DatastreamPurge.class).run();
            return true;
        });
        assertThat(store.number("select (select count(*) from observation) + (select count(*) from rollup_hour) +"
                        + " (select count(*) from datastream)"))
                .isZero();
    }
}
