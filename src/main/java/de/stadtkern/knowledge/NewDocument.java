package de.stadtkern.knowledge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text as it is handed in. What is empty is as its source says.
///
/// @param key      what whoever hands it in calls it; under the same key it takes the place of the one before
/// @param url      where it stands for readers, empty for nowhere else than here
/// @param html     empty if it is plain text
/// @param updated  when it was written or last became another
/// @param audience `public`, `staff` or `department:AREA`
/// @param reviewOn when somebody should look whether it is still true
/// @param details  null where whoever hands it in cannot say any: those there are stay
record NewDocument(
        String key,
        String url,
        String title,
        String html,
        String text,
        String language,
        @Nullable Instant updated,
        String audience,
        String owner,
        List<String> tags,
        @Nullable LocalDate reviewOn,
        @Nullable Details details) {

    NewDocument {
        tags = List.copyOf(tags);
    }

    /// A title with HTML or text below, and nothing else known.
    static NewDocument of(String key, String title, String html, String text) {
        return new NewDocument(key, "", title, html, text, "", null, "", "", List.of(), null, null);
    }

    /// The same from where nobody can say details: those of the text that is there stay.
    NewDocument undetailed() {
        return new NewDocument(key, url, title, html, text, language, updated, audience, owner, tags, reviewOn, null);
    }

    List<Section> sections() {
        List<Section> sections = html.isEmpty() ? Sections.ofText(text) : Sections.ofHtml(html);
        // What is a title only can be found all the same.
        return sections.isEmpty() ? List.of(new Section("", "", "")) : sections;
    }
}
