package de.stadtkern.identity;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// What people call the things whose ids stand in [Change]s. The module that keeps them implements it.
public interface Named {

    /// Fields of changes that hold such ids, several of them with spaces between.
    Set<String> fields();

    /// @param field one of [#fields]
    /// @return names of those that are there; what is gone has none
    Map<Long, String> names(String field, Collection<Long> ids);
}
