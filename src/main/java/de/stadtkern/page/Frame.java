package de.stadtkern.page;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every page has around its own content, for one request. Controllers take it as an argument.
///
/// @param town       name in the header
/// @param logo       beside that name, null for none
/// @param townLanguage the town's first language, in which its data have their names
/// @param demo       whether the page is marked as a demonstration
/// @param styles     addresses of the style sheets, the town's colours last
/// @param scripts    addresses of scripts by name
/// @param path       of this page, without what it was asked
/// @param address    the same with scheme and host, as readers see it
/// @param easy       whether the reader wants Einfache Sprache where there is a text in it
/// @param easyAddress this page with the other choice of the two
/// @param mapStyle   address of the maps' style, empty for the town's areas on a plain ground
/// @param languages  to choose from; a single one is not offered
/// @param visitor    who looks at it
/// @param version    of the running Stadtkern
/// @param sourceCode where its source code is
public record Frame(
        Wording wording,
        String town,
        @Nullable TownLogo logo,
        String townLanguage,
        boolean demo,
        List<String> styles,
        Map<String, String> scripts,
        String path,
        String address,
        boolean easy,
        String easyAddress,
        String mapStyle,
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
        scripts = Map.copyOf(scripts);
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

    /// `page` where this page is the one at that address, as `aria-current` wants it.
    @Nullable
    String current(String address) {
        return path.equals(address) ? "page" : null;
    }

    /// The server from which maps load their picture, empty where that is this one.
    public String mapServer() {
        String host = mapStyle.isEmpty() ? null : URI.create(mapStyle).getHost();
        return host == null ? "" : host;
    }

    public String script(String name) {
        String address = scripts.get(name);
        if (address == null) {
            throw new IllegalArgumentException("There is no script " + name);
        }
        return address;
    }

    String language() {
        return wording.locale().getLanguage();
    }
}
