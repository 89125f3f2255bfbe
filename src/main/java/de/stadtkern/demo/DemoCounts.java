package de.stadtkern.demo;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.connect.ImportListener;
import de.stadtkern.connect.ImportReport;
import de.stadtkern.connect.Imports;
import de.stadtkern.connect.Mapping;
import de.stadtkern.connect.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings the open counts of Zürich and Münster into the demo town, in the background, by the importer itself. Where
/// they come from and under which licence stands in `demo/SOURCES.md`.
///
/// A file that was interrupted is imported again at the next start; what is there already is left as it is.
@Component
class DemoCounts implements TownJob {

    private static final Logger log = LoggerFactory.getLogger(DemoCounts.class);
    static final List<String> FILES = List.of("zuerich-bahnhofstrasse-sued", "muenster-radverkehr");

    private final DemoWork work;
    private final Imports imports;
    private final DemoCounters counters;
    private final JdbcClient jdbc;

    DemoCounts(DemoWork work, Imports imports, DemoCounters counters, DataSource dataSource) {
        this.work = work;
        this.imports = imports;
        this.counters = counters;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public String name() {
        return "demo-counts";
    }

    /// Long, because there is nothing to do after the first time; an interrupted process looks again when it starts.
    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        work.in(
                CityContext.current(),
                () -> FILES.stream().filter(file -> !isDone(file)).forEach(this::importFile));
    }

    private boolean isDone(String file) {
        return jdbc.sql("select exists (select from demo_import where file = ?)")
                .param(file)
                .query(Boolean.class)
                .single();
    }

    private void importFile(String name) {
        try {
            var content = new ClassPathResource("demo/" + name + ".csv.gz");
            var mapping = new ClassPathResource("demo/" + name + ".yaml").getContentAsString(StandardCharsets.UTF_8);
            ImportReport report = imports.run(
                    new SourceFile(name, content.contentLength(), content::getInputStream),
                    Mapping.read(mapping),
                    new UntilStopped());
            if (report.cancelled()) {
                return;
            }
            jdbc.sql("insert into demo_import (file) values (?) on conflict do nothing")
                    .param(name)
                    .update();
            // Whoever looks at the new town now wants to see them, not half a minute later.
            counters.run();
            log.info(
                    "Demo data '{}': {} values imported, {} refused, in {} ms",
                    name,
                    report.written() + report.existing(),
                    report.refused(),
                    report.took().toMillis());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private final class UntilStopped implements ImportListener {

        private final City city = CityContext.current();

        /// The scheduler interrupts its jobs when the process ends.
        @Override
        public boolean isCancelled() {
            return Thread.currentThread().isInterrupted() || work.isLeaving(city);
        }
    }
}
