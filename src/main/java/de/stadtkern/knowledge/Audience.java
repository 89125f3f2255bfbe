package de.stadtkern.knowledge;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whom a text is meant for, as a word: `public`, `staff`, or `department:AREA` with the key of an area of work.
final class Audience {

    static final String PUBLIC = "public";
    static final String STAFF = "staff";
    private static final String DEPARTMENT = "department:";

    private Audience() {}

    static boolean isKnown(String audience) {
        return all().contains(audience);
    }

    static List<String> all() {
        List<String> all = new ArrayList<>(List.of(PUBLIC, STAFF));
        Arrays.stream(Area.values()).map(Audience::of).forEach(all::add);
        return all;
    }

    private static String of(Area area) {
        return DEPARTMENT + area.key();
    }

    /// Those the caller belongs to. Staff is whoever may see what is not for everybody, in any area.
    static List<String> of(Rights rights) {
        List<String> own = new ArrayList<>(List.of(PUBLIC));
        for (Area area : Area.values()) {
            if (rights.allow(Role.VIEWER, area)) {
                own.add(of(area));
            }
        }
        if (own.size() > 1) {
            own.add(STAFF);
        }
        return own;
    }
}
