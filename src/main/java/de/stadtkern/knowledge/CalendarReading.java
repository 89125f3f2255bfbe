package de.stadtkern.knowledge;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Rights;
import de.stadtkern.knowledge.DocumentLine.Finding;
import de.stadtkern.knowledge.DuePages.Due;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads the calendars that are sources, fetched or brought: what is on, and a text of each event for the search.
@Component
class CalendarReading {

    private static final int AT_ONCE = 20;

    private final DuePages pages;
    private final WebFetch fetch;
    private final Documents documents;
    private final EventStore events;
    private final KnowledgeSourceStore sources;
    private final KnowledgeProperties properties;
    private final Rights rights;
    private final TransactionTemplate transaction;

    CalendarReading(
            DuePages pages,
            WebFetch fetch,
            Documents documents,
            EventStore events,
            KnowledgeSourceStore sources,
            KnowledgeProperties properties,
            Rights rights,
            TransactionTemplate transaction) {
        this.pages = pages;
        this.fetch = fetch;
        this.documents = documents;
        this.events = events;
        this.sources = sources;
        this.properties = properties;
        this.rights = rights;
        this.transaction = transaction;
    }

    void readDue() {
        for (int read = 0; read < AT_ONCE; read++) {
            Optional<Due> due = pages.next(KnowledgeSource.Kind.CALENDAR);
            if (due.isEmpty()) {
                return;
            }
            KnowledgeSource source = sources.find(due.get().source()).orElseThrow();
            try {
                read(source, due.get());
            } catch (WebFetch.Refused refused) {
                if (refused.isGone()) {
                    write(source, CalendarFile.NONE);
                }
                pages.fail(due.get(), refused);
            } catch (IOException | IllegalArgumentException failed) {
                pages.fail(due.get(), failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// What has not changed is read all the same once a week: days have passed, and others have come near.
    private void read(KnowledgeSource source, Due due) throws IOException, InterruptedException {
        WebFetch.Answer answer =
                fetch.read(URI.create(due.url()), due.isNear() ? due.etag() : "", due.isNear() ? due.modified() : "");
        String note = "";
        if (answer.text() instanceof String text) {
            CalendarFile file = file(text);
            if (!file.findings().isEmpty()) {
                note = file.findings().getFirst().message();
                if (file.events().isEmpty()) {
                    throw new IOException(note);
                }
            }
            write(source, file);
        }
        pages.done(due, answer, note, properties.again());
    }

    private void write(KnowledgeSource source, CalendarFile file) {
        rights.asOperator(() -> transaction.execute(_ -> {
            store(source, file);
            return true;
        }));
    }

    /// A file that somebody brings; what is right is kept.
    ///
    /// @return what is wrong with it
    @Transactional
    public List<Finding> bring(KnowledgeSource source, String content) {
        documents.require();
        CalendarFile file = file(content);
        if (!file.events().isEmpty() || file.findings().isEmpty()) {
            store(source, file);
        }
        return file.findings();
    }

    private static CalendarFile file(String content) {
        return CalendarFile.read(content, CityContext.current().zone(), Instant.now());
    }

    private void store(KnowledgeSource source, CalendarFile file) {
        ZoneId zone = CityContext.current().zone();
        documents.putAll(source, file.documents(zone, Locale.of(source.wish().language())));
        events.replace(source.id(), file.events());
    }
}
