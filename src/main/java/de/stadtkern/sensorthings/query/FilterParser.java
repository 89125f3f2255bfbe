package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Filter.Quantifier;
import de.stadtkern.sensorthings.query.FilterLexer.Kind;
import de.stadtkern.sensorthings.query.FilterLexer.Token;
import de.stadtkern.sensorthings.query.Value.Literal;
import de.stadtkern.sensorthings.query.Value.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `$filter`, and one value of `$orderby`, by recursive descent: `or`, `and`, `not`, comparisons, sums, products,
/// and what stands alone. Whether kinds fit is [Typing]'s to say.
final class FilterParser {

    private static final int MAX_LENGTH = 16_000;
    private static final int MAX_DEPTH = 60;
    private static final int MAX_PARTS = 400;

    private final Piece piece;
    private final FilterLexer tokens;
    private final Typing typing;
    private final Map<String, EntityType> variables = new HashMap<>();
    private int depth;
    private int parts;

    private FilterParser(EntityType type, Piece piece) {
        this.piece = piece;
        this.tokens = new FilterLexer(piece);
        this.typing = new Typing(piece);
        variables.put("", type);
    }

    static Filter parse(EntityType type, Piece text) {
        if (text.text().length() > MAX_LENGTH) {
            throw RequestRefused.option(text.option(), "A filter has at most %d characters.".formatted(MAX_LENGTH));
        }
        FilterParser parser = new FilterParser(type, text);
        Filter filter = parser.typing.condition(parser.or());
        parser.requireEnd("'and', 'or' or the end");
        return filter;
    }

    /// One value, as `$orderby` has it.
    static Value value(EntityType type, Piece text) {
        FilterParser parser = new FilterParser(type, text);
        Value value = parser.typing.value(parser.sum());
        parser.requireEnd("asc, desc or the end");
        return value;
    }

    private void requireEnd(String expected) {
        if (tokens.peek().kind() != Kind.END) {
            throw unexpected(tokens.peek(), expected);
        }
    }

    private Term or() {
        Term left = and();
        while (tokens.peek().is("or")) {
            tokens.take();
            left = Term.of(new Filter.Or(typing.condition(left), typing.condition(and())), left.position());
        }
        return left;
    }

    private Term and() {
        Term left = not();
        while (tokens.peek().is("and")) {
            tokens.take();
            left = Term.of(new Filter.And(typing.condition(left), typing.condition(not())), left.position());
        }
        return left;
    }

    private Term not() {
        Token token = tokens.peek();
        if (!token.is("not")) {
            return comparison();
        }
        tokens.take();
        enter(token);
        Term inner = not();
        depth--;
        return Term.of(new Filter.Not(typing.condition(inner)), token.position());
    }

    private void enter(Token token) {
        if (++depth > MAX_DEPTH) {
            throw piece.refused(
                    "Parentheses and 'not' are nested more than %d deep".formatted(MAX_DEPTH), token.position());
        }
        if (++parts > MAX_PARTS) {
            throw piece.refused("There are more than %d parts".formatted(MAX_PARTS), token.position());
        }
    }

    private Term comparison() {
        Term left = sum();
        Token token = tokens.peek();
        if (token.is("in")) {
            tokens.take();
            return Term.of(new Filter.In(typing.value(left), options(left)), left.position());
        }
        if (token.is("has")) {
            throw RequestRefused.notOffered("has", "The operator 'has' is for flags, which SensorThings has none of.");
        }
        Operator operator = operator(token);
        if (operator == null) {
            if (left.value() != null && token.kind() == Kind.NAME && !token.is("and") && !token.is("or")) {
                throw unexpected(token, "eq, ne, gt, ge, lt, le, in or the end");
            }
            return left;
        }
        tokens.take();
        return Term.of(typing.comparison(left, operator, sum()), left.position());
    }

    private List<Value> options(Term left) {
        take(Kind.OPEN, "'('");
        List<Value> options = new ArrayList<>();
        do {
            enter(tokens.peek());
            Term option = primary();
            depth--;
            options.add(typing.option(left, option));
        } while (tokens.peek().kind() == Kind.COMMA && tokens.take() != null);
        take(Kind.CLOSE, "',' or ')'");
        return options;
    }

    private static @Nullable Operator operator(Token token) {
        if (token.kind() == Kind.NAME) {
            for (Operator operator : Operator.values()) {
                if (operator.name().toLowerCase(Locale.ROOT).equals(token.text())) {
                    return operator;
                }
            }
        }
        return null;
    }

    private Term sum() {
        Term left = product();
        while (tokens.peek().is("add") || tokens.peek().is("sub")) {
            left = arithmetic(left, this::product);
        }
        return left;
    }

    private Term product() {
        Term left = primary();
        while (tokens.peek().is("mul")
                || tokens.peek().is("div")
                || tokens.peek().is("mod")) {
            left = arithmetic(left, this::primary);
        }
        return left;
    }

    private Term arithmetic(Term left, java.util.function.Supplier<Term> right) {
        Token word = tokens.take();
        enter(word);
        depth--;
        Operation operation = Operation.valueOf(word.text().toUpperCase(Locale.ROOT));
        return typing.arithmetic(left, operation, right.get(), word.position());
    }

