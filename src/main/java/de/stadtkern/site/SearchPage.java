package de.stadtkern.site;

import de.stadtkern.page.SearchText;
import de.stadtkern.page.Wording;
import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import de.stadtkern.seams.Passage;
import de.stadtkern.seams.Passages;
import de.stadtkern.sensors.SeriesCards;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.MultiSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds measuring points, what they measure, the pages of this site, and what other modules have to read. Every word
/// must be found; one wrong letter in a long word is forgiven. Above stands what can be answered at once.
@Component
class SearchPage {

    private static final int MOST_HITS = 50;
    private static final int MOST_LETTERS = 200;
    private static final int LONG_WORD = 5;
    private static final List<Page> PAGES = List.of(
            new Page("start", "/"),
            new Page("sensors", "/sensors"),
            new Page("footfall", "/footfall"),
            new Page("explorer", "/explorer"),
            new Page("imprint", "/imprint"),
            new Page("privacy", "/privacy"),
            new Page("accessibility", "/accessibility"),
            new Page("source", "/source"));

    private final MeasuringPoints points;
    private final List<Passages> passages;
    private final List<Facts> facts;

    SearchPage(MeasuringPoints points, List<Passages> passages, List<Facts> facts) {
        this.points = points;
        this.passages = passages;
        this.facts = facts;
    }

    private record Found(SearchView.Hit hit, int rank) {}

    /// @param key of what is said of it
    private record Page(String key, String path) {}

    SearchView view(Wording wording, String text) {
        String asked = text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) : text;
        String plain = SearchText.plain(asked);
        if (plain.isEmpty()) {
            return new SearchView(asked, List.of(), List.of(), 0);
        }
        List<Found> found = new ArrayList<>();
        for (Page page : PAGES) {
            add(
                    found,
                    plain,
                    new SearchView.Hit(
                            wording.say("site.search.page"),
                            wording.say("site.search." + page.key()),
                            wording.say("site.search." + page.key() + ".text"),
                            page.path(),
                            false));
        }
        Map<Long, List<MultiSeries>> multiSeries = points.multiSeries();
        for (MeasuringPoint point : points.list()) {
            add(
                    found,
                    plain,
                    new SearchView.Hit(
                            wording.say("site.search.point"),
                            point.name(),
                            point.description(),
                            SeriesCards.address(point),
                            true));
            for (MeasuringPoint.Series series : point.series()) {
                add(
                        found,
                        plain,
                        new SearchView.Hit(
                                wording.say("site.search.series"),
                                series.name(),
                                point.name(),
                                SeriesCards.address(series),
                                true));
            }
            // It has no page of its own: its values stand on that of its Thing.
            for (MultiSeries series : multiSeries.getOrDefault(point.thingId(), List.of())) {
                add(
                        found,
                        plain,
                        new SearchView.Hit(
                                wording.say("site.search.series"),
                                series.name(),
                                point.name() + ": "
                                        + series.values().stream()
                                                .map(MultiSeries.Value::property)
                                                .collect(Collectors.joining(", ")),
                                SeriesCards.address(point),
                                true));
            }
        }
        for (Passages offered : passages) {
            for (Passage passage : offered.passages(wording.locale())) {
                add(
                        found,
                        plain,
                        new SearchView.Hit(passage.kind(), passage.title(), passage.text(), passage.address(), true));
            }
        }
        found.sort(Comparator.comparingInt(Found::rank));
        return new SearchView(
                asked,
                answers(wording, asked),
                found.stream().limit(MOST_HITS).map(Found::hit).toList(),
                found.size());
    }

    private List<SearchView.Answer> answers(Wording wording, String asked) {
        List<SearchView.Answer> answers = new ArrayList<>();
        for (Facts known : facts) {
            for (Fact fact : known.facts(asked, wording.locale())) {
                answers.add(new SearchView.Answer(
                        fact.subject(),
                        fact.sentence(),
                        wording.say("site.search.answer", fact.source(), wording.dateTime(fact.known())),
                        fact.address()));
            }
        }
        return answers;
    }

    private static void add(List<Found> found, String plain, SearchView.Hit hit) {
        int rank = rank(plain, SearchText.plain(hit.name()), SearchText.plain(hit.text()));
        if (rank < Integer.MAX_VALUE) {
            found.add(new Found(hit, rank));
        }
    }

    /// Small is good: words of the name before words of the text, beginnings before middles, exact before nearly.
    private static int rank(String asked, String name, String text) {
        int worst = 0;
        for (String word : asked.split(" ")) {
            int rank = (" " + name).contains(" " + word)
                    ? 0
                    : name.contains(word)
                            ? 1
                            : text.contains(word) ? 2 : nearly(word, name) ? 3 : nearly(word, text) ? 4 : -1;
            if (rank < 0) {
                return Integer.MAX_VALUE;
            }
            worst = Math.max(worst, rank);
        }
        return worst;
    }

    private static boolean nearly(String word, String text) {
        if (word.length() < LONG_WORD) {
            return false;
        }
        for (String other : text.split("[^\\p{L}\\p{N}]+")) {
            if (Math.abs(other.length() - word.length()) <= 1 && oneApart(word, other)) {
                return true;
            }
        }
        return false;
    }

    /// One letter more, less or different, or two neighbours exchanged.
    private static boolean oneApart(String one, String other) {
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        String left = one.substring(same);
        String right = other.substring(same);
        if (left.isEmpty() || right.isEmpty()) {
            return left.length() + right.length() <= 1;
        }
        return left.substring(1).equals(right)
                || left.equals(right.substring(1))
                || left.substring(1).equals(right.substring(1))
                || (left.length() > 1
                        && right.length() > 1
                        && left.charAt(0) == right.charAt(1)
                        && left.charAt(1) == right.charAt(0)
                        && left.substring(2).equals(right.substring(2)));
    }
}
