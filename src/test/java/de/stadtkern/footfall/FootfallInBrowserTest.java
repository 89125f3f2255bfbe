package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.TestTown;
import de.stadtkern.page.TestPictures;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of counters in a browser, with pictures in `target/screens`.
class FootfallInBrowserTest extends CountersInBrowser {

    private CountingTown years;
    private CountingTown young;
    private CountingTown empty;

    @BeforeAll
    void townsThatCount() {
        empty = new CountingTown(context, TestTown.create(cities, port));
        young = new CountingTown(context, TestTown.create(cities, port));
        young.register("leer");
        fillIn(young);
        years = new CountingTown(context, TestTown.create(cities, port));
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        String gap = today.minusDays(5).toString();
        String whole = today.minusDays(9).toString();
        years.street(new FootfallScenario(
                        today.minusDays(900).toString(), today.minusDays(1).toString(), 3)
                .missing(gap, 10, 5)
                .missing(whole, 0, 24)
                .series());
        years.hours(
                today.atStartOfDay(FootfallScenario.BERLIN).toInstant().toString(),
                Math.max(1, (int) ChronoUnit.HOURS.between(
                        today.atStartOfDay(FootfallScenario.BERLIN).toInstant(), Instant.now())),
                40);
        years.register(
                "markt",
                "place",
                "Vor dem Rathaus",
                "technique",
                "Laser",
                "sees-de",
                "Ein Laser misst Abstände.",
                "sees-en",
                "A laser measures distances.",
                "sees-easy",
                "Ein Laser misst, wie weit etwas weg ist.",
                "responsible",
                "Stadt",
                "contact",
                "zaehlen@example.org");
        years.keep().learn();
        years.period("blocked", today.minusDays(2) + "T08:00", today.minusDays(2) + "T12:00", "Kanalbau");
        years.period("note", today.toString(), "", "Weihnachtsmarkt");
        years.keep();
        years.people.execute("""
            insert into footfall_flag (counter_id, fault, from_at, to_at, low, high, counted, explanation, verdict, cause, judged_at)
            values (1, 'zero', now() - interval '3 days', now() - interval '2 days 20 hours', 120, 340, 0, 'none', 'open', '', null),
              (1, 'stuck', now() - interval '9 days', now() - interval '8 days', 12, 34, 17, 'none', 'explained', 'Wartung', now())
            """);
        years.people.execute("""
            insert into footfall_score (counter_id, day, kind, hours, counted, off, plain_off, likely, wide)
            select 1, current_date - n, 'forecast', 24, 4000 + 30 * n, 700 + 10 * n, 1100, 19, 23 from generate_series(1, 60) as x(n)
            union all select 1, current_date - 7 * n, 'gap', 24, 4000, 500, 800, 20, 23 from generate_series(1, 4) as y(n)
            """);
    }

