package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Archives, mail, web-hooks and services that are asked may wait long for a disk or a server, learning takes its time;
/// what must be quick still finds a thread.
@StadtkernTest
class SlowJobsTest {

    private static final int TOWNS = 10;

    @Autowired
    InstallationDataSource installation;

    @Autowired
    Cities cities;

    @Autowired
    TownJobStore store;

    @LocalServerPort
    int port;

    private final SlowJob slow = new SlowJob();
    private final QuickJob quick = new QuickJob();

    @Test
    void twoSlowRunsLeaveTheOtherThreadsToQuickOnesAndEachHasItsTurn() throws InterruptedException {
        List<City> towns = Stream.generate(() -> TestTown.create(cities, port).city())
                .limit(TOWNS)
                .toList();
        TownJobs jobs = new TownJobs(installation, cities, store, List.of(slow, quick));
        jobs.start();
        try {
            towns.forEach(town -> jobs.created(new CityCreated(town)));
            until(quick.seen, TOWNS);
            assertThat(quick.seen).as("quick ones while slow ones wait").hasSize(TOWNS);
            assertThat(slow.atWork.get()).isEqualTo(2);
            slow.answered.countDown();
            until(slow.seen, TOWNS);
            assertThat(slow.seen).as("each has its turn").hasSize(TOWNS);
            assertThat(slow.most.get()).isEqualTo(2);
        } finally {
            slow.answered.countDown();
            jobs.stop();
        }
    }

    @Test
    void whatMayWaitLongLeavesThreadsToOthers(@Autowired List<TownJob> all) {
        int slowest = all.stream()
                .mapToInt(TownJob::atOnce)
                .filter(most -> most < TownJobs.THREADS)
                .sum();
        assertThat(slowest).isPositive().isLessThan(TownJobs.THREADS);
        assertThat(all.stream().filter(job -> job.atOnce() < TownJobs.THREADS).map(TownJob::name))
                .containsExactlyInAnyOrder(
                        "nightly-backup", "mail", "watch-hooks", "source-pulls", "footfall-learn", "knowledge-web");
    }

    private static void until(Set<String> seen, int size) throws InterruptedException {
        for (int waited = 0; waited < 300 && seen.size() < size; waited++) {
            Thread.sleep(100);
        }
    }

    @AfterEach
    void forget() {
        installation
                .jdbc()
                .sql("delete from stadtkern.scheduled_tasks where task_name in (?, ?)")
                .params(slow.name(), quick.name())
                .update();
    }

    private static final class SlowJob implements TownJob {

        final CountDownLatch answered = new CountDownLatch(1);
        final Set<String> seen = ConcurrentHashMap.newKeySet();
        final AtomicInteger atWork = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        @Override
        public String name() {
            return "test-slow";
        }

        @Override
        public Duration pause() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int atOnce() {
            return 2;
        }

        @Override
        public void run() {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                answered.await();
                seen.add(CityContext.current().slug());
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } finally {
                atWork.decrementAndGet();
            }
        }
    }

    private static final class QuickJob implements TownJob {

        final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Override
        public String name() {
            return "test-quick";
        }

        @Override
        public Duration pause() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void run() {
            seen.add(CityContext.current().slug());
        }
    }
}
