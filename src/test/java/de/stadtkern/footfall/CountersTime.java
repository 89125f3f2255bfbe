package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// How long pages of many counters with years of hours take, and one late value; run by hand, since it takes minutes.
@StadtkernTest
class CountersTime {

    private static final int COUNTERS = Integer.getInteger("counters", 200);
    private static final int YEARS = Integer.getInteger("years", 1);

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @Test
    void ofManyCountersWithYears() {
        var street = new CountingTown(context, TestTown.create(cities, port));
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        street.street(new FootfallScenario(
                        today.minusDays(900).toString(), today.minusDays(1).toString(), 3)
                .series());
        street.register("markt");
        street.keep().learn();
        fill(street);
        time("/footfall", street, "/footfall");
        time("/footfall/markt", street, "/footfall/markt");
        time("/footfall/c7", street, "/footfall/c7");
        time("/footfall, uncalibrated", street, "/footfall?calibration=off");
        time("a month of hours as CSV", street, "/footfall/c7/hours.csv");
        time("the sign", street, "/footfall/markt/sign");
        compared(street, today);
        late(street, today);
    }

    private static void compared(CountingTown street, LocalDate today) {
        street.people.execute("""
            insert into footfall_basket (counters, base_from, base_to)
            select array_agg(id), current_date - 400, current_date - 30 from (select id from footfall_counter order by id limit 50) c
            """);
        String six = "?place=markt&place=c2&place=c3&place=c4&place=c5&place=c6";
        String year = "&from=%s&to=%s".formatted(today.minusDays(365), today.minusDays(1));
        time("two places compared", street, "/footfall/compare?place=markt&place=c2");
        time("six places in two months compared", street, "/footfall/compare" + six);
        time(
                "two places, a year with the year before",
                street,
                "/footfall/compare?place=markt&place=c2&with=year" + year);
        time("six places, a year with the year before", street, "/footfall/compare%s&with=year%s".formatted(six, year));
        time("the index of 50 places", street, "/footfall/index");
        time("an event at a place", street, "/footfall/effect?place=markt");
        time(
                "an event at two places, two to hold it against",
                street,
                "/footfall/effect?place=markt&place=c2&control=c3&control=c4");
    }

    private static void fill(CountingTown street) {
        street.people.execute("""
            insert into footfall_counter (slug, thing_id, name, hours_until, learn_at)
            select 'c' || n, 1, 'Zählstelle ' || n, now(), '2099-01-01' from generate_series(2, %d) n
            """.formatted(COUNTERS));
        street.people.execute("""
            insert into footfall_hour (counter_id, hour, counted, value, state, completeness, method, since, settled_at)
            select c.id, h, 100, 100, 'measured', 1, 1, now(), now() from footfall_counter c,
              generate_series(date_trunc('hour', now()) - interval '%d years', date_trunc('hour', now()) - interval '1 hour', interval '1 hour') h
            where c.slug <> 'markt'
            """.formatted(YEARS));
        street.people.execute("""
            insert into footfall_day (counter_id, day, counted, estimated, hours_counted, hours_estimated, hours_excused, hours_missing)
            select counter_id, (hour at time zone 'Europe/Berlin')::date, sum(value), 0, count(*), 0, 0, 0
            from footfall_hour where counter_id > 1 group by 1, 2
            """);
        street.people.execute("""
            insert into footfall_profile select c.id, p.hour, p.expected, p.low, p.high, p.wide_low, p.wide_high, p.made_at
            from footfall_counter c, footfall_profile p where p.counter_id = 1 and c.id > 1
            """);
        // Of each counter a day of the last week is to be added up anew, because its factor begins in it.
        street.people.execute("""
            insert into footfall_calibration (version, counter_id, role, factor, low, high, from_at, reference_ids, reason, since)
            select 1, id, 'total', 1.1, 1, 1.2, date_trunc('day', now()) - interval '4 days 11 hours', '{}', 'x', now() from footfall_counter
            """);
        street.people.execute("analyze footfall_hour, footfall_day, footfall_profile");
    }

    private static void time(String name, CountingTown street, String path) {
        long[] times = new long[60];
        for (int turn = 0; turn < times.length; turn++) {
            long begin = System.nanoTime();
            assertThat(street.town.get(path).statusCode()).isEqualTo(200);
            times[turn] = System.nanoTime() - begin;
        }
        long[] warm = Arrays.copyOfRange(times, 20, times.length);
        Arrays.sort(warm);
        System.out.printf(
                "TIME %s: median %.1f ms, 95 %% %.1f ms%n",
                name, warm[warm.length / 2] / 1e6, warm[(int) (warm.length * 0.95)] / 1e6);
    }

    private void late(CountingTown street, LocalDate today) {
        double[] times = new double[20];
        for (int turn = 0; turn < times.length; turn++) {
            street.hour(
                    today.minusDays(100L + turn)
                            .atTime(12, 0)
                            .atZone(FootfallScenario.BERLIN)
                            .toInstant()
                            .toString(),
                    1000 + turn);
            street.store.rollUp();
            long begin = System.nanoTime();
            street.town.in(() -> {
                context.getBean(HoursJob.class).keep(Instant.now());
                return true;
            });
            times[turn] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf("TIME one late value among %d counters: median %.1f ms%n", COUNTERS, times[10]);
    }
}
