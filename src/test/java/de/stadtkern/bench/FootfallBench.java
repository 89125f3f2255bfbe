package de.stadtkern.bench;

import de.stadtkern.footfall.FootfallCommand;
import de.stadtkern.footfall.RefitTime;
import de.stadtkern.installation.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Forecast, filled gaps and found faults on the counts of the demo town, and the time it takes to learn a counter.
/// Some fifteen minutes.
final class FootfallBench {

    private static final String ZURICH = "evaluate --input src/main/resources/demo/zuerich-bahnhofstrasse-sued.csv.gz"
            + " --time timestamp_utc --count pedestrians_count --place location_id --zone-id Europe/Zurich"
            + " --from 2023-03-01 --to 2024-03-04";
    private static final String MUENSTER = "evaluate --input src/main/resources/demo/muenster-radverkehr.csv.gz"
            + " --time timestamp_local --count count --place station --from 2025-01-01 --to 2025-12-31";

    private static final String WEATHER = " --weather temperature,weather";

    private final Table table;

    FootfallBench(Table table) {
        this.table = table;
    }

    void run() throws IOException {
        double seconds = RefitTime.seconds();
        add("a counter with ten years of hours learned anew", "%.2f s".formatted(seconds), "≤ 1.5 s", seconds <= 1.5);
        JsonNode zurich = evaluate(ZURICH + WEATHER + " --task forecast");
        forecast("Zürich", zurich.at("/overall/forecast"), zurich.at("/overall/baselines"), 0.218);
        forecast(
                "Zürich, observed weather",
                zurich.at("/overall/forecastWithObservedWeather"),
                zurich.at("/overall/baselines"),
                0.205);
        JsonNode muenster = evaluate(MUENSTER + " --task forecast");
        muenster.at("/places")
                .properties()
                .forEach(place -> forecast(
                        "Münster " + place.getKey(),
                        place.getValue().at("/forecast"),
                        place.getValue().at("/baselines"),
                        1));
        JsonNode filled = evaluate(ZURICH + WEATHER + " --task gaps --gap-hours 24");
        gaps("Zürich", filled, "filled");
        gaps("Zürich, observed weather", filled, "filledWithObservedWeather");
        gaps("Münster", evaluate(MUENSTER + " --task gaps --gap-hours 24"), "filled");
        faults("Zürich", evaluate(ZURICH + " --task faults"));
        faults("Zürich, observed weather", evaluate(ZURICH + WEATHER + " --task faults"));
        faults("Münster", evaluate(MUENSTER + " --task faults"));
    }

    private void forecast(String where, JsonNode forecast, JsonNode plain, double bar) {
        double wape = forecast.at("/wape").asDouble();
        double week = plain.at("/sameHourLastWeek/wape").asDouble();
        double profile = plain.at("/medianOfLast8SameHoursOfWeek/wape").asDouble();
        table.add(
                where + ": WAPE of the forecast for 24 h",
                percent(wape),
                percent(week) + " last week, " + percent(profile) + " profile",
                "< " + percent(Math.min(bar, Math.min(week, profile))),
                wape < bar && wape < week && wape < profile);
        double likely = forecast.at("/coverage80").asDouble();
        double wide = forecast.at("/coverage95").asDouble();
        add(
                where + ": counts within the bands",
                percent(likely) + ", " + percent(wide),
                "77–83 %, 93–97 %",
                likely >= 0.77 && likely <= 0.83 && wide >= 0.93 && wide <= 0.97);
    }

    private void gaps(String where, JsonNode printed, String way) {
        JsonNode day = printed.at("/overall/24");
        double filled = day.at("/" + way + "/wape").asDouble();
        double line = day.at("/linearInterpolation/wape").asDouble();
        double profile = day.at("/medianProfileOf4WeeksAround/wape").asDouble();
        table.add(
                where + ": WAPE of filled gaps of 24 h",
                percent(filled),
                percent(line) + " line, " + percent(profile) + " profile",
                "≤ " + percent(Math.min(0.65 * line, 0.85 * profile)),
                filled <= 0.65 * line && filled <= 0.85 * profile);
    }

    private void faults(String where, JsonNode printed) {
        fault(where, printed, "zeros", 0.98, 1);
        fault(where, printed, "halved", 0.91, 5);
        fault(where, printed, "tripled", 0.91, 1);
        fault(where, printed, "stuck", 0.95, 4);
        double flagged = printed.at("/overall/flaggedHoursPerSensorWeek").asDouble();
        add(where + ": flagged hours of a sensor in a week", "%.1f".formatted(flagged), "≤ 2", flagged <= 2);
    }

    private void fault(String where, JsonNode printed, String what, double recall, double delay) {
        JsonNode found = printed.at("/overall/" + what);
        double share = found.at("/recall").asDouble();
        double hours = found.at("/medianDelayHours").asDouble();
        add(
                where + ": found of " + what,
                "%s, after %.0f h".formatted(percent(share), hours),
                "≥ %s, ≤ %.0f h".formatted(percent(recall), delay),
                share >= recall && hours <= delay);
    }

    private void add(String what, String measured, String bar, boolean holds) {
        table.add(what, measured, "", bar, holds);
    }

    private static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f %%", 100 * share);
    }

    private static JsonNode evaluate(String words) throws IOException {
        var paper = new Paper(new ArrayList<>());
        new FootfallCommand().run(List.of(words.split(" ")), paper);
        return new JsonMapper().readTree(String.join("\n", paper.lines));
    }

    private record Paper(List<String> lines) implements Command.Terminal {

        @Override
        public Path folder() {
            return Path.of("").toAbsolutePath();
        }

        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void progress(String text) {}

        @Override
        public void error(String text) {
            System.err.println(text);
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }
}
