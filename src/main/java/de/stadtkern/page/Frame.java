package de.stadtkern.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every page has around its own content, for one request. Controllers take it as an argument.
///
/// @param town       name in the header
/// @param townLanguage the town's first language, in which its data have their names
/// @param demo       whether the page is marked as a demonstration
/// @param styles     addresses of the style sheets, the town's colours last
/// @param languages  to choose from; a single one is not offered
/// @param visitor    who looks at it
/// @param version    of the running Stadtkern
/// @param sourceCode where its source code is, empty if not known
public record Frame(
        Wording wording,
        String town,
        String townLanguage,
        boolean demo,
        List<String> styles,
        List<LanguageLink> languages,
        Visitor visitor,
        String version,
        String sourceCode) {

    /// @param tag     language tag
    /// @param name    in that language
    /// @param address this page in that language
    public record LanguageLink(String tag, String name, String address, boolean current) {}

    public Frame {
        styles = List.copyOf(styles);
        languages = List.copyOf(languages);
    }

    public String say(String key, Object... arguments) {
        return wording.say(key, arguments);
    }

    /// What the hidden field of a form carries; a page without a form does not ask for it.
    public String formToken() {
        return visitor.token().get();
    }

    /// Language tag of names that come from the data and not from us; null where it is the page's own.
    public @Nullable String dataLanguage() {
        return townLanguage.equals(language()) ? null : townLanguage;
    }

    String language() {
        return wording.locale().getLanguage();
    }
}
