package de.stadtkern.sensorthings.query;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/// Geometries as filters write them: well-known text, longitude before latitude.
public final class Geometries {

    private Geometries() {}

    /// Null for what is none.
    public static @Nullable Geometry find(String wellKnownText) {
        int srid = wellKnownText.indexOf(';');
        try {
            return new WKTReader().read(wellKnownText.substring(srid + 1).strip());
        } catch (ParseException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    public static Geometry get(String wellKnownText) {
        Geometry geometry = find(wellKnownText);
        if (geometry == null) {
            throw new IllegalArgumentException(wellKnownText);
        }
        return geometry;
    }

    /// As PostgreSQL writes a point.
    static String point(String wellKnownText) {
        Coordinate at = ((Point) get(wellKnownText)).getCoordinate();
        return "(%s,%s)".formatted(at.x, at.y);
    }
}
