package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Somebody without an account reads all that is published of a counter and wants to know which way few people went, in
/// which part of the street, or of which kind they were.
/// Three towns are alike but for that: in the second one hidden hours divide otherwise, in the third one shown ones do.
@StadtkernTest
class DirectionsAttackTest {

    private static final int DAYS = 45;
    private static final int PAGES = 400;
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)");
    /// Files whose cells are those of CSV and whose times of making cannot be told from others; the sign, which has no
    /// figures and draws the town's address.
    private static final Pattern LEFT_OUT = Pattern.compile("counters|\\.pdf|\\.xlsx|\\.excel|/sign|lang=|easy=");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);

    /// How the passages of an hour divide in a town, be it by directions, zones or classes.
    private interface Way {

        /// @param usual as they divide in the town the others are compared with
        int[] parts(int[] usual, SplittableRandom random);
    }

    private DividedTown town(Way way) {
        var town = new DividedTown(context, TestTown.create(cities, port));
        LocalHours clock = LocalHours.ofDays(FootfallScenario.BERLIN, today.minusDays(DAYS), today.minusDays(1));
        var counts = new SplittableRandom(3);
        var hidden = new SplittableRandom(4);
        for (int at = 0; at < clock.size(); at++) {
            int busy = Math.max(0, 12 - Math.abs(clock.hour(at) - 14));
            int total = counts.nextInt(6 + busy * 6);
            int[] ways = way.parts(divided(total, 2, counts), hidden);
            int[] zones = way.parts(divided(total, 3, counts), hidden);
            int[] kinds = way.parts(divided(total, 2, counts), hidden);
            Instant start = clock.start(at);
            town.hour(start, ways[0], ways[1])
                    .all(start, total)
                    .zones(start, zones[0], zones[1], zones[2])
                    .classes(start, kinds[0], kinds[1]);
        }
        town.registerParts("sum-for-all", "on").keep().closeDirections();
        town.calibrate("1.3", "0.8", today.minusDays(20).toString());
        town.street.learn();
        return town;
    }

    private static int[] divided(int total, int number, SplittableRandom random) {
        int[] parts = new int[number];
        int left = total;
        for (int part = 0; part < number - 1; part++) {
            parts[part] = random.nextInt(left + 1);
            left -= parts[part];
        }
        parts[number - 1] = left;
        return parts;
    }

    private static boolean isHidden(int[] parts) {
        return IntStream.of(parts).sum() > 0 && IntStream.of(parts).min().orElseThrow() < Suppression.USUAL.smallest();
    }

    /// Any other way in which it stays hidden; of three zones, one who went in none of them is hidden too.
    private static int[] otherwise(int[] usual, SplittableRandom random) {
        int total = IntStream.of(usual).sum();
        int[] other = usual;
        while (Arrays.equals(other, usual) || !isHidden(other)) {
            other = divided(total, usual.length, random);
        }
        if (usual.length > 2 && other[0] > 1 && random.nextBoolean()) {
            other[0]--;
        }
        return other;
    }

    private static int[] reversed(int[] usual) {
        return IntStream.range(0, usual.length)
                .map(part -> usual[usual.length - 1 - part])
                .toArray();
    }

    @Test
    void nothingThatIsPublishedTellsHowAHiddenHourDivides() throws InterruptedException {
        DividedTown one = town((usual, _) -> usual);
        DividedTown other = town((usual, random) -> isHidden(usual) ? otherwise(usual, random) : usual);
        DividedTown open = town((usual, _) -> isHidden(usual) ? usual : reversed(usual));
        Thread.sleep(1_600); // what is closed is looked up at most so often
        Map<String, String> published = published(one);
        assertThat(published).hasSizeGreaterThan(60);
        assertThat(published.keySet().toString())
                .contains(
                        "directions.csv",
                        "parts.csv",
                        "of=class",
                        "hours.json",
                        "month.atom",
                        "/embed/footfall/kirchplatz",
                        "/search?q=");
        Map<String, String> attacked = published(other);
        assertThat(attacked.keySet()).isEqualTo(published.keySet());
        assertThat(published.keySet())
                .as("what is published says the same, byte for byte")
                .allSatisfy(path -> assertThat(attacked.get(path)).as(path).isEqualTo(published.get(path)));
        Map<String, String> differing = published(open);
        assertThat(published.entrySet())
                .as("what is not hidden can be read")
                .anyMatch(page -> page.getKey().contains("/directions")
                        && !page.getValue().equals(differing.get(page.getKey())))
                .anyMatch(page -> page.getKey().contains("/parts?of=zone")
                        && !page.getValue().equals(differing.get(page.getKey())))
                .anyMatch(page -> page.getKey().contains("of=class&by=single")
                        && !page.getValue().equals(differing.get(page.getKey())))
                .anyMatch(page ->
                        page.getKey().contains("hours.csv") && !page.getValue().equals(differing.get(page.getKey())));
        assertThat(one.street.text(
                        "select count(*)::text from footfall_hour where least(inward, counted - inward) < 5"))
                .isNotEqualTo("0");
        assertThat(one.street.text(
                        "select count(*)::text from footfall_hour where counted > 0 and (parts->>'9')::float8 < 5"))
                .isNotEqualTo("0");
    }

    /// All that leads on from these addresses, by address.
    private Map<String, String> published(DividedTown town) {
        String days = "?from=%s&to=%s".formatted(today.minusDays(DAYS), today);
        Deque<String> open = new ArrayDeque<>(List.of(
                "/footfall",
                "/footfall/kirchplatz",
                "/footfall/kirchplatz/hours.csv" + days,
                "/footfall/kirchplatz/hours.json" + days,
                "/footfall/kirchplatz/hours.csv" + days + "&as-of=" + Instant.now(),
                "/footfall/kirchplatz/directions" + days,
                "/footfall/kirchplatz/directions.csv" + days,
                "/footfall/kirchplatz/directions.json" + days + "&by=day",
                "/footfall/kirchplatz/parts" + days + "&of=class",
                "/footfall/kirchplatz/parts.csv" + days + "&of=zone&by=day",
                "/footfall/kirchplatz/parts.csv" + days + "&of=zone&by=single",
                "/footfall/kirchplatz/parts.json" + days + "&of=class&by=single",
                "/footfall/kirchplatz/parts.csv" + days + "&of=zone&by=single&as-of=" + Instant.now(),
                "/embed/footfall/kirchplatz",
                "/embed/footfall/kirchplatz/parts" + days,
                "/embed/footfall/kirchplatz/directions" + days,
                "/footfall/compare?place=kirchplatz&from=%s&to=%s".formatted(today.minusDays(7), today.minusDays(1)),
                "/footfall/month?place=kirchplatz",
                "/footfall/month.csv?place=kirchplatz",
                "/footfall/month.atom?place=kirchplatz",
                "/footfall/quality",
                "/footfall/kirchplatz/quality",
                "/search?q=Kirchplatz",
                "/sensors",
                "/api/v1/latest",
                "/sta/v1.1/Things?$expand=Datastreams($expand=Observations)",
                "/sta/v1.1/Observations"));
        Map<String, String> published = new LinkedHashMap<>();
        while (!open.isEmpty() && published.size() < PAGES) {
            String path = open.poll();
            String key = path.replaceAll("as-of=.*", "as-of=now");
            if (published.containsKey(key)) {
                continue;
            }
            HttpResponse<String> answer = town.street.town.get(path.replace("$", "%24"));
            assertThat(answer.statusCode()).as(path).isLessThan(500);
            published.put(key, plain(answer.body(), town));
            Matcher link = LINK.matcher(answer.body());
            while (link.find()) {
                String next = link.group(1).replace("&amp;", "&");
                if (next.contains("/footfall") && !LEFT_OUT.matcher(next).find()) {
                    open.add(next);
                }
            }
        }
        return new TreeMap<>(published);
    }

    /// Without the town's name, and without the moments at which things were made.
    private static String plain(String body, DividedTown town) {
        return body.replace(town.street.town.city().slug(), "TOWN")
                .replace(town.street.town.city().name(), "TOWN")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[.,]\\d+Z?", "MADE")
                .replaceAll("nonce-?[^ \"]*|name=\"_form\" value=\"[^\"]*\"", "ONCE");
    }
}
