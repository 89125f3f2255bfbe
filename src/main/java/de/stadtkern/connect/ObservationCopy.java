package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityCopies;
import de.stadtkern.sensorthings.NewObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Copies the Observations of Datastreams of another service, in the order of their phenomenonTime, and later those
/// that have come since.
final class ObservationCopy {

    private static final String PAGE =
            "/Observations?$orderby=phenomenonTime%20asc&$expand=FeatureOfInterest&$top=1000";

    private final EntityCopies copies;
    private final RemoteService remote;
    private final Map<String, Long> features;
    private final Consumer<String> progress;
    private final Consumer<String> leftOut;
    private long copied;
    private long refused;

    /// @param features ids here by those there
    /// @param leftOut  hears of each Datastream whose Observations cannot be here
    ObservationCopy(
            EntityCopies copies,
            RemoteService remote,
            Map<String, Long> features,
            Consumer<String> progress,
            Consumer<String> leftOut) {
        this.copies = copies;
        this.remote = remote;
        this.features = features;
        this.progress = progress;
        this.leftOut = leftOut;
    }

    long copied() {
        return copied;
    }

    /// How many did not fit here.
    long refused() {
        return refused;
    }

    /// @param there its address below the root of the service
    void copy(String there, long datastream) {
        try {
            goOn(there, datastream);
        } catch (Problem refused) {
            ServiceCopy.requireAboutTheData(refused);
            leftOut.accept("%s/Observations left out: %s".formatted(there, refused.getMessage()));
        }
    }

    private void goOn(String there, long datastream) {
        EntityCopies.Progress before = copies.progress(datastream).orElse(null);
        if (before == null) {
            copyPages(remote.root() + there + PAGE, datastream, null);
        } else if (!before.nextPage().isEmpty()) {
            copyPages(before.nextPage(), datastream, null);
        } else {
            catchUp(there, datastream, before.last());
        }
    }

    /// From where the last one begins. What came late, for a time before that, is missing in a count: then all are
    /// looked through again.
    private void catchUp(String there, long datastream, @Nullable Instant last) {
        String since = last == null ? "" : "&$filter=phenomenonTime%20ge%20" + last;
        copyPages(remote.root() + there + PAGE + since, datastream, last);
        if (last != null && isShort(there, datastream, last)) {
            fill(remote.root() + there + PAGE, datastream);
        }
    }

    private boolean isShort(String there, long datastream, Instant last) {
        long before = remote.count(there + "/Observations?$count=true&$top=1&$filter=phenomenonTime%20lt%20" + last);
        return before > copies.countBefore(datastream, last);
    }

    /// @param known null: none of them is here; else those that begin then are, as many as there are here
    private void copyPages(String first, long datastream, @Nullable Instant known) {
        long here = known == null ? 0 : copies.countAt(datastream, known);
        String page = first;
        while (!page.isEmpty()) {
            JsonNode answer = remote.get(page);
            List<NewObservation> rows = rows(datastream, answer.path("value"));
            while (here > 0 && !rows.isEmpty() && rows.getFirst().start().equals(known)) {
                rows.removeFirst();
                here--;
            }
            page = answer.path("@iot.nextLink").asString("");
            boolean isKnown = here > 0 && rows.isEmpty();
            if (!isKnown || page.isEmpty()) {
                copies.write(datastream, rows, page.isEmpty() ? null : page);
                count(rows.size());
            }
        }
    }

    private void fill(String first, long datastream) {
        String page = first;
        while (!page.isEmpty()) {
            JsonNode answer = remote.get(page);
            count(copies.fill(rows(datastream, answer.path("value"))));
            page = answer.path("@iot.nextLink").asString("");
        }
    }

    private void count(int more) {
        copied += more;
        progress.accept(String.format(Locale.ENGLISH, "Observations: %,d", copied));
    }

    private List<NewObservation> rows(long datastream, JsonNode values) {
        List<NewObservation> rows = new ArrayList<>();
        for (JsonNode value : values) {
            JsonNode there = value.path("FeatureOfInterest");
            @Nullable Long feature = there.isObject() ? features.get(RemoteService.id(there)) : null;
            try {
                rows.add(copies.read(datastream, feature, value));
            } catch (Problem unfit) {
                refused++;
                progress.accept("refused %s: %s".formatted(RemoteService.id(value), unfit.getMessage()));
            }
        }
        return rows;
    }
}
