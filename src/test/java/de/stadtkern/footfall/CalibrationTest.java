package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.sensors.MeasuredTown;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;

/// Counts by hand beside a counter, the factors that follow, and figures read with them.
@StadtkernTest
class CalibrationTest {

    private static final String DAY = "?from=2026-05-05&to=2026-05-05";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown street;

    @BeforeEach
    void aTownThatCounts() {
        street = new CountingTown(context, TestTown.create(cities, port));
    }

    /// Quarters of an hour on 2026-05-05, in Berlin from ten to noon.
    private void market() {
        street.quarters("2026-05-05T08:00:00Z", 90, 110, 100, 100).quarters("2026-05-05T09:00:00Z", 50, 50, 50, 50);
        street.register("markt");
        street.keep();
    }

    private String count(String from, String to, int number) {
        String page = "/counters/" + street.counter;
        return street.editor.where(street.editor.fill(
                page,
                page + "/references",
                "count-key",
                "key-%s-%s".formatted(from, number).replace(":", ""),
                "count-day",
                "2026-05-05",
                "count-from",
                from,
                "count-to",
                to,
                "count-total",
                String.valueOf(number),
                "counted-by",
                "Ina"));
    }

    private HttpResponse<String> calibrate(String... namesAndValues) {
        String page = "/counters/" + street.counter;
        List<String> values = new ArrayList<>(List.of("role", "total", "why", "Abnahme"));
        values.addAll(List.of(namesAndValues));
        return street.editor.fill(page, page + "/calibrations", values.toArray(String[]::new));
    }

    private HttpResponse<String> typed(String factor, String from, String to) {
        return calibrate("factor", factor, "uncertainty", "5", "valid-from", from, "valid-to", to);
    }

