package de.stadtkern.knowledge;

import de.stadtkern.identity.Rights;
import de.stadtkern.knowledge.DuePages.Due;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
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

    private final JdbcClient jdbc;
    private final DuePages pages;
    private final WebFetch fetch;
    private final Documents documents;
    private final KnowledgeSourceStore sources;
    private final KnowledgeProperties properties;
    private final Rights rights;

    WebReading(
            JdbcClient jdbc,
            DuePages pages,
            WebFetch fetch,
            Documents documents,
            KnowledgeSourceStore sources,
            KnowledgeProperties properties,
            Rights rights) {
        this.jdbc = jdbc;
        this.pages = pages;
        this.fetch = fetch;
        this.documents = documents;
        this.sources = sources;
        this.properties = properties;
        this.rights = rights;
    }

    void readDue() {
        Map<String, Robots> robots = new HashMap<>();
        Instant end = Instant.now().plus(LONGEST_RUN);
        for (int read = 0; read < AT_ONCE && Instant.now().isBefore(end); read++) {
            Optional<Due> due = pages.next(KnowledgeSource.Kind.WEB);
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
                    pages.fail(due.get(), refused);
                }
            } catch (IOException | IllegalArgumentException failed) {
                pages.fail(due.get(), failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
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
        pages.done(due, answer, "", properties.again());
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
            pages.fail(due, new IOException("HTTP 404"));
        } else {
            pages.delete(due);
        }
    }
}
