package de.stadtkern.footfall;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.page.SearchText;
import de.stadtkern.page.Texts;
import de.stadtkern.page.Wording;
import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import de.stadtkern.seams.Figure;
import de.stadtkern.seams.Indicator;
import de.stadtkern.seams.Indicators;
import de.stadtkern.seams.Passage;
import de.stadtkern.seams.Passages;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What counters say to those who do not look at their pages: to the search, to the chat, to reports.
@Component
// Before sensors, which know less of the same.
@Order(0)
class CounterAnswers implements Facts, Passages, Indicators {

    private static final String KEY = "footfall/";
    private static final int MOST = 3;
    /// Shorter words are in every question.
    private static final int LETTERS = 3;
    /// Words of a counter's name; who says more asks for something of it.
    private static final int LONGEST_NAME = 6;
    /// How words begin with which people ask how many are somewhere; as they are compared.
    private static final Set<String> PEOPLE = Set.of(
            "viel",
            "voll",
            "los",
            "leut",
            "mensch",
            "besuch",
            "passant",
            "fussg",
            "frequenz",
            "betrieb",
            "unterwegs",
            "andrang",
            "gedrang",
            "zahl",
            "rad",
            "belebt",
            "busy",
            "people",
            "crowd",
            "many",
            "visitors",
            "footfall");

    private final Counters counters;
    private final FootfallPage page;
    private final CalibratedFigures figures;
    private final Texts texts;

    CounterAnswers(Counters counters, FootfallPage page, CalibratedFigures figures, Texts texts) {
        this.counters = counters;
        this.page = page;
        this.figures = figures;
        this.texts = texts;
    }

    /// How many it was today, of the counters whose names the question says.
    @Override
    public List<Fact> facts(String question, Locale language) {
        Set<String> asked = words(question);
        if (asked.size() > LONGEST_NAME && asked.stream().noneMatch(CounterAnswers::isAboutPeople)) {
            return List.of();
        }
        List<Counter> meant = counters.shown().stream()
                .filter(counter -> isMeant(words(counter.wish().name()), asked))
                .limit(MOST)
                .toList();
        if (meant.isEmpty()) {
            return List.of();
        }
        Wording wording = wording(language);
        return page.places(wording, meant).stream()
                .filter(place -> place.known() != null)
                .map(place -> new Fact(
                        place.name(),
                        Stream.of(
                                        place.today(),
                                        place.compared(),
                                        place.simulated() ? wording.say("footfall.fact.simulated") : "")
                                .filter(said -> !said.isEmpty())
                                .collect(Collectors.joining(" ")),
                        wording.say("footfall.fact.source"),
                        Objects.requireNonNull(place.known()),
                        place.address(),
                        "/embed" + place.address()))
                .toList();
    }

    /// Whether the question says nothing but words of the name, or all of it and that it is about people there: what a
    /// parking permit at the market costs is another question.
    private static boolean isMeant(Set<String> name, Set<String> asked) {
        if (name.isEmpty() || asked.isEmpty()) {
            return false;
        }
        boolean asksForPeople =
                asked.stream().filter(word -> !name.contains(word)).anyMatch(CounterAnswers::isAboutPeople);
        return name.containsAll(asked) || asked.containsAll(name) && asksForPeople;
    }

    private static boolean isAboutPeople(String word) {
        return PEOPLE.stream().anyMatch(word::startsWith);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(SearchText.plain(text).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() >= LETTERS)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Passage> passages(Locale language) {
        City city = CityContext.current();
        Locale own = Locale.of(city.languages().getFirst());
        return counters.shown().stream()
                .map(counter -> new Passage(
                        texts.say(language, "footfall.ranking.place"),
                        counter.wish().name(),
                        Stream.of(
                                        counter.wish().place(),
                                        counter.wish().section(),
                                        counter.wish().technique(),
                                        counter.wish().texts().getOrDefault("sees." + own.getLanguage(), ""))
                                .filter(text -> !text.isBlank())
                                .collect(Collectors.joining(". ")),
                        counter.address(),
                        since(counter, city),
                        own,
                        Passage.Audience.EVERYBODY))
                .toList();
    }

    private static Instant since(Counter counter, City city) {
        LocalDate since = counter.wish().since();
        return since == null ? Instant.EPOCH : since.atStartOfDay(city.zone()).toInstant();
    }

    /// Passages of each counter; invented counts are no figure of a town.
    @Override
    public List<Indicator> indicators(Locale language) {
        Wording wording = wording(language);
        return counters.shown().stream()
                .filter(counter -> !counter.wish().simulated())
                .map(counter -> new Indicator(
                        KEY + counter.wish().slug(),
                        wording.say("footfall.indicator", counter.wish().name()),
                        wording.say("footfall.indicator.unit"),
                        wording.say("footfall.fact.source"),
                        counter.address()))
                .toList();
    }

    @Override
    public Optional<Figure> figure(String key, LocalDate first, LocalDate last) {
        Optional<Counter> wanted = counters.shown().stream()
                .filter(counter -> key.equals(KEY + counter.wish().slug())
                        && !counter.wish().simulated())
                .findFirst();
        List<DaySum> days = wanted.map(counter -> figures.days(
                        List.of(counter.id()),
                        first,
                        last,
                        figures.factors(true),
                        CityContext.current().zone()))
                .orElse(List.of());
        double counted = days.stream().mapToDouble(DaySum::counted).sum();
        double estimated = days.stream().mapToDouble(DaySum::estimated).sum();
        int there = days.stream().mapToInt(DaySum::hoursCounted).sum();
        int excused = days.stream().mapToInt(DaySum::hoursExcused).sum();
        long all = ChronoUnit.HOURS.between(
                        first.atStartOfDay(CityContext.current().zone()),
                        last.plusDays(1).atStartOfDay(CityContext.current().zone()))
                - excused;
        boolean known = there > 0 || days.stream().anyMatch(day -> day.hoursEstimated() > 0);
        return known && all > 0
                ? Optional.of(new Figure(counted + estimated, estimated, (double) there / all))
                : Optional.empty();
    }

    private Wording wording(Locale language) {
        return new Wording(texts, language, CityContext.current().zone(), Instant.now());
    }
}
