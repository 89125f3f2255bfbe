package de.stadtkern.site;

import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensors.SeriesCard;
import de.stadtkern.sensors.SeriesCards;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Says in words and charts what the measuring points last reported.
@Component
class StartPage {

    static final int POINTS_PER_PAGE = 20;
    private static final int SENTENCES = 5;

    private final MeasuringPoints points;
    private final SeriesCards cards;

    StartPage(MeasuringPoints points, SeriesCards cards) {
        this.points = points;
        this.cards = cards;
    }

    StartView view(Wording wording, int page) {
        List<MeasuringPoint> all = points.list();
        int pages = Math.max(1, Math.ceilDiv(all.size(), POINTS_PER_PAGE));
        if (page < 1 || page > pages) {
            throw new Problem(
                    Problem.Kind.MISSING, "page-unknown", "There is no page %d, only 1 to %d.".formatted(page, pages));
        }
        List<MeasuringPoint> shown = all.stream()
                .skip((page - 1L) * POINTS_PER_PAGE)
                .limit(POINTS_PER_PAGE)
                .toList();
        Map<Long, SeriesCard> said = cards.of(
                wording,
                shown.stream().flatMap(point -> point.series().stream()).toList());
        return new StartView(
                now(shown, said),
                shown.stream().map(point -> point(point, said)).toList(),
                all.stream().anyMatch(point -> point.longitude() != null),
                all.size(),
                page,
                pages,
                page > 1 ? "?page=" + (page - 1) : "",
                page < pages ? "?page=" + (page + 1) : "");
    }

    /// One sentence for each measuring point whose first Datastream has a current value.
    private static List<StartView.Now> now(List<MeasuringPoint> points, Map<Long, SeriesCard> cards) {
        List<StartView.Now> sentences = new ArrayList<>();
        for (MeasuringPoint point : points) {
            point.series().stream()
                    .map(series -> Objects.requireNonNull(cards.get(series.datastreamId())))
                    .filter(card -> !card.value().isEmpty() && !card.silent())
                    .findFirst()
                    .ifPresent(card -> sentences.add(new StartView.Now(
                            point.name(),
                            card.address(),
                            card.value(),
                            card.unit(),
                            card.during().isEmpty() ? card.age() : card.during(),
                            card.simulated())));
        }
        return sentences.stream().limit(SENTENCES).toList();
    }

    private static StartView.Point point(MeasuringPoint point, Map<Long, SeriesCard> cards) {
        return new StartView.Point(
                point.thingId(),
                point.name(),
                SeriesCards.address(point),
                point.description(),
                point.series().stream()
                        .map(series -> Objects.requireNonNull(cards.get(series.datastreamId())))
                        .toList(),
                SeriesCards.origin(point));
    }
}