    /// What the form of a calibration sends besides its version.
    private HttpResponse<String> change(long id, String verb, String... namesAndValues) {
        String action = "/counters/%d/calibrations/%d/%s".formatted(street.counter, id, verb);
        Map<String, String> values = form(action);
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put(namesAndValues[at], namesAndValues[at + 1]);
        }
        return street.editor.send(action, values);
    }

    private Map<String, String> form(String action) {
        String body = street.editor.open("/counters/" + street.counter).body();
        Matcher form = Pattern.compile(
                        "action=\"" + Pattern.quote(action)
                                + "\".*?name=\"_form\" value=\"([^\"]*)\".*?name=\"version\" value=\"([^\"]*)\"",
                        Pattern.DOTALL)
                .matcher(body);
        assertThat(form.find()).as("a form for " + action).isTrue();
        return new HashMap<>(Map.of("_form", form.group(1), "version", form.group(2)));
    }

    /// `08 440 (418–462) 1.1 1.1`: hour, figure, interval, factor and calibration of those that have a figure.
    private String hours(String query) {
        return street.csv("markt", query)
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> !cells[1].isEmpty())
                .map(cells -> "%s %s (%s–%s) %s %s"
                        .formatted(cells[0].substring(11, 13), cells[1], cells[2], cells[3], cells[10], cells[11])
                        .strip())
                .collect(Collectors.joining("\n"));
    }

    private String now() {
        return street.text("select to_json(clock_timestamp())#>>'{}'").replaceAll("\\+.*", "Z");
    }

    @Test
    void theDeviationOfACountByHandIsSaidAndAFactorFollowsFromIt() {
        market();
        assertThat(count("10:00", "11:00", 440)).isEqualTo("303 /counters/1");
        assertThat(street.editor.open("/counters/1").body()).contains("von Hand 440, Zählstelle 400 (−9,1\u00a0%)");
        assertThat(street.editor.where(calibrate("reference-1", "on", "valid-from", "2026-05-05")))
                .isEqualTo("303 /counters/1");
        assertThat(hours(DAY)).isEqualTo("""
            08 440 (384.2788–503.8009) 1.1 1.1
            09 220 (192.1394–251.9005) 1.1 1.1\
            """);
        assertThat(hours(DAY + "&calibration=off")).isEqualTo("""
            08 400 (–)
            09 200 (–)\
            """);
        assertThat(street.text("select string_agg(value || ' ' || counted, ', ' order by hour) from footfall_hour"
                        + " where value > 0"))
                .as("what is stored stays as it came")
                .isEqualTo("400 400, 200 200");
        assertThat(street.editor.open("/counters/1").body()).contains("Faktor 1,1 (± 14,5 %)");
    }

    @Test
    void pagesSayThatTheyAreCalibratedAndShowTheFiguresWithoutToo() {
        market();
        assertThat(street.town.get("/footfall").body()).doesNotContain("alibrier");
        typed("1,5", "2026-05-01", "");
        String page = street.town.get("/footfall/markt?day=2026-05-05").body();
        assertThat(page)
                .contains("900 gezählt")
                .contains("Kalibriert: Faktor 1,5 (± 5 %)")
                .contains("Fassung 1.1")
                .contains("href=\"/footfall/markt?day=2026-05-05&amp;calibration=off\"")
                .contains("600 (570–630)");
        String without = street.town
                .get("/footfall/markt?day=2026-05-05&calibration=off")
                .body();
        assertThat(without)
                .contains("600 gezählt")
                .contains("Ohne Kalibrierung: So viele hat das Gerät gezählt")
                .contains("day=2026-05-04&amp;calibration=off");
        assertThat(street.town.get("/footfall").body()).contains("Eine Zählstelle ist kalibriert");
        assertThat(street.town.get("/footfall?calibration=off").body()).contains("wie die Geräte sie zählten");
        LocalDate day = LocalDate.parse("2026-05-05");
        assertThat(street.town.in(() -> context.getBean(CounterAnswers.class)
                        .figure("footfall/markt", day, day)
                        .orElseThrow()
                        .value()))
                .as("a report says the same")
                .isEqualTo(900);
    }

    @Test
    void aFigurePublishedBeforeTheFactorWasCorrectedIsProducedAgain() {
        market();
        String raw = now();
        typed("1,1", "2026-05-05", "");
        String first = now();
        change(1, "withdraw");
        typed("1,2", "2026-05-05", "");
        String second = now();
        street.quarters("2026-05-05T08:00:00Z", 100, 100, 100, 200).keep();
        assertThat(hours(DAY)).startsWith("08 600 (570–630) 1.2 2.1");
        assertThat(hours(DAY + "&as-of=" + second)).startsWith("08 480 (456–504) 1.2 2.1");
        assertThat(hours(DAY + "&as-of=" + first)).startsWith("08 440 (418–462) 1.1 1.1");
        assertThat(hours(DAY + "&as-of=" + raw)).startsWith("08 400 (–)");
        assertThat(street.editor.open("/counters/1").body()).contains("Fassung 1.1, Alle: Faktor 1,1");
    }

    @Test
    void daysAreTheSumOfTheirHoursWhereverAFactorBegins() {
        street.street(new FootfallScenario("2026-03-01", "2026-04-10", 5)
                .missing("2026-03-20", 4, 9)
                .series());
        street.register("markt");
        street.keep().learn();
        calibrate(
                "factor",
                "1.3",
                "uncertainty",
                "5",
                "valid-from",
                "2026-03-10",
                "valid-from-time",
                "11:00",
                "valid-to",
                "2026-03-29",
                "valid-to-time",
                "15:00");
        calibrate("factor", "0.8", "uncertainty", "5", "valid-from", "2026-03-29", "valid-from-time", "15:00");
        LocalDate first = LocalDate.parse("2026-03-01");
        LocalDate last = LocalDate.parse("2026-04-10");
        Map<LocalDate, Double> sums = new HashMap<>();
        street.csv("markt", "?from=%s&to=%s".formatted(first, last))
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(cells -> !cells[1].isEmpty())
                .forEach(cells -> sums.merge(
                        LocalDate.ofInstant(Instant.parse(cells[0]), FootfallScenario.BERLIN),
                        Double.parseDouble(cells[1]),
                        Double::sum));
        List<FigureStore.DaySum> days = street.town.in(() -> {
            var figures = context.getBean(CalibratedFigures.class);
            return figures.days(List.of(1L), first, last, figures.factors(true), FootfallScenario.BERLIN);
        });
        assertThat(days).hasSize(41);
        days.forEach(day -> assertThat(day.counted() + day.estimated())
                .as(day.day().toString())
                .isCloseTo(sums.getOrDefault(day.day(), 0.0), within(0.01)));
        assertThat(days.stream().mapToDouble(FigureStore.DaySum::estimated).sum())
                .isPositive();
    }

    @Test
    void eachDirectionHasAFactorOfItsOwnAndAnHourIsTheirSum() {
        new MeasuredTown(context, street.town)
                .point("Kirchplatz")
                .counts("hinein", "Personen")
                .hour("2026-05-05T08:00:00Z", 60)
                .counts("hinaus", "Personen")
                .hour("2026-05-05T08:00:00Z", 40);
        String page = "/counters/new?thing=2";
        street.editor.fill(
                page, page, "name", "Markt", "slug", "markt", "role-2", "in", "role-3", "out", "shown", "on");
        street.counter = 1;
        street.keep();
        street.people.execute("update footfall_hour set inward = null");
        street.editor.fill(
                "/counters/1",
                "/counters/1/references",
                "count-key",
                "key-12345678",
                "count-day",
                "2026-05-05",
                "count-from",
                "10:00",
                "count-to",
                "11:00",
                "count-in",
                "72",
                "count-out",
                "36",
                "counted-by",
                "Ina");
        assertThat(street.editor.open("/counters/1").body())
                .contains("Hinein: von Hand 72, Zählstelle 60 (−16,7\u00a0%)")
                .contains("Hinaus: von Hand 36, Zählstelle 40 (+11,1\u00a0%)");
        assertThat(street.editor.where(calibrate("role", "in", "reference-1", "on", "valid-from", "2026-05-05")))
                .isEqualTo("303 /counters/1");
        calibrate("role", "out", "factor", "0.9", "uncertainty", "0", "valid-from", "2026-05-05");
        street.keep();
        assertThat(hours(DAY)).startsWith("08 108 (").endsWith("1.08 1.1 + 2.1");
        assertThat(street.town.get("/footfall/markt?day=2026-05-05").body())
                .contains("108 gezählt")
                .contains("Kalibriert, hinein: Faktor 1,2")
                .contains("Kalibriert, hinaus: Faktor 0,9");
    }

    @Test
    void aFactorThatWouldHoldTwiceIsRefusedAtItsFieldWithTheWayOut() {
        market();
        typed("1.1", "2026-05-01", "2026-05-10");
        assertThat(typed("1.2", "2026-05-10", "").body())
                .contains("Von 2026-05-01 00:00 bis 2026-05-11 00:00 gilt schon Fassung 1.1");
        assertThat(street.editor.where(typed("1.2", "2026-05-11", ""))).isEqualTo("303 /counters/1");
        assertThat(typed("1.3", "2027-01-01", "").body()).contains("Von 2026-05-11 00:00 bis … gilt schon");
        assertThat(street.editor.where(change(2, "end", "end-2", "2026-12-31"))).isEqualTo("303 /counters/1");
        assertThat(street.editor.where(typed("1.3", "2027-01-01", ""))).isEqualTo("303 /counters/1");
        assertThat(street.text("select string_agg(id || '.' || version, ' ' order by id) from footfall_calibration"
                        + " where until is null"))
                .isEqualTo("1.1 2.2 3.1");
    }

    @Test
    void twoAtOnceDoNotGetTwoFactorsForOneHour() {
        market();
        String page = "/counters/1";
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        String token = street.editor.tokens(page).getFirst();
        for (int each = 0; each < 8; each++) {
            String factor = "1." + (each + 1);
            answers.add(CompletableFuture.supplyAsync(() -> street.editor
                    .send(
                            page + "/calibrations",
                            Map.of(
                                    "_form",
                                    token,
                                    "role",
                                    "total",
                                    "factor",
                                    factor,
                                    "uncertainty",
                                    "1",
                                    "valid-from",
                                    "2026-05-05",
                                    "why",
                                    "zugleich"))
                    .statusCode()));
        }
        assertThat(answers.stream().map(CompletableFuture::join).sorted().toList())
                .isEqualTo(List.of(303, 422, 422, 422, 422, 422, 422, 422));
    }

    @Test
    void theDatabaseItselfHoldsNoTwoFactorsForOneHourOfADirection() {
        market();
        var store = context.getBean(CalibrationStore.class);
        var random = new SplittableRandom(3);
        List<Calibration> held = new ArrayList<>();
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            Calibration wish = FactorTest.random(random, Role.TOTAL, Role.IN, Role.OUT);
            boolean taken = held.stream().anyMatch(wish::overlaps);
            boolean stored = street.town.in(() -> {
                try {
                    return store.put(null, wish, Instant.now()) > 0;
                } catch (DataIntegrityViolationException overlapping) {
                    return false;
                }
            });
            assertThat(stored).as(wish.toString()).isEqualTo(!taken);
            if (stored) {
                held.add(wish);
            } else {
                refused++;
            }
            if (round % 40 == 39) {
                street.people.execute("update footfall_calibration set until = now() where until is null");
                held.clear();
            }
        }
        assertThat(refused).isBetween(30, 290);
    }

    @Test
    void whatIsWithdrawnIsTakenBackAndTwoAtOnceAreTold() {
        market();
        typed("1.1", "2026-05-05", "");
        Map<String, String> seen = form("/counters/1/calibrations/1/withdraw");
        change(1, "end", "end-1", "2026-12-31");
        assertThat(street.editor
                        .send("/counters/1/calibrations/1/withdraw", seen)
                        .statusCode())
                .as("somebody has ended it meanwhile")
                .isEqualTo(422);
        change(1, "withdraw");
        assertThat(hours(DAY)).startsWith("08 400 (–)");
        String change = street.text("select max(id)::text from change where kind = 'counter-calibration'");
        street.editor.fill("/counters/1", "/changes/%s/undo".formatted(change), "back", "/counters/1");
        assertThat(hours(DAY)).startsWith("08 440 (418–462) 1.1 1.3");
        assertThat(street.text("select string_agg(before is null || ' ' || (after is null), ', ' order by id) from"
                        + " change where kind = 'counter-calibration'"))
                .isEqualTo("true false, false false, false true, true false");
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        market();
        count("10:00", "11:00", 440);
        count("10:05", "10:15", 70);
        assertThat(street.editor.open("/counters/1").body()).contains("Nicht vergleichbar");
        assertThat(count("11:00", "10:00", 1)).startsWith("422");
        assertThat(typed("0", "2026-05-05", "").body()).contains("Zahl von 0,1 bis 10");
        assertThat(typed("viel", "2026-05-05", "").body()).contains("Zahl von 0,1 bis 10");
        assertThat(typed("1.1", "", "").body()).contains("Sagen Sie, wann es beginnt");
        assertThat(typed("1.1", "2026-05-05", "2026-05-01").body()).contains("Das Ende liegt nach dem Beginn");
        assertThat(calibrate("valid-from", "2026-05-05").body()).contains("eines von beiden");
        assertThat(calibrate("valid-from", "2026-05-05", "reference-1", "on", "factor", "1")
                        .body())
                .contains("eines von beiden");
        assertThat(calibrate("valid-from", "2026-05-05", "reference-2", "on").body())
                .contains("nicht vergleichbar");
        assertThat(calibrate(
                                "valid-from",
                                "2026-05-05",
                                "valid-from-time",
                                "10:30",
                                "factor",
                                "1.1",
                                "uncertainty",
                                "1")
                        .body())
                .contains("ganze Stunden");
        assertThat(calibrate("valid-from", "2026-05-05", "factor", "1.1", "uncertainty", "1", "why", "")
                        .body())
                .contains("Nennen Sie den Grund");
        assertThat(street.text("select count(*)::text from footfall_calibration"))
                .isEqualTo("0");
    }

    @Test
    void aCountOfAPhoneIsStoredOnceHoweverOftenItIsSent() {
        market();
        String token = street.editor.tokens("/counters/1/count").getFirst();
        Map<String, String> sent = Map.of(
                "_form",
                token,
                "count-key",
                "0123456789abcdef",
                "count-from",
                "2026-05-05T08:00:00.120Z",
                "count-to",
                "2026-05-05T08:59:59.900Z",
                "counted-by",
                "Ina",
                "count-total",
                "431");
        assertThat(street.editor.send("/counters/1/count", sent).statusCode()).isEqualTo(201);
        assertThat(street.editor.send("/counters/1/count", sent).statusCode()).isEqualTo(200);
        assertThat(street.text("select count(*) || ' ' || sum(everybody) from footfall_reference"))
                .isEqualTo("1 431");
        Map<String, String> wrong = new HashMap<>(sent);
        wrong.put("count-key", "another-key");
        wrong.put("count-total", "-1");
        HttpResponse<String> refused = street.editor.send("/counters/1/count", wrong);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(street.town.get("/counters/1/count").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aReferenceCountIsDeletedAndThatIsTakenBack() {
        market();
        count("10:00", "11:00", 440);
        street.editor.fill("/counters/1", "/counters/1/references/1/delete");
        assertThat(street.text("select count(*)::text from footfall_reference")).isEqualTo("0");
        String change = street.text("select max(id)::text from change where kind = 'counter-reference'");
        street.editor.fill("/counters/1", "/changes/%s/undo".formatted(change), "back", "/counters/1");
        assertThat(street.text("select counted_by || ' ' || everybody from footfall_reference"))
                .isEqualTo("Ina 440");
    }
}
