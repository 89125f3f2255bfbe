package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Function;
import de.stadtkern.sensorthings.query.Geometries;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Shapes;
import de.stadtkern.sensorthings.query.Shapes.Found;
import de.stadtkern.sensorthings.query.Shapes.Question;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/// Answers the spatial questions of a request: those whose bounding box comes into question by the database's index,
/// and these exactly by JTS.
final class GeoSearch {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private GeoSearch() {}

    static Shapes shapes(DataSource dataSource, Request request) {
        Set<Question> questions = Shapes.questions(request);
        if (questions.isEmpty()) {
            return Shapes.NONE;
        }
        Map<Question, Found> found = new HashMap<>();
        try (Connection connection = dataSource.getConnection()) {
            for (Question question : questions) {
                found.put(question, find(connection, question));
            }
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
        return new Shapes(found);
    }

    private static Found find(Connection connection, Question question) throws SQLException {
        Geometry given = question.given().isEmpty() ? null : Geometries.get(question.given());
        boolean isPointSearch = question.function() == Function.GEO_DISTANCE
                && !question.type().isSeries()
                && given instanceof Point point
                && !point.isEmpty();
        LongStream.Builder ids = LongStream.builder();
        java.util.stream.DoubleStream.Builder values = java.util.stream.DoubleStream.builder();
        Check check = given == null ? null : new Check(question, given);
        try (PreparedStatement statement = connection.prepareStatement(sql(question, isPointSearch))) {
            if (hasBox(question) && given != null) {
                statement.setString(1, box(given.getEnvelopeInternal()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Geometry geometry = geometry(rows);
                    if (geometry == null) {
                        continue;
                    }
                    if (question.function() == Function.GEO_LENGTH || question.function() == Function.GEO_DISTANCE) {
                        ids.add(rows.getLong(1));
                        values.add(given == null ? geometry.getLength() : geometry.distance(given));
                    } else if (check != null && check.holds(geometry)) {
                        ids.add(rows.getLong(1));
                    }
                }
            }
        }
        return new Found(ids.build().toArray(), values.build().toArray(), isPointSearch);
    }

    private static @Nullable Geometry geometry(ResultSet row) throws SQLException {
        String json = row.getString(4);
        return json == null
                ? GEOMETRIES.createPoint(new Coordinate(row.getDouble(2), row.getDouble(3)))
                : GeoJson.geometry(json, GEOMETRIES);
    }

    /// Of rows with nothing but a point the point is enough.
    private static String sql(Question question, boolean isPointSearch) {
        return switch (question.type()) {
            case LOCATION -> sql("location", "location", question, isPointSearch);
            case FEATURE_OF_INTEREST -> sql("feature_of_interest", "feature", question, isPointSearch);
            case DATASTREAM, MULTI_DATASTREAM ->
                "select id, 0, 0, observed_area::text from datastream where observed_area is not null and not hidden";
            case THING, HISTORICAL_LOCATION, SENSOR, OBSERVED_PROPERTY, OBSERVATION ->
                throw new IllegalArgumentException(question.toString());
        };
    }

    private static String sql(String table, String column, Question question, boolean isPointSearch) {
        // What is no GeoJSON has no box, whatever it looks like.
        String where = isPointSearch
                ? "point is null and bbox is not null"
                : hasBox(question) ? "bbox && ?::box" : "bbox is not null";
        return "select id, point[0], point[1], case when point is null then %s::text end from %s where %s"
                .formatted(column, table, where);
    }

    /// Whether only what comes near can be meant.
    private static boolean hasBox(Question question) {
        return !question.type().isSeries()
                && switch (question.function()) {
                    case GEO_INTERSECTS,
                            ST_EQUALS,
                            ST_TOUCHES,
                            ST_WITHIN,
                            ST_OVERLAPS,
                            ST_CROSSES,
                            ST_INTERSECTS,
                            ST_CONTAINS -> true;
                    default -> false;
                };
    }

    private static String box(Envelope box) {
        return "((%s,%s),(%s,%s))".formatted(box.getMaxX(), box.getMaxY(), box.getMinX(), box.getMinY());
    }

    /// One question asked of many geometries.
    private static final class Check {
        private final Question question;
        private final Geometry given;
        private final PreparedGeometry prepared;

        Check(Question question, Geometry given) {
            this.question = question;
            this.given = given;
            this.prepared = PreparedGeometryFactory.prepare(given);
        }

        /// A geometry that crosses itself has no inside and so no answer.
        boolean holds(Geometry geometry) {
            try {
                return asked(geometry);
            } catch (TopologyException | IllegalArgumentException crossesItself) {
                return false;
            }
        }

        private boolean asked(Geometry geometry) {
            return switch (question.function()) {
                case GEO_INTERSECTS, ST_INTERSECTS -> prepared.intersects(geometry);
                case ST_DISJOINT -> prepared.disjoint(geometry);
                case ST_TOUCHES -> prepared.touches(geometry);
                case ST_OVERLAPS -> prepared.overlaps(geometry);
                case ST_CROSSES -> prepared.crosses(geometry);
                case ST_EQUALS -> given.equalsTopo(geometry);
                case ST_WITHIN -> question.isFirst() ? prepared.contains(geometry) : prepared.within(geometry);
                case ST_CONTAINS -> question.isFirst() ? prepared.within(geometry) : prepared.contains(geometry);
                case ST_RELATE ->
                    question.isFirst()
                            ? geometry.relate(given, question.pattern())
                            : given.relate(geometry, question.pattern());
                default -> throw new IllegalArgumentException(question.toString());
            };
        }
    }
}
