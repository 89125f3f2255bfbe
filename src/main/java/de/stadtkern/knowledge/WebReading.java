package de.stadtkern.knowledge;

import de.stadtkern.identity.Rights;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the web sites that are sources, page by page: what is due, and what pages lead to on the same site. A page
/// that is gone is found no more; one that has not changed is not read again.
@Component
class WebReading {

    private static final int AT_ONCE = 40;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(50);
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int LONGEST_FAILURE = 300;

    private final JdbcClient jdbc;
    private final WebFetch fetch;
    private final Documents documents;
    private final KnowledgeSourceStore sources;
    private final KnowledgeProperties properties;
    private final Rights rights;

    WebReading(
            JdbcClient jdbc,
            WebFetch fetch,
            Documents documents,
            KnowledgeSourceStore sources,
            KnowledgeProperties properties,
            Rights rights) {
        this.jdbc = jdbc;
        this.fetch = fetch;
        this.documents = documents;
        this.sources = sources;
        this.properties = properties;
        this.rights = rights;
    }

    private record Due(long source, String url, String etag, String modified, int failures) {}

    void readDue() {
        Map<String, Robots> robots = new HashMap<>();
        Instant end = Instant.now().plus(LONGEST_RUN);
        for (int read = 0; read < AT_ONCE && Instant.now().isBefore(end); read++) {
            Optional<Due> due = next();
            if (due.isEmpty()) {
                return;
            }
            KnowledgeSource source = sources.find(due.get().source()).orElseThrow();
            try {
                read(source, due.get(), robots);
            } catch (WebFetch.Refused refused) {
                if (refused.isGone()) {
                    forget(source, due.get());
                } else {
                    fail(due.get(), refused);
                }
            } catch (IOException | IllegalArgumentException failed) {
                fail(due.get(), failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Optional<Due> next() {
        return jdbc.sql("""
            update knowledge_page set due_at = now() + interval '10 minutes'
            where (source_id, url) = (
              select p.source_id, p.url from knowledge_page p join knowledge_source s on s.id = p.source_id
              where s.active and s.kind = 'web' and p.due_at <= now() order by p.due_at, p.source_id, p.url limit 1
              for update of p skip locked)
            returning source_id, url, etag, modified, failures
            """)
                .query((row, _) -> new Due(
                        row.getLong("source_id"),
                        row.getString("url"),
                        row.getString("etag"),
                        row.getString("modified"),
                        row.getInt("failures")))
                .optional();
    }

    private void read(KnowledgeSource source, Due due, Map<String, Robots> robots)
            throws IOException, InterruptedException {
        URI address = URI.create(due.url());
        URI start = URI.create(source.wish().address());
        Robots rules = robots(start, robots);
        if (!rules.allows(address)) {
            throw new IOException("the site's robots.txt does not want it to be read");
        }
        WebFetch.Answer answer = fetch.read(address, due.etag(), due.modified());
        if (answer.text() instanceof String text) {
            if (!isSameSite(start, answer.address())) {
                throw new IOException("it leads to another site");
            }
            if (answer.type().endsWith("xml") && !answer.type().equals("application/xhtml+xml")) {
                follow(source, start, rules, locations(text));
            } else if (answer.type().equals("text/html") || answer.type().equals("application/xhtml+xml")) {
                page(source, start, rules, due, answer, text);
            }
        }
        if (due.url().equals(source.wish().address())) {
            follow(source, start, rules, rules.sitemaps());
        }
        jdbc.sql("""
            update knowledge_page set etag = :etag, modified = :modified, failures = 0, failure = '', failed_at = null,
              due_at = now() + make_interval(secs => :again) where source_id = :source and url = :url
            """)
                .param("etag", answer.etag())
                .param("modified", answer.modified())
                .param("again", properties.again().toSeconds())
                .param("source", due.source())
                .param("url", due.url())
                .update();
    }

    /// Whoever has no rules forbids nothing; whose rules cannot be read at the moment is not read (RFC 9309, 2.3.1).
    private Robots robots(URI start, Map<String, Robots> known) throws IOException, InterruptedException {
        String site = start.resolve("/robots.txt").toString();
        Robots rules = known.get(site);
        if (rules == null) {
            try {
                String text = fetch.read(URI.create(site), "", "").text();
                rules = text == null ? Robots.NONE : Robots.read(text);
            } catch (WebFetch.Refused refused) {
                if (!refused.isForGood()) {
                    throw new IOException("its robots.txt cannot be read: " + refused.getMessage(), refused);
                }
                rules = Robots.NONE;
            }
            known.put(site, rules);
        }
        return rules;
    }

    private void page(KnowledgeSource source, URI start, Robots rules, Due due, WebFetch.Answer answer, String text) {
        Document page = Jsoup.parse(text, answer.address().toString());
        Element meta = page.selectFirst("meta[name=robots i]");
        String wishes = meta == null ? "" : meta.attr("content").toLowerCase(java.util.Locale.ROOT);
        if (!wishes.contains("nofollow")) {
            List<String> links = new ArrayList<>();
            page.select("a[href]:not([rel=nofollow])").forEach(link -> links.add(link.absUrl("href")));
            follow(source, start, rules, links);
        }
        Element heading = page.selectFirst("h1");
        String title = Sections.line(heading != null ? heading.text() : page.title());
        if (wishes.contains("noindex") || title.isEmpty()) {
            return;
        }
        String language = page.selectFirst("html") instanceof Element html
                ? html.attr("lang").toLowerCase(java.util.Locale.ROOT).replaceFirst("[^a-z].*", "")
                : "";
        NewDocument document = new NewDocument(
                due.url(),
                due.url(),
                title.length() > 500 ? title.substring(0, 500) : title,
                DocumentLine.clean(page.html()),
                "",
                language.matches("[a-z]{2,3}") ? language : "",
                time(answer.modified()),
                "",
                "",
                List.of(),
                null,
                null);
        rights.asOperator(() -> documents.put(source, List.of(document)));
    }

    private static @Nullable Instant time(String modified) {
        try {
            return modified.isEmpty()
                    ? null
                    : ZonedDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    /// Addresses of a sitemap, or of sitemaps it is made of.
    private static List<String> locations(String xml) {
        return Jsoup.parse(xml, "", Parser.xmlParser()).select("loc").eachText();
    }

    /// Remembers pages of the same site to be read.
    private void follow(KnowledgeSource source, URI start, Robots rules, List<String> links) {
        List<String> fresh = links.stream()
                .map(WebReading::plain)
                .flatMap(Optional::stream)
                .filter(link -> isSameSite(start, link) && rules.allows(link))
                .map(URI::toString)
                .filter(link -> link.length() <= LONGEST_ADDRESS)
                .distinct()
                .toList();
        jdbc.sql("""
            insert into knowledge_page (source_id, url)
            select :source, url from unnest(:urls::text[]) as x(url)
            limit greatest(0, :most - (select count(*) from knowledge_page where source_id = :source))
            on conflict do nothing
            """)
                .param("source", source.id())
                .param("urls", fresh.toArray(String[]::new), java.sql.Types.ARRAY)
                .param("most", properties.mostPages())
                .update();
    }

    /// Without the part behind `#`: that is the same page.
    private static Optional<URI> plain(String link) {
        try {
            URI uri = new URI(link.strip().replaceFirst("#.*", "").replace(" ", "%20")).normalize();
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isSameSite(URI start, URI other) {
        return start.getScheme().equalsIgnoreCase(other.getScheme())
                && start.getHost().equalsIgnoreCase(other.getHost())
                && start.getPort() == other.getPort();
    }

    private void forget(KnowledgeSource source, Due due) {
        rights.asOperator(() -> {
            documents.removeIfThere(source, due.url());
            return true;
        });
        if (due.url().equals(source.wish().address())) {
            fail(due, new IOException("HTTP 404"));
        } else {
            jdbc.sql("delete from knowledge_page where source_id = ? and url = ?")
                    .params(due.source(), due.url())
                    .update();
        }
    }

    /// It is tried again, later each time.
    private void fail(Due due, Exception failure) {
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        jdbc.sql("""
            update knowledge_page set failures = failures + 1, failure = :why, failed_at = now(),
              due_at = now() + make_interval(mins => :pause) where source_id = :source and url = :url
            """)
                .param("why", why.length() > LONGEST_FAILURE ? why.substring(0, LONGEST_FAILURE) : why)
                .param("pause", 10 << Math.min(7, due.failures()))
                .param("source", due.source())
                .param("url", due.url())
                .update();
    }

    /// Pages that could not be read, with the reason.
    List<String> failures(long source, int most) {
        return jdbc.sql("""
            select url, failure from knowledge_page where source_id = ? and failure <> '' order by failed_at desc limit ?
            """)
                .params(source, most)
                .query((row, _) -> row.getString("url") + ": " + row.getString("failure"))
                .list();
    }

    /// Forgets what it knows of a source that has another address now.
    void end(long source) {
        jdbc.sql("delete from knowledge_page where source_id = ?").param(source).update();
    }

    /// Begins with the address of the source, or begins anew.
    void begin(long source, String address) {
        jdbc.sql("""
            insert into knowledge_page (source_id, url, due_at) values (?, ?, ?)
            on conflict (source_id, url) do update set due_at = excluded.due_at, etag = '', modified = ''
            """)
                .params(source, address, OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }
}
