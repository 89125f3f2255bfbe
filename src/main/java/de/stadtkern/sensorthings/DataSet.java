package de.stadtkern.sensorthings;

import de.stadtkern.identity.Role;
import de.stadtkern.identity.Version;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.Locale;
import java.util.Set;

/// A named group of Things and Datastreams and who may read and write it.
public record DataSet(long id, Wish wish) {

    /// Who may read.
    public enum Openness {
        /// Everybody, without an account.
        PUBLIC,
        /// Whoever has a role in the area of the platform; its editors write.
        INTERNAL,
        /// Stewards, and the roles and keys that are named.
        PROTECTED;

        /// In forms and tables.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The one with this key; throws a [Problem] at the field if there is none.
        public static Openness of(String key) {
            for (Openness openness : values()) {
                if (openness.key().equals(key)) {
                    return openness;
                }
            }
            throw Problem.field("openness", "openness-unknown", "Choose who may read it.");
        }
    }

    /// Of what stewards see and change.
    public String version() {
        return Version.of(DataSets.tree(this));
    }

    /// @param readers     roles in the area of the platform; of protected sets only, as the three that follow
    /// @param readingKeys ids of API keys
    /// @param things      with all their Datastreams, those that come later included
    /// @param datastreams of other Things
    public record Wish(
            String name,
            String description,
            Openness openness,
            Set<Role> readers,
            Set<Role> writers,
            Set<Long> readingKeys,
            Set<Long> writingKeys,
            Set<Long> things,
            Set<Long> datastreams) {

        public Wish {
            Flaws flaws = new Flaws();
            if (name.isBlank() || name.length() > 200) {
                flaws.add(Problem.field("name", "name-invalid", "A name has 1 to 200 characters."));
            }
            if (description.length() > 2_000) {
                flaws.add(Problem.field(
                        "description", "description-invalid", "A description has at most 2000 characters."));
            }
            flaws.end();
            readers = Set.copyOf(readers);
            writers = Set.copyOf(writers);
            readingKeys = Set.copyOf(readingKeys);
            writingKeys = Set.copyOf(writingKeys);
            things = Set.copyOf(things);
            datastreams = Set.copyOf(datastreams);
        }
    }
}
