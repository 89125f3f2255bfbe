package de.stadtkern.demo;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import de.stadtkern.identity.Rights;
import de.stadtkern.knowledge.Knowledge;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings the demo town's texts and its calendar in, once: what an editor does to them afterwards stays.
@Component
class DemoKnowledge implements TownJob {

    static final String FILE = "wissen";

    private final DemoWork work;
    private final Knowledge knowledge;
    private final Rights rights;
    private final JdbcClient jdbc;

    DemoKnowledge(DemoWork work, Knowledge knowledge, Rights rights, DataSource dataSource) {
        this.work = work;
        this.knowledge = knowledge;
        this.rights = rights;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public String name() {
        return "demo-knowledge";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        work.in(CityContext.current(), () -> {
            if (!isDone()) {
                rights.asOperator(this::bring);
            }
        });
    }

    private boolean isDone() {
        return jdbc.sql("select exists (select from demo_import where file = ?)")
                .param(FILE)
                .query(Boolean.class)
                .single();
    }

    /// The same texts once more change nothing, so an interruption does no harm.
    private int bring() {
        var content = new ClassPathResource("demo/" + FILE + ".jsonl");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content.getInputStream(), StandardCharsets.UTF_8))) {
            int refused = knowledge.bring(lines);
            if (refused > 0) {
                throw new IllegalStateException("%d texts of the demo were refused".formatted(refused));
            }
            String calendar =
                    new ClassPathResource("demo/veranstaltungen.ics").getContentAsString(StandardCharsets.UTF_8);
            knowledge.bringCalendar("veranstaltungen", "Veranstaltungen (Beispiele)", calendar);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return jdbc.sql("insert into demo_import (file) values (?) on conflict do nothing")
                .param(FILE)
                .update();
    }
}
