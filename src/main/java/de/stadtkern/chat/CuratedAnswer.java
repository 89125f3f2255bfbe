package de.stadtkern.chat;

import de.stadtkern.identity.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An answer people of the town wrote, word for word.
///
/// @param active whether it is given at all
record CuratedAnswer(long id, Wish wish, boolean active, Instant changed) {

    /// What an editor says of it.
    ///
    /// @param question  as most people put it
    /// @param wordings  other ways to put it
    /// @param german    the answer; English and Einfache Sprache are empty where there is none
    /// @param from      first day it holds, null for always
    /// @param until     last day it holds, null for always
    record Wish(
            String question,
            List<String> wordings,
            String german,
            String english,
            String easy,
            String sourceTitle,
            String sourceUrl,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {

        Wish {
            wordings = List.copyOf(wordings);
        }
    }

    Stream<String> questions() {
        return Stream.concat(Stream.of(wish.question()), wish.wordings().stream());
    }

    boolean holdsOn(LocalDate day) {
        return active
                && (wish.from() == null || !day.isBefore(wish.from()))
                && (wish.until() == null || !day.isAfter(wish.until()));
    }

    /// In the language asked for, or in German.
    String text(Locale language, boolean easy) {
        if (easy && !wish.easy().isEmpty()) {
            return wish.easy();
        }
        return language.getLanguage().equals("en") && !wish.english().isEmpty() ? wish.english() : wish.german();
    }

    /// As it is kept of each change.
    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("question", wish.question());
        tree.put("wordings", String.join("\n", wish.wordings()));
        tree.put("german", wish.german());
        tree.put("english", wish.english());
        tree.put("easy", wish.easy());
        tree.put("source-title", wish.sourceTitle());
        tree.put("source-url", wish.sourceUrl());
        tree.put(
                "from",
                Optional.ofNullable(wish.from()).map(LocalDate::toString).orElse(""));
        tree.put(
                "until",
                Optional.ofNullable(wish.until()).map(LocalDate::toString).orElse(""));
        tree.put("active", String.valueOf(active));
        return tree;
    }

    String version() {
        return Version.of(tree());
    }
}
