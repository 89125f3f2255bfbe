package de.stadtkern.sensors;

import de.stadtkern.page.Slug;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.LiveChanges;
import de.stadtkern.sensorthings.MeasuringPoints;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/// Tells open pages when there is something new, as server-sent events. Each page has a thread of its own that waits,
/// so a slow one keeps nobody up; no connection to the database is held meanwhile.
@Controller
class LiveController {

    private static final int MOST_LISTENERS = 4_000;
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    /// A page loads itself anew for each event; more often than this nobody can read.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MeasuringPoints points;
    private final LiveChanges changes;
    private final Semaphore room = new Semaphore(MOST_LISTENERS);

    LiveController(MeasuringPoints points, LiveChanges changes) {
        this.points = points;
        this.changes = changes;
    }

    /// @param after what the page that asks has seen already; a browser that comes back says it as `Last-Event-ID`
    @GetMapping("/datastreams/{id}/live")
    void live(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable List<Long> with,
            @RequestParam(required = false) @Nullable Long after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long last,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        Set<Long> datastreams = new HashSet<>(Set.of(Slug.parse(id).id()));
        if (with != null) {
            with.stream().limit(Question.MOST_OTHERS).forEach(datastreams::add);
        }
        datastreams.forEach(points::aggregation);
        if (!room.tryAcquire()) {
            throw new Problem(Problem.Kind.UNAVAILABLE, "too-many-listeners", "Too many pages are live already.");
        }
        try {
            response.setContentType("text/event-stream");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            tell(datastreams, last != null ? last : after, response);
        } finally {
            room.release();
        }
    }

    private void tell(Set<Long> datastreams, @Nullable Long seen, HttpServletResponse response)
            throws IOException, InterruptedException {
        OutputStream out = response.getOutputStream();
        try (LiveChanges.Listener listener = changes.listen(datastreams)) {
            send(out, "retry: 3000\n\n");
            if (seen != null && changes.changedSince(seen, datastreams)) {
                send(out, event());
            }
            while (!changes.isStopped()) {
                send(out, listener.await(SIGN_OF_LIFE) ? event() : ": still here\n\n");
                if (!changes.isStopped()) {
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    private String event() {
        return "id: %d\nevent: values\ndata: {}\n\n".formatted(changes.newest());
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
