package de.stadtkern.watches;

import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.net.URI;
import java.time.Duration;

/// Whether a wish makes a watch; what does not is said at its field.
final class WatchCheck {

    private static final int MOST_MAILS = 10;

    private WatchCheck() {}

    static void check(Watch.Wish wish, Flaws flaws) {
        if (wish.name().isBlank() || wish.name().length() > 200) {
            flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
        }
        if (flaws.isFine("kind")) {
            kind(wish, flaws);
        }
        if (wish.mails().size() > MOST_MAILS) {
            flaws.add(Problem.field("mails", "too-many-mails", "At most %d addresses.".formatted(MOST_MAILS)));
        }
        for (String mail : wish.mails()) {
            if (mail.length() > 250 || !mail.matches("[^@\\s<>\"]+@[^@\\s<>\"]+\\.[^@\\s<>\"]+")) {
                flaws.add(Problem.field("mails", "mail-invalid", "'%.80s' is no mail address.".formatted(mail)));
            }
        }
        hook(wish.hook(), flaws);
        if (flaws.isFine("quiet-from") && (wish.quietFrom() == null) != (wish.quietTo() == null)) {
            flaws.add(Problem.field("quiet-to", "quiet-half", "Quiet hours have a beginning and an end."));
        }
    }

    private static void kind(Watch.Wish wish, Flaws flaws) {
        switch (wish.kind()) {
            case LIMIT -> limit(wish, flaws);
            case SILENCE -> {
                if (wish.intervals() == 0
                        && (wish.silence().compareTo(Duration.ofMinutes(1)) < 0
                                || wish.silence().compareTo(Duration.ofDays(366)) > 0)) {
                    flaws.add(Problem.field("silence", "silence-invalid", "A silence lasts a minute to a year."));
                }
            }
            case DEVIATION -> {
                if (wish.factor() < 1 || wish.factor() > 100) {
                    flaws.add(Problem.field("factor", "factor-invalid", "Choose how much is unusual."));
                }
            }
        }
    }

    private static void limit(Watch.Wish wish, Flaws flaws) {
        if (wish.above() == null && wish.below() == null && flaws.isFine("below")) {
            flaws.add(Problem.field("above", "limit-missing", "Say above or below which value it is."));
        }
        if (wish.above() != null && wish.below() != null && wish.below() >= wish.above()) {
            flaws.add(Problem.field("below", "limits-crossed", "The lower limit lies below the upper one."));
        }
        if (wish.margin() < 0) {
            flaws.add(Problem.field("margin", "margin-invalid", "The distance is a number from 0."));
        }
    }

    private static void hook(String hook, Flaws flaws) {
        if (hook.isEmpty()) {
            return;
        }
        try {
            URI address = URI.create(hook);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null && hook.length() <= 1_000) {
                return;
            }
        } catch (IllegalArgumentException unreadable) {
            // answered below
        }
        flaws.add(Problem.field("hook", "hook-invalid", "A web-hook is written like https://example.org/hook."));
    }
}
