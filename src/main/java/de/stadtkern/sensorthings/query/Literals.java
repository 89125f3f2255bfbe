package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.FilterLexer.Kind;
import de.stadtkern.sensorthings.query.FilterLexer.Token;
import de.stadtkern.sensorthings.query.Value.Literal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/// Values as they are written in a filter.
final class Literals {

    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_EXPONENT = 400;

    /// A thousand years: longer spans lead out of the calendar.
    private static final Duration LONGEST = Duration.ofDays(366_000);

    private Literals() {}

    static Literal read(Piece piece, Token token, FilterLexer tokens) {
        try {
            return switch (token.kind()) {
                case TEXT -> new Literal.Text(token.text());
                case NUMBER -> new Literal.Number(number(piece, token));
                case TIME -> time(piece, token, tokens);
                case DAY -> new Literal.Day(LocalDate.parse(token.text()));
                case CLOCK -> new Literal.Clock(LocalTime.parse(token.text()).truncatedTo(ChronoUnit.MICROS));
                case NAME, OPEN, CLOSE, COMMA, SLASH, OTHER, END -> throw new IllegalArgumentException(token.text());
            };
        } catch (DateTimeException unreadable) {
            throw piece.refused(String.valueOf(unreadable.getMessage()), token.position());
        }
    }

    /// `true`, `false`, `null`, and words before a quote: `duration'PT1H'`, `geography'POINT(1 2)'`.
    static @Nullable Literal named(Piece piece, Token token, FilterLexer tokens) {
        if (tokens.peek().kind() == Kind.TEXT) {
            String text = tokens.take().text();
            return switch (token.text()) {
                case "geography", "geometry" -> shape(piece, token, text);
                case "duration" -> span(piece, token, text);
                default ->
                    throw piece.refused(
                            "Before a text in quotes stands geography, geometry or duration, not '%s'"
                                    .formatted(RequestRefused.shown(token.text())),
                            token.position());
            };
        }
        return switch (token.text()) {
            case "true" -> new Literal.Bool(true);
            case "false" -> new Literal.Bool(false);
            case "null" -> new Literal.Missing();
            default -> null;
        };
    }

    private static BigDecimal number(Piece piece, Token token) {
        try {
            if (token.text().length() <= MAX_NUMBER_LENGTH) {
                BigDecimal number = new BigDecimal(token.text());
                if (Math.abs((long) number.precision() - number.scale()) <= MAX_EXPONENT
                        && Math.abs((long) number.scale()) <= MAX_EXPONENT) {
                    return number;
                }
            }
        } catch (NumberFormatException tooLarge) {
            // said below
        }
        throw piece.refused("This number is too long or too large", token.position());
    }

    /// A moment, or `start/end`, or `start/duration`.
    private static Literal time(Piece piece, Token token, FilterLexer tokens) {
        Instant start = TimePeriod.instant(token.text().replace(' ', '+'));
        if (tokens.peek().kind() != Kind.SLASH) {
            return new Literal.Moment(start);
        }
        tokens.take();
        Token end = tokens.take();
        if (end.kind() == Kind.TIME) {
            return new Literal.Stretch(
                    new TimePeriod(start, TimePeriod.instant(end.text().replace(' ', '+'))));
        }
        if (end.kind() == Kind.NAME) {
            return new Literal.Stretch(new TimePeriod(
                    start, start.plus(span(piece, end, end.text()).micros(), ChronoUnit.MICROS)));
        }
        throw piece.refused("Expected the end of the interval, a time or a duration", end.position());
    }

    private static Literal.Shape shape(Piece piece, Token token, String text) {
        Geometry geometry = Geometries.find(text);
        if (geometry == null || geometry.isEmpty() || !geometry.isValid()) {
            throw piece.refused(
                    "'%s' is no geometry; write it like POINT(11.58 50.92) or POLYGON((11 50, 12 50, 12 51, 11 50))"
                            .formatted(RequestRefused.shown(text)),
                    token.position());
        }
        return new Literal.Shape(text);
    }

    private static Literal.Span span(Piece piece, Token token, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.abs().compareTo(LONGEST) <= 0) {
                return new Literal.Span(duration.toNanos() / 1_000);
            }
        } catch (DateTimeException unreadable) {
            // said below
        }
        throw piece.refused(
                "'%s' is no duration of at most a thousand years; write it like P1DT2H30M"
                        .formatted(RequestRefused.shown(text)),
                token.position());
    }
}
