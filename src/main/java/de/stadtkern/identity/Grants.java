package de.stadtkern.identity;

import java.util.Map;
import java.util.TreeMap;

/// Which role somebody has in which area.
public record Grants(Map<Area, Role> roles) {

    public static final Grants NONE = new Grants(Map.of());

    public Grants {
        roles = Map.copyOf(roles);
    }

    public static Grants of(Area area, Role role) {
        return new Grants(Map.of(area, role));
    }

    public boolean allow(Role role, Area area) {
        return gives(area, role) || gives(Area.TOWN, role);
    }

    /// Whether somebody with these may hand `other` out: nobody gives more than they have.
    boolean cover(Grants other) {
        return other.roles.entrySet().stream().allMatch(given -> allow(given.getValue(), given.getKey()));
    }

    private boolean gives(Area area, Role role) {
        Role given = roles.get(area);
        return given != null && given.includes(role);
    }

    /// As tables and versions keep it: by area, in the order of the alphabet.
    Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        roles.forEach((area, role) -> keys.put(area.key(), role.key()));
        return keys;
    }

    static Grants of(Map<String, String> keys) {
        Map<Area, Role> roles = new TreeMap<>();
        keys.forEach((area, role) -> roles.put(Area.of(area), Role.of(role)));
        return new Grants(roles);
    }
}
