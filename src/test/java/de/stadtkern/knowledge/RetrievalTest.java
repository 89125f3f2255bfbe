package de.stadtkern.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How often the right service comes first and among three, for questions as citizens ask them. The data lie beside
/// the project, not in it.
@StadtkernTest
@EnabledIf("hasData")
class RetrievalTest {

    private static final Path DATA =
            Path.of("../shared/data/chat").toAbsolutePath().normalize();

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    static boolean hasData() {
        return Files.isReadable(DATA.resolve("munich_services.json"));
    }

    @Test
    void theRightServiceIsMostlyAmongThree() throws Exception {
        KnowledgeScenario town = new KnowledgeScenario(context, TestTown.create(cities, port));
        town.command(DATA, "munich_services.json", "--town", town.town.city().slug());
        JsonMapper json = new JsonMapper();
        int all = 0;
        int first = 0;
        int third = 0;
        TreeMap<String, int[]> byStyle = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (String line : Files.readAllLines(DATA.resolve("dev/D.jsonl"))) {
            JsonNode question = json.readTree(line);
            List<String> expected = new ArrayList<>();
            question.path("expected_service_ids").forEach(id -> expected.add(id.asString()));
            List<String> found =
                    town.town.in(() -> town
                            .bean(Knowledge.class)
                            .answerable(question.path("question").asString(), Locale.GERMAN, 10)
                            .texts()
                            .stream()
                            .map(Candidate::id)
                            .toList());
            int place = found.stream()
                    .filter(expected::contains)
                    .mapToInt(found::indexOf)
                    .min()
                    .orElse(99);
            all++;
            first += place == 0 ? 1 : 0;
            third += place < 3 ? 1 : 0;
            for (JsonNode style : question.path("style")) {
                int[] sums = byStyle.computeIfAbsent(style.asString(), _ -> new int[3]);
                sums[0]++;
                sums[1] += place == 0 ? 1 : 0;
                sums[2] += place < 3 ? 1 : 0;
            }
            if (place > 2) {
                missed.add(question.path("id").asString() + " @" + place + " "
                        + question.path("question").asString());
            }
        }
        System.out.printf(
                "RETRIEVAL %d questions, first %.3f, among three %.3f%n",
                all, (double) first / all, (double) third / all);
        byStyle.forEach((style, sums) -> System.out.printf("  %s %d: %d, %d%n", style, sums[0], sums[1], sums[2]));
        missed.forEach(System.out::println);
        assertThat((double) third / all).isGreaterThanOrEqualTo(0.85);
    }
}
