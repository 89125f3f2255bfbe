package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.Comparison;
import de.stadtkern.sensorthings.query.Filter.Literal;
import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Filter.PropertyPath;
import de.stadtkern.sensorthings.query.FilterLexer.Kind;
import de.stadtkern.sensorthings.query.FilterLexer.Token;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `$filter` by recursive descent: `or`, then `and`, then `not`, then comparisons and parentheses.
final class FilterParser {

    private static final int MAX_LENGTH = 16_000;
    private static final int MAX_DEPTH = 60;
    private static final int MAX_COMPARISONS = 200;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_EXPONENT = 400;
    private static final Set<String> ARITHMETIC = Set.of("add", "sub", "mul", "div", "mod");

    private final EntityType type;
    private final FilterLexer tokens;
    private int depth;
    private int comparisons;

    private FilterParser(EntityType type, String text) {
        this.type = type;
        this.tokens = new FilterLexer(text);
    }

    static Filter parse(EntityType type, String text) {
        if (text.length() > MAX_LENGTH) {
            throw RequestRefused.option("$filter", "$filter has at most %d characters.".formatted(MAX_LENGTH));
        }
        FilterParser parser = new FilterParser(type, text);
        Filter filter = parser.or();
        Token rest = parser.tokens.peek();
        if (rest.kind() != Kind.END) {
            throw unexpected(rest, "'and', 'or' or the end");
        }
        return filter;
    }

    private Filter or() {
        Filter left = and();
        while (tokens.peek().is("or")) {
            tokens.take();
            left = new Filter.Or(left, and());
        }
        return left;
    }

    private Filter and() {
        Filter left = not();
        while (tokens.peek().is("and")) {
            tokens.take();
            left = new Filter.And(left, not());
        }
        return left;
    }

    private Filter not() {
        Token token = tokens.peek();
        if (++depth > MAX_DEPTH) {
            throw RequestRefused.filter(
                    "Parentheses and 'not' are nested more than %d deep".formatted(MAX_DEPTH), token.position());
        }
        try {
            if (token.is("not")) {
                tokens.take();
                return new Filter.Not(not());
            }
            return token.kind() == Kind.OPEN ? parentheses() : comparison();
        } finally {
            depth--;
        }
    }

    private Filter parentheses() {
        tokens.take();
        Filter inner = or();
        Token close = tokens.take();
        if (close.kind() != Kind.CLOSE) {
            throw unexpected(close, "')'");
        }
        refuseArithmetic(tokens.peek());
        return inner;
    }

    private Filter comparison() {
        Token first = tokens.peek();
        if (++comparisons > MAX_COMPARISONS) {
            throw RequestRefused.filter(
                    "There are more than %d comparisons".formatted(MAX_COMPARISONS), first.position());
        }
        @Nullable Literal literal = literal(first);
        if (literal != null) {
            tokens.take();
            Operator operator = operator();
            return new Comparison(path(tokens.take()), operator.turned(), literal);
        }
        PropertyPath path = path(tokens.take());
        Operator operator = operator();
        Token second = tokens.peek();
        Literal value = literal(second);
        if (value == null) {
            path(tokens.take());
            throw RequestRefused.notOffered(
                    "$filter",
                    "Comparing two properties with each other is not offered yet: '%s'.".formatted(second.text()));
        }
        tokens.take();
        refuseArithmetic(tokens.peek());
        return new Comparison(path, operator, value);
    }

    private Operator operator() {
        Token token = tokens.take();
        refuseArithmetic(token);
        if (token.is("in") || token.is("has")) {
            throw RequestRefused.notOffered(
                    token.text(), "The operator '%s' is not offered yet.".formatted(token.text()));
        }
        if (token.kind() == Kind.NAME) {
            for (Operator operator : Operator.values()) {
                if (operator.name().toLowerCase(Locale.ROOT).equals(token.text())) {
                    return operator;
                }
            }
        }
        throw unexpected(token, "eq, ne, gt, ge, lt or le");
    }

    private static void refuseArithmetic(Token token) {
        if (token.kind() == Kind.NAME && ARITHMETIC.contains(token.text())) {
            throw RequestRefused.notOffered(
                    token.text(), "Arithmetic ('%s') in $filter is not offered yet.".formatted(token.text()));
        }
    }

    private static @Nullable Literal literal(Token token) {
        return switch (token.kind()) {
            case TEXT -> new Literal.Text(token.text());
            case NUMBER -> new Literal.Number(number(token));
            case TIME -> moment(token);
            case NAME ->
                switch (token.text()) {
                    case "true" -> new Literal.Bool(true);
                    case "false" -> new Literal.Bool(false);
                    case "null" -> new Literal.Missing();
                    default -> null;
                };
            case OPEN, CLOSE, OTHER, END -> null;
        };
    }

    private static BigDecimal number(Token token) {
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
        throw RequestRefused.filter("This number is too long or too large", token.position());
    }

    private static Literal moment(Token token) {
        try {
            return new Literal.Moment(TimePeriod.instant(token.text().replace(' ', '+')));
        } catch (DateTimeException unreadable) {
            throw RequestRefused.filter(String.valueOf(unreadable.getMessage()), token.position());
        }
    }

    private PropertyPath path(Token token) {
        if (token.kind() != Kind.NAME) {
            throw unexpected(token, "a property");
        }
        if (tokens.peek().kind() == Kind.OPEN) {
            throw RequestRefused.notOffered(
                    token.text(),
                    "The function '%s' is not offered yet.".formatted(RequestRefused.shown(token.text())));
        }
        if (tokens.peek().kind() == Kind.TEXT) {
            throw RequestRefused.notOffered(
                    token.text(),
                    "Values written %s'…' are not offered yet.".formatted(RequestRefused.shown(token.text())));
        }
        return path(type, token.text(), "$filter");
    }

    /// @param option for the error text
    static PropertyPath path(EntityType type, String text, String option) {
        List<String> parts = Arrays.asList(text.split("/", -1));
        String name = parts.getFirst();
        if (parts.size() > 1 && type.findRelation(name).isPresent()) {
            throw RequestRefused.notOffered(
                    option,
                    "Properties of other entities in %s are not offered yet: '%s'."
                            .formatted(option, RequestRefused.shown(text)));
        }
        Property property =
                type.findProperty(name).orElseThrow(() -> RequestRefused.unknownProperty(option, type, name));
        List<String> inner = parts.subList(1, parts.size());
        if (!inner.isEmpty() && (!property.hasParts() || !inner.stream().allMatch(FilterLexer::isName))) {
            throw RequestRefused.option(option, "'%s' has no parts: '%s'.".formatted(name, RequestRefused.shown(text)));
        }
        return new PropertyPath(type, property, inner);
    }

    private static RequestRefused unexpected(Token token, String expected) {
        String found = token.kind() == Kind.END ? "the end" : "'" + RequestRefused.shown(token.text()) + "'";
        return RequestRefused.filter("Expected %s but found %s".formatted(expected, found), token.position());
    }
}
