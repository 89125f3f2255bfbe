package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.seams.Fact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/// A town of Thuringia with texts and calendars, whose facts are asked for at a moment.
final class FactsTown {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    final TestTown town;
    final PeopleScenario people;
    final PeopleScenario.Browser editor;
    private final ApplicationContext context;

    FactsTown(ApplicationContext context, Cities cities, int port) {
        this.context = context;
        String slug = "facts-" + Long.toString(System.nanoTime(), 36);
        town = TestTown.of(cities.create(NewCity.named(slug, "Teststadt").withArs("160530000000")), port);
        people = new PeopleScenario(context, town);
        editor = people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
    }

    /// Brings in JSON lines; says how many were refused.
    int bring(String... lines) {
        return town.in(() -> context.getBean(Rights.class).asOperator(() -> {
            try {
                return context.getBean(Knowledge.class)
                        .bring(new BufferedReader(new StringReader(String.join("\n", lines))));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }));
    }

    void calendar(String... events) {
        if (!editor.open("/knowledge").body().contains("/knowledge/kalender")) {
            assertThat(editor.where(editor.fill(
                            "/knowledge/new/calendar",
                            "/knowledge/new/calendar",
                            "name",
                            "Kalender",
                            "audience",
                            "public",
                            "language",
                            "de")))
                    .isEqualTo("303 /knowledge/kalender");
        }
        String file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
        String token = editor.tokens("/knowledge/kalender").getFirst();
        assertThat(editor.upload(
                                "/knowledge/kalender/upload?_form=" + token,
                                Map.of(),
                                "file",
                                "x.ics",
                                file.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(303);
    }

    static Instant at(String time) {
        return LocalDateTime.parse(time).atZone(ZONE).toInstant();
    }

    List<Fact> offices(String question, Locale language, String time) {
        return town.in(() -> context.getBean(OfficeFacts.class).facts(question, language, at(time)));
    }

    List<Fact> events(String question, Locale language, String time) {
        return town.in(() -> context.getBean(EventFacts.class).facts(question, language, at(time)));
    }

    Reply ask(String question) {
        return town.in(() -> context.getBean(Chat.class)
                .ask(question, Locale.GERMAN, false, Before.NOTHING)
                .reply());
    }

    static String said(List<Fact> facts) {
        return facts.stream().map(Fact::sentence).collect(Collectors.joining("\n"));
    }
}
