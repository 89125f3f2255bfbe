package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Nobody asks all the time, and nobody is known by it.
@StadtkernTest
class AskingLimitsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private static final class Time extends Clock {
        Instant now = Instant.parse("2026-12-01T23:59:30Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void aNetworkHasItsQuestionsForEachMinuteAndOthersHaveTheirs() {
        TestTown town = TestTown.create(cities, port);
        Time time = new Time();
        AskingLimits limits = new AskingLimits(2, time);
        town.in(() -> {
            limits.require("question", "network 203.0.113.7");
            limits.require("question", "network 203.0.113.7");
            assertThatThrownBy(() -> limits.require("question", "network 203.0.113.7"))
                    .hasMessageContaining("Too many questions");
            limits.require("question", "network 203.0.113.8");
            limits.require("word", "network 203.0.113.7");
            time.now = time.now.plusSeconds(31);
            limits.require("question", "network 203.0.113.7");
            return true;
        });
    }

    @Test
    void whoAsksTooMuchIsToldWhenToGoOnAndKeepsTheQuestion() {
        ChatScenario chat = new ChatScenario(context, TestTown.create(cities, port));
        List<Integer> answers = new ArrayList<>();
        HttpResponse<String> last = chat.ask("{\"question\": \"Danke\"}");
        // The minute may end in between.
        for (int asked = 0; asked < 130 && last.statusCode() == 200; asked++) {
            last = chat.ask("{\"question\": \"Danke\"}");
            answers.add(last.statusCode());
        }
        assertThat(ChatScenario.said(last)).isEqualTo("429 question-too-many question");
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(answers).hasSizeGreaterThan(58);
        var somebody = chat.people.somebody();
        HttpResponse<String> page = somebody.send("/chat", java.util.Map.of("question", "Wo ist das Rathaus?"));
        assertThat(page.statusCode()).isIn(422, 303);
        if (page.statusCode() == 422) {
            assertThat(page.body()).contains("zu viele Fragen in einer Minute", "value=\"Wo ist das Rathaus?\"");
        }
    }
}