    private Term primary() {
        Token token = tokens.take();
        enter(token);
        try {
            return switch (token.kind()) {
                case OPEN -> {
                    Term inner = or();
                    take(Kind.CLOSE, "')'");
                    yield inner;
                }
                case NAME -> named(token);
                case TEXT, NUMBER, TIME, DAY, CLOCK -> Term.of(Literals.read(piece, token, tokens), token.position());
                case CLOSE, COMMA, SLASH, OTHER, END -> throw unexpected(token, "a property or a value");
            };
        } finally {
            depth--;
        }
    }

    private Term named(Token token) {
        if (tokens.peek().kind() == Kind.OPEN) {
            String name = token.text();
            boolean any = name.endsWith("/any");
            if (any || name.endsWith("/all")) {
                return quantified(token, any ? Quantifier.ANY : Quantifier.ALL);
            }
            return call(token);
        }
        Literal literal = Literals.named(piece, token, tokens);
        return Term.of(literal == null ? path(token) : literal, token.position());
    }

    private Term call(Token token) {
        Function function = Function.find(token.text())
                .orElseThrow(() -> piece.refused(
                        "There is no function '%s'".formatted(RequestRefused.shown(token.text())), token.position()));
        take(Kind.OPEN, "'('");
        List<Term> arguments = new ArrayList<>();
        while (tokens.peek().kind() != Kind.CLOSE) {
            if (!arguments.isEmpty()) {
                take(Kind.COMMA, "',' or ')'");
            }
            arguments.add(sum());
        }
        take(Kind.CLOSE, "')'");
        return typing.call(function, arguments, token.position());
    }

    /// `Datastreams/any(d: d/name eq 'x')`; without a variable the question is whether there are any.
    private Term quantified(Token token, Quantifier quantifier) {
        String text = token.text();
        List<String> segments = new ArrayList<>(
                Arrays.asList(text.substring(0, text.lastIndexOf('/')).split("/", -1)));
        String from = variableOf(segments);
        EntityType type = typeOf(from);
        List<Relation> way = new ArrayList<>();
        for (String segment : segments) {
            EntityType source = type;
            Relation relation =
                    source.findRelation(segment).orElseThrow(() -> noRelation(source, segment, token.position()));
            way.add(relation);
            type = relation.target();
        }
        if (way.isEmpty()) {
            throw unexpected(token, "a relation before any or all");
        }
        take(Kind.OPEN, "'('");
        if (tokens.peek().kind() == Kind.CLOSE && quantifier == Quantifier.ANY) {
            tokens.take();
            return Term.of(new Filter.Quantified(quantifier, from, way, "", null), token.position());
        }
        Token first = tokens.peek();
        String variable = tokens.takeVariable();
        if (variable == null || variables.containsKey(variable)) {
            throw unexpected(first, "a new variable and a colon, as in any(x: x/name eq 'a')");
        }
        variables.put(variable, type);
        Filter condition = typing.condition(or());
        variables.remove(variable);
        take(Kind.CLOSE, "')'");
        return Term.of(new Filter.Quantified(quantifier, from, way, variable, condition), token.position());
    }

    private RequestRefused noRelation(EntityType type, String name, int position) {
        return piece.refused(
                "%s leads to no '%s'".formatted(type.entity(), RequestRefused.shown(name)),
                position,
                "It leads to: %s.".formatted(type.knownRelations()));
    }

    private EntityType typeOf(String variable) {
        EntityType type = variables.get(variable);
        if (type == null) {
            throw new IllegalArgumentException(variable);
        }
        return type;
    }

    /// Takes the variable a path begins with away from it; empty for the entity asked for.
    private String variableOf(List<String> segments) {
        if (segments.getFirst().equals("$it")) {
            segments.removeFirst();
            return "";
        }
        return !segments.getFirst().isEmpty() && variables.containsKey(segments.getFirst())
                ? segments.removeFirst()
                : "";
    }

    private Value.Path path(Token token) {
        // `result[0]` is how some clients write `result/0`.
        String text = token.text().replace('[', '/').replace("]", "");
        List<String> segments = new ArrayList<>(Arrays.asList(text.split("/", -1)));
        String variable = variableOf(segments);
        EntityType type = typeOf(variable);
        List<Relation> hops = new ArrayList<>();
        while (segments.size() > 1 && type.findRelation(segments.getFirst()).isPresent()) {
            Relation hop = type.findRelation(segments.removeFirst()).orElseThrow();
            hops.add(hop);
            type = hop.target();
        }
        if (segments.isEmpty()) {
            throw unexpected(token, "a property after '%s'".formatted(token.text()));
        }
        String name = segments.getFirst();
        EntityType owner = type;
        Property property = owner.findProperty(name)
                .orElseThrow(() -> RequestRefused.unknownProperty(
                        piece,
                        token.position()
                                + text.length()
                                - String.join("/", segments).length(),
                        owner,
                        name));
        List<String> inner = segments.subList(1, segments.size());
        if (!inner.isEmpty() && (!property.hasParts() || !inner.stream().allMatch(FilterLexer::isName))) {
            throw piece.refused(
                    "'%s' has no parts: '%s'".formatted(name, RequestRefused.shown(token.text())), token.position());
        }
        return new Value.Path(variable, hops, owner, property, inner);
    }

    private void take(Kind kind, String expected) {
        Token token = tokens.take();
        if (token.kind() != kind) {
            throw unexpected(token, expected);
        }
    }

    private RequestRefused unexpected(Token token, String expected) {
        String found = token.kind() == Kind.END ? "the end" : "'" + RequestRefused.shown(token.text()) + "'";
        return piece.refused("Expected %s but found %s".formatted(expected, found), token.position());
    }
}
