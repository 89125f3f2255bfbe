package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.TestTown;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of directions and of small numbers in a browser, with pictures in `target/screens`.
class DirectionsInBrowserTest extends CountersInBrowser {

    private DividedTown busy;
    private DividedTown quiet;

    @BeforeAll
    void townsThatCountBothDirections() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        LocalHours clock = LocalHours.ofDays(FootfallScenario.BERLIN, today.minusDays(60), today.minusDays(1));
        var random = new SplittableRandom(1);
        busy = new DividedTown(context, TestTown.create(cities, port));
        quiet = new DividedTown(context, TestTown.create(cities, port));
        for (int at = 0; at < clock.size(); at++) {
            int hour = clock.hour(at);
            double all = Math.max(0, 400 * Math.sin((hour - 5) / 18.0 * Math.PI));
            double share = 0.72 - 0.022 * (hour - 6);
            double in = Math.rint(all * share * (0.8 + 0.4 * random.nextDouble()));
            double out = Math.rint(all - all * share);
            Instant start = clock.start(at);
            busy.hour(start, in, out).all(start, in + out);
            double north = Math.rint((in + out) * (0.3 + hour * 0.015));
            double children = Math.rint((in + out) * (hour > 13 && hour < 18 ? 0.12 : 0.04));
            busy.zones(start, north, Math.rint((in + out - north) * 0.8), Math.rint((in + out - north) * 0.15))
                    .classes(start, in + out - children, children);
            quiet.hour(start, random.nextInt(4), random.nextInt(9)).zones(start, 1, 1, 1);
        }
        busy.registerParts().keep().calibrate("1.1", "1.05", today.minusDays(10).toString());
        quiet.register("role-5", "zone", "role-6", "zone", "role-7", "zone").keep();
        quiet.street.hour(clock.start(clock.size() - 5).toString(), 12);
        quiet.street.register("markt");
        quiet.keep();
    }

    @Test
    void everybodySeesWhichWayPeopleGo() {
        look(busy.street, "directions", "/footfall/kirchplatz/directions");
        look(busy.street, "directions-year", directionsOf(365));
        look(busy.street, "directions-embedded", "/embed/footfall/kirchplatz/directions");
        look(busy.street, "place-with-directions", "/footfall/kirchplatz");
        look(quiet.street, "directions-hidden", "/footfall/kirchplatz/directions");
        look(quiet.street, "directions-hidden-embedded", "/embed/footfall/kirchplatz/directions");
        look(quiet.street, "directions-none", "/footfall/kirchplatz/directions?from=2001-01-01&to=2001-01-02");
        look(quiet.street, "directions-undivided", "/footfall/markt/directions");
    }

    @Test
    void everybodySeesInWhichPartOfTheStreetPeopleGoAndOfWhichKindTheyAre() {
        String day = "?from=%s&to=%s".formatted(last(), last());
        look(busy.street, "parts", "/footfall/kirchplatz/parts");
        look(busy.street, "parts-kinds", "/footfall/kirchplatz/parts?of=class");
        look(busy.street, "parts-day", "/footfall/kirchplatz/parts" + day);
        look(busy.street, "parts-year", directionsOf(365).replace("directions", "parts"));
        look(busy.street, "parts-embedded", "/embed/footfall/kirchplatz/parts");
        look(busy.street, "parts-kinds-embedded", "/embed/footfall/kirchplatz/parts?of=class");
        look(quiet.street, "parts-hidden", "/footfall/kirchplatz/parts");
        look(quiet.street, "parts-hidden-embedded", "/embed/footfall/kirchplatz/parts");
        look(quiet.street, "parts-none", "/footfall/kirchplatz/parts?from=2001-01-01&to=2001-01-02");
        look(quiet.street, "parts-undivided", "/footfall/markt/parts");
        look(quiet.street, "parts-wrong", "/footfall/kirchplatz/parts?from=2026-05-05&to=2026-05-01");
    }

    private static LocalDate last() {
        return LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN).minusDays(1);
    }

    private static String directionsOf(int days) {
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        return "/footfall/kirchplatz/directions?from=%s&to=%s".formatted(today.minusDays(days), today);
    }

    @Test
    void editorsSetTheSmallestNumber() {
        look(busy.street, "privacy", "/counters/privacy");
        look(busy.street, "counter-with-open-parts", "/counters/1");
        Page page = page(busy.street, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(busy.street, "/counters/privacy"));
        page.locator("#smallest").fill("1");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".form-errors").textContent()).contains("ganze Zahl von 3 bis 100");
        PageCheck.of(page, "footfall-privacy-wrong");
        page.locator("#smallest").fill("7");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator("main").textContent()).contains("Rückgängig");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aTimeThatEndsBeforeItBeginsIsSaidAtItsField() {
        Page page = page(busy.street, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(busy.street, "/footfall/kirchplatz/directions?from=2026-05-05&to=2026-05-01"));
        assertThat(page.locator(".form-errors").textContent()).contains("Das Ende liegt nach dem Beginn");
        PageCheck.of(page, "footfall-directions-wrong");
        assertThat(complaints).isEmpty();
    }
}
