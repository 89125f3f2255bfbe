package de.stadtkern.watches;

import de.stadtkern.TestTown;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.StoreScenario;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContext;

/// A Datastream, an editor who has it watched, and what they hear of it.
final class WatchScenario {

    private final ApplicationContext context;
    private final TestTown town;
    final PeopleScenario people;
    final StoreScenario store;
    final PeopleScenario.Browser editor;
    final long datastream;

    WatchScenario(ApplicationContext context, TestTown town, String aggregation) {
        this.context = context;
        this.town = town;
        people = new PeopleScenario(context, town);
        store = new StoreScenario(context, town);
        editor = people.loggedIn("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        datastream = store.datastream(aggregation);
    }

    /// The page's form with these fields; says where it leads.
    String watch(String... namesAndValues) {
        String page = "/watches/new?datastream=" + datastream;
        Map<String, String> values = new HashMap<>(Map.of(
                "name",
                "Wache",
                "kind",
                "limit",
                "lasting",
                "PT0S",
                "silence",
                "3",
                "factor",
                "3",
                "mails",
                "ole@example.org"));
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        String[] all = values.entrySet().stream()
                .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
        return editor.where(editor.fill(page, page, all));
    }

    WatchScenario value(String time, double number) {
        store.write(datastream, time, number);
        return this;
    }

    void look() {
        town.in(() -> {
            context.getBean(WatchJob.class).look(Instant.now());
            return true;
        });
    }

    /// Looks until the mails are these, joined by ` | `; the job of the process looks too.
    String mails(String expected) {
        return until(expected, "select coalesce(string_agg(subject, ' | ' order by id), '') from mail");
    }

    /// Looks until an answer of the database is this.
    String until(String expected, String sql) {
        String now = "";
        for (int look = 0; look < 60; look++) {
            look();
            now = people.text(sql);
            if (now.equals(expected)) {
                return now;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        return now;
    }

    String lastMail() {
        return people.text("select body from mail order by id desc limit 1");
    }

    /// What the page says is going on.
    String open() {
        String body = editor.open("/watches").body();
        String part = body.substring(body.indexOf("Was gerade los ist"), body.indexOf("Alle Beobachtungen"));
        var said = Pattern.compile("kern-title\">([^<]*)</p>").matcher(part);
        return said.find() ? said.group(1) : "";
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    TestTown town() {
        return town;
    }
}
