package de.stadtkern.chat;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.knowledge.Candidate;
import de.stadtkern.knowledge.Details;
import de.stadtkern.knowledge.Holidays;
import de.stadtkern.knowledge.Hours;
import de.stadtkern.knowledge.Knowledge;
import de.stadtkern.page.Texts;
import de.stadtkern.page.Wording;
import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Hours, contact, fee and documents of what a question names, as texts say them in a form that can be worked
/// with. Says nothing where the question names nothing, or where only a part of what it asks is known.
@Component
class OfficeFacts implements Facts {

    private static final int LOOKED_AT = 6;
    private static final int MOST = 3;
    /// Share of a title that has to be said; less of the one that is the best in all else too.
    private static final double TITLED = 0.5;

    private static final double TITLED_OF_BEST = 0.38;
    /// What is titled as well may be meant too.
    private static final double AS_WELL = 0.05;

    private final Knowledge knowledge;
    private final Texts texts;

    OfficeFacts(Knowledge knowledge, Texts texts) {
        this.knowledge = knowledge;
        this.texts = texts;
    }

    @Override
    public List<Fact> facts(String question, Locale language) {
        return facts(question, language, Instant.now());
    }

    List<Fact> facts(String question, Locale language, Instant now) {
        Set<Need> asked = Need.askedIn(question);
        if (asked.isEmpty() || !knowledge.hasDetails()) {
            return List.of();
        }
        City city = CityContext.current();
        LocalDate today = LocalDate.ofInstant(now, city.zone());
        When when = when(question, today);
        if (when != null && asked.contains(Need.HOURS) && when.last().isBefore(today)) {
            return List.of();
        }
        Wording wording = new Wording(texts, language, city.zone(), now);
        return subjects(question, language, asked).stream()
                .map(text -> fact(text, asked, when, wording))
                .toList();
    }

    private static @Nullable When when(String question, LocalDate today) {
        return When.in(question, today)
                .or(() -> When.isNow(question) ? When.in("heute", today) : Optional.empty())
                .orElse(null);
    }

    /// Those the question names best. Where one of them does not say all of what is asked, something else may be
    /// meant.
    private List<Candidate> subjects(String question, Locale language, Set<Need> asked) {
        List<Candidate> found =
                knowledge.answerable(question, language, LOOKED_AT).texts();
        double best = found.stream().mapToDouble(Candidate::titled).max().orElse(0);
        boolean isBest = !found.isEmpty() && found.getFirst().titled() >= best - AS_WELL;
        double least = Math.max(isBest ? TITLED_OF_BEST : TITLED, best - AS_WELL);
        List<Candidate> meant = found.stream()
                .filter(text -> text.titled() >= least)
                .filter(text -> !text.details().isEmpty() || text.titled() >= best)
                .limit(MOST)
                .toList();
        return meant.stream().allMatch(text -> asked.stream().allMatch(need -> need.isHeldBy(text.details())))
                ? meant
                : List.of();
    }

    private static Fact fact(Candidate text, Set<Need> asked, @Nullable When when, Wording wording) {
        List<String> sentences = new ArrayList<>();
        asked.forEach(need -> sentences.add(sentence(need, text.details(), when, wording)));
        Instant updated = text.updated();
        return new Fact(
                text.title(),
                wording.say("chat.office", text.title(), String.join(" ", sentences)),
                text.title(),
                updated == null ? wording.now() : updated,
                text.address(),
                "");
    }

    private static String sentence(Need need, Details details, @Nullable When when, Wording wording) {
        return switch (need) {
            case HOURS ->
                Hours.of(details.hours())
                        .map(hours -> new HoursWords(
                                        hours,
                                        new Holidays(CityContext.current().ars()),
                                        wording)
                                .said(when))
                        .orElseThrow();
            case PHONE -> wording.say("chat.office.phone", details.phone());
            case MAIL -> wording.say("chat.office.mail", details.mail());
            case APPOINTMENT -> wording.say("chat.office.appointment", details.appointment());
            case PLACE -> wording.say("chat.office.place", withoutEnd(details.place()));
            case FEE -> wording.say("chat.office.fee", withoutEnd(details.fee()));
            case DOCUMENTS -> wording.say("chat.office.documents", String.join("; ", details.documents()));
        };
    }

    /// The sentence has its own.
    private static String withoutEnd(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
