package de.stadtkern.watches;

import de.stadtkern.problem.Problem;
import java.net.URI;
import java.time.Duration;

/// Whether a wish makes a watch; the first thing that does not is said at its field.
final class WatchCheck {

    private static final int MOST_MAILS = 10;

    private WatchCheck() {}

    static void require(Watch.Wish wish) {
        if (wish.name().isBlank() || wish.name().length() > 200) {
            throw Problem.field("name", "name-invalid", "A name has 1 to 200 characters.");
        }
        switch (wish.kind()) {
            case LIMIT -> limit(wish);
            case SILENCE -> {
                if (wish.intervals() == 0
                        && (wish.silence().compareTo(Duration.ofMinutes(1)) < 0
                                || wish.silence().compareTo(Duration.ofDays(366)) > 0)) {
                    throw Problem.field("silence", "silence-invalid", "A silence lasts a minute to a year.");
                }
            }
            case DEVIATION -> {
                if (wish.factor() < 1 || wish.factor() > 100) {
                    throw Problem.field("factor", "factor-invalid", "Choose how much is unusual.");
                }
            }
        }
        if (wish.mails().size() > MOST_MAILS) {
            throw Problem.field("mails", "too-many-mails", "At most %d addresses.".formatted(MOST_MAILS));
        }
        for (String mail : wish.mails()) {
            if (mail.length() > 250 || !mail.matches("[^@\\s<>\"]+@[^@\\s<>\"]+\\.[^@\\s<>\"]+")) {
                throw Problem.field("mails", "mail-invalid", "'%.80s' is no mail address.".formatted(mail));
            }
        }
        hook(wish.hook());
        if ((wish.quietFrom() == null) != (wish.quietTo() == null)) {
            throw Problem.field("quiet-to", "quiet-half", "Quiet hours have a beginning and an end.");
        }
    }

    private static void limit(Watch.Wish wish) {
        if (wish.above() == null && wish.below() == null) {
            throw Problem.field("above", "limit-missing", "Say above or below which value it is.");
        }
        if (wish.above() != null && wish.below() != null && wish.below() >= wish.above()) {
            throw Problem.field("below", "limits-crossed", "The lower limit lies below the upper one.");
        }
        if (wish.margin() < 0) {
            throw Problem.field("margin", "margin-invalid", "The distance is a number from 0.");
        }
    }

    private static void hook(String hook) {
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
        throw Problem.field("hook", "hook-invalid", "A web-hook is written like https://example.org/hook.");
    }
}
