package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.StoreScenario;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A town written into an archive and made out of it again is the same town, table by table.
@StadtkernTest
class BackupsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    Backups backups;

    @Autowired
    InstallationDataSource installation;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private TestTown town;
    private StoreScenario store;
    private long counter;

    @BeforeEach
    void aTownWithObservationsOfThreeYears() {
        town = TestTown.create(cities, port);
        store = new StoreScenario(context, town);
        counter = store.datastream("sum");
        store.minutes(counter, "2024-12-31T20:00:00Z", 600);
        store.write(counter, "1848-03-18T12:00:00Z", 1);
        store.write(counter, "2099-01-01T00:00:00Z", 2);
        store.write(
                Duplicates.INSERT,
                new NewObservation(
                        counter,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        null,
                        null,
                        0,
                        "\"Zeile\\nzwei\\t\\\\\"",
                        null));
        store.rollUp();
    }

    @Test
    void aRestoredTownIsTheSameTableByTable() throws IOException {
        FullTown.fill(installation.jdbc(), town.city().schema());
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        City copy = backups.restore(archive, new Backups.Wish(null, slug("copy"), null), text -> {})
                .getFirst()
                .city();
        Map<String, String> copied = TableSums.of(installation.jdbc(), copy.schema());
        assertThat(copied)
                .isEqualTo(TableSums.of(installation.jdbc(), town.city().schema()))
                .hasSizeGreaterThan(50);
        assertThat(FullTown.empty(copied))
                .as("what waits to be summarised is summarised; in everything else there is something")
                .isSubsetOf("dirty_log");
        assertThat(copy.name()).isEqualTo(town.city().name());
        assertThat(copy.isDefault()).isFalse();
    }

    @Test
    void aRestoredTownWorksOnWithoutGivingAnIdTwice() throws IOException {
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        City copy = backups.restore(archive, new Backups.Wish(null, slug("copy"), null), text -> {})
                .getFirst()
                .city();
        StoreScenario there = new StoreScenario(context, TestTown.of(copy, port));
        there.write(counter, "2026-03-01T10:00:00Z", 3);
        there.write(there.datastream("mean"), "2026-03-01T10:00:00Z", 4);
        assertThat(there.number("select count(*) - count(distinct id) from observation"))
                .isZero();
        assertThat(there.total(counter)).isEqualTo(there.recount(counter));
        assertThat(store.number("select count(*) from thing")).isEqualTo(1);
    }

    @Test
    void aDamagedArchiveChangesNothing() throws IOException {
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        byte[] whole = Files.readAllBytes(archive);
        List<Path> damaged = new ArrayList<>();
        for (double at : new double[] {0.2, 0.5, 0.8}) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < 40; i++) {
                bytes[(int) (bytes.length * at) + i] ^= 0x55;
            }
            damaged.add(Files.write(folder.resolve("flipped-" + at + ".zip"), bytes));
        }
        damaged.add(Files.write(folder.resolve("half.zip"), java.util.Arrays.copyOf(whole, whole.length / 2)));
        damaged.add(Files.writeString(folder.resolve("text.zip"), "no archive"));
        long schemas = schemas();
        List<City> before = cities.list();
        for (Path file : damaged) {
            assertThatThrownBy(
                            () -> backups.restore(file, new Backups.Wish(null, slug("damaged"), null), text -> {}),
                            file.toString())
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Nothing was changed");
        }
        assertThat(cities.list()).isEqualTo(before);
        assertThat(schemas()).isEqualTo(schemas);
    }

    @Test
    void aTownIsReplacedOnlyByItsTypedNameAndArchivedBefore() throws IOException {
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        store.write(counter, "2026-03-01T10:00:00Z", 999_999);
        assertThatThrownBy(() -> backups.restore(archive, Backups.Wish.ALL, text -> {}))
                .hasMessageContaining(town.city().name());
        List<String> said = new ArrayList<>();
        List<Integer> meanwhile = new ArrayList<>();
        City back = backups.restore(
                        archive, new Backups.Wish(null, null, town.city().name()), text -> {
                            said.add(text);
                            if (text.contains("/observation ")) {
                                meanwhile.add(town.get("/sta/v1.1/Things").statusCode());
                            }
                        })
                .getFirst()
                .city();
        assertThat(meanwhile)
                .as("what is written now would be lost")
                .isNotEmpty()
                .containsOnly(503);
        assertThat(back.slug()).isEqualTo(town.city().slug());
        assertThat(back.schema()).isNotEqualTo(town.city().schema());
        assertThat(said).anyMatch(text -> text.startsWith("archived the town there is"));
        assertThat(town.get("/sta/v1.1/Observations?$filter=result eq 999999&$count=true".replace(" ", "%20"))
                        .body())
                .contains("\"@iot.count\":0");
        assertThat(installation
                        .jdbc()
                        .sql("select to_regnamespace(?) is null")
                        .param(town.city().schema())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whatAnArchiveSaysOfATownMustBeWhatATownCanBeTold() throws IOException {
        String wrong = "update stadtkern.town set ars = ? where slug = ?";
        installation.jdbc().sql(wrong).params("x'; drop", town.city().slug()).update();
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        installation.jdbc().sql(wrong).params("", town.city().slug()).update();
        long schemas = schemas();
        assertThatThrownBy(() -> backups.restore(archive, new Backups.Wish(null, slug("wrong"), null), text -> {}))
                .hasMessageContaining("is no Amtlicher Regionalschlüssel");
        assertThat(schemas()).isEqualTo(schemas);
    }

    @Test
    void severalTownsComeFromOneArchiveAndOneOfThemCanBeChosen() throws IOException {
        TestTown other = TestTown.create(cities, port);
        Path archive = backups.write(List.of(town.city(), other.city()), folder.resolve("a.zip"), text -> {});
        assertThatThrownBy(() -> backups.restore(archive, new Backups.Wish(null, slug("x"), null), text -> {}))
                .hasMessageContaining(other.city().slug());
        City copy = backups.restore(archive, new Backups.Wish(other.city().slug(), slug("other"), null), text -> {})
                .getFirst()
                .city();
        assertThat(copy.name()).isEqualTo(other.city().name());
    }

    @Test
    void whatIsStoppedLeavesNoFileAndNoTown() throws IOException {
        assertThatThrownBy(() -> backups.write(cities.list(), folder.resolve("missing/../b.zip"), text -> {
                    throw new IllegalStateException("stop");
                }))
                .satisfies(failed -> assertThat(folder.resolve("b.zip")).doesNotExist());
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        long schemas = schemas();
        assertThatThrownBy(() -> backups.restore(archive, new Backups.Wish(null, slug("stopped"), null), text -> {
                    if (text.contains("observation")) {
                        throw new IllegalStateException("stop");
                    }
                }))
                .hasMessage("stop");
        assertThat(schemas()).isEqualTo(schemas);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void eachNightLeavesOneArchiveAndTheOldestGo() throws IOException {
        BackupProperties properties = new BackupProperties(LocalTime.of(2, 30), 3);
        NightlyBackup nightly = new NightlyBackup(
                backups, new BackupRuns(installation, backups, properties, new SimpleMeterRegistry()), properties);
        nightly.run(
                town.city(), LocalTime.of(2, 30), LocalDateTime.now(town.city().zone()));
        assertThat(nights()).as("a new town has no night behind it").isEmpty();
        for (int night = 1; night <= 5; night++) {
            LocalDateTime time = LocalDateTime.parse("2027-03-0%dT02:35".formatted(night));
            nightly.run(town.city(), LocalTime.of(2, 30), time);
            nightly.run(town.city(), LocalTime.of(2, 30), time.plusMinutes(10));
        }
        assertThat(nights()).containsExactlyInAnyOrder("20270303", "20270304", "20270305");
        nightly.run(town.city(), LocalTime.of(2, 30), LocalDateTime.parse("2027-03-08T09:00"));
        assertThat(nights()).as("a night slept through is made up for").contains("20270308");
    }

    private List<String> nights() throws IOException {
        return backups.list().stream()
                .map(Backups.Archive::file)
                .filter(file -> file.startsWith(town.city().slug() + "-nightly-"))
                .map(file -> file.replaceAll(".*-(\\d{8})\\.zip", "$1"))
                .toList();
    }

    private static String slug(String name) {
        return name + "-" + Long.toString(System.nanoTime(), 36);
    }

    private long schemas() {
        return installation
                .jdbc()
                .sql("select count(*) from pg_namespace")
                .query(Long.class)
                .single();
    }
}