    /// Opening hours, a photo that is shown, and school holidays.
    private static void fillIn(CountingTown town) {
        String opening = "/counters/1/opening";
        town.editor.fill(opening, opening, "from", "2026-01-01", "monday", "8-12, 14-18", "saturday", "8:30-14");
        town.editor.fill(opening, opening + "/day", "day", "2026-12-24", "times", "", "day-reason", "Heiligabend");
        town.editor.fill(
                "/counters/holidays",
                "/counters/holidays",
                "holidays",
                "Ferien A; 2026-02-16; 2026-02-21\nFerien B; 2026-07-04; 2026-08-14");
        String documents = "/counters/1/documents";
        String form = town.editor
                .open(documents)
                .body()
                .replaceAll("(?s).*action=\"(/counters/1/documents\\?[^\"]+)\".*", "$1");
        var photo = Map.of("title", "Aushang am Mast", "alt", "Ein Schild mit QR-Code an einem Mast", "shown", "on");
        assertThat(town.editor
                        .upload(form, photo, "file", "aushang.png", TestPictures.png(1200, 800))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void everybodyCanUseThePages() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        look(empty, "none", "/footfall");
        look(years, "all", "/footfall");
        look(years, "all-easy", "/footfall?easy=1");
        look(years, "place", "/footfall/markt");
        look(empty, "quality-none", "/footfall/quality");
        look(years, "quality", "/footfall/quality");
        look(years, "quality-of-one", "/footfall/markt/quality");
        look(years, "place-gap", "/footfall/markt?day=" + today.minusDays(5));
        look(years, "place-all-estimated", "/footfall/markt?day=" + today.minusDays(9));
        look(years, "place-without-estimates", "/footfall/markt?day=%s&estimates=off".formatted(today.minusDays(9)));
        look(years, "place-blocked", "/footfall/markt?day=" + today.minusDays(2));
        look(years, "place-before", "/footfall/markt?day=2001-01-01");
        look(years, "sign", "/footfall/markt/sign");
        look(years, "sign-easy", "/footfall/markt/sign?easy=1");
        look(young, "sign-photo", "/footfall/leer/sign");
        look(young, "place-nothing", "/footfall/leer");
    }

    @Test
    void theWeatherStandsBesideTheDayAndHasAPageOfItsOwn() {
        look(empty, "weather-none", "/counters/weather");
        CountingTown wet = new CountingTown(context, TestTown.create(cities, port));
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        wet.place(
                "markt",
                "Markt",
                new FootfallScenario(
                                today.minusDays(60).toString(),
                                today.minusDays(1).toString(),
                                3)
                        .series());
        wet.keep().learn();
        Instant begin =
                today.minusDays(60).atStartOfDay(FootfallScenario.BERLIN).toInstant();
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        WeatherStation station = new WeatherStation(wet);
        look(wet, "weather-choose", "/counters/weather");
        station.observes(
                        begin,
                        now,
                        hour -> -2.4 + LocalHours.epochHour(hour) % 24 / 2.0,
                        hour -> LocalHours.epochHour(hour) % 5 == 0 ? 0.7 : 0)
                .forecasts(now, now.plus(7, ChronoUnit.DAYS), 3.6, 0.2)
                .choose();
        look(wet, "weather", "/counters/weather");
        look(wet, "place-weather", "/footfall/markt");
        look(wet, "place-weather-yesterday", "/footfall/markt?day=" + today.minusDays(1));
        look(
                wet,
                "compare-weather",
                "/footfall/compare?place=markt&from=%s&to=%s&with=previous"
                        .formatted(today.minusDays(14), today.minusDays(1)));
        Page page = page(wet, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(wet, "/counters/weather"));
        page.locator("#temperature").selectOption("");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".form-errors").textContent()).contains("auch, was beobachtet wurde");
        PageCheck.of(page, "footfall-weather-errors");
        assertThat(complaints).isEmpty();
    }

    @Test
    void oneHourIsEnoughForAPage() {
        CountingTown one = new CountingTown(context, TestTown.create(cities, port));
        one.hour(
                Instant.now()
                        .truncatedTo(ChronoUnit.HOURS)
                        .minus(4, ChronoUnit.HOURS)
                        .toString(),
                12);
        one.register("markt");
        one.keep().learn();
        look(one, "place-one-hour", "/footfall/markt");
        look(one, "all-one-hour", "/footfall");
    }

    @Test
    void editorsCanUseThePages() {
        look(empty, "counters-none", "/counters");
        look(empty, "counters-choose", "/counters/new");
        look(empty, "counters-new", "/counters/new?thing=1");
        look(young, "counters-choose-none", "/counters/new");
        look(years, "counters", "/counters");
        look(years, "counter", "/counters/1");
        look(young, "opening", "/counters/1/opening");
        look(years, "opening-none", "/counters/1/opening");
        look(young, "documents", "/counters/1/documents");
        look(young, "holidays", "/counters/holidays");
        look(empty, "holidays-none", "/counters/holidays");
        look(empty, "health-none", "/counters/health");
        look(years, "health", "/counters/health");
    }

    @Test
    void longNamesLeaveTheDrawingItsRoomOnAPhone() {
        CountingTown named = new CountingTown(context, TestTown.create(cities, port));
        LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
        named.place(
                "lang",
                "Johannisstraße Ecke Wagnergasse, südlicher Gehweg vor der Sparkasse",
                new FootfallScenario(
                                today.minusDays(20).toString(),
                                today.minusDays(1).toString(),
                                3)
                        .series());
        named.keep();
        Page page = page(named, new Look("de", 320, ColorScheme.LIGHT));
        page.navigate(address(named, "/counters/health"));
        assertThat(page.locator(".heat-drawing").first().boundingBox().width).isGreaterThan(250);
        PageCheck.of(page, "footfall-health-long-name");
    }

    @Test
    void paperShowsWhatIsCountedWhole() {
        Page page = page(years, new Look("de", 1280, ColorScheme.LIGHT));
        for (String path :
                new String[] {"", "/markt", "/markt/directions", "/compare?place=markt", "/quality", "/month"}) {
            page.navigate(address(years, "/footfall" + path));
            PageCheck.onPaper(page, "footfall-paper" + path.replaceAll("\\W", "-"));
        }
    }

    @Test
    void aFormWithErrorsSaysThem() {
        Page page = page(empty, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(empty, "/counters/new?thing=1"));
        page.locator("#name").fill("");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".form-errors").textContent()).contains("Geben Sie einen Namen");
        PageCheck.of(page, "footfall-counter-errors");
        assertThat(complaints).isEmpty();
    }
}
