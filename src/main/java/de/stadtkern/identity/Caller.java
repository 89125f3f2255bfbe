package de.stadtkern.identity;

import java.util.Optional;

/// Who asks.
public sealed interface Caller {

    Grants grants();

    /// As versions and logs name them.
    String name();

    /// The account behind it, if there is one.
    default Optional<Long> account() {
        return Optional.empty();
    }

    /// Nobody has said who they are.
    record Anonymous() implements Caller {
        @Override
        public Grants grants() {
            return Grants.NONE;
        }

        @Override
        public String name() {
            return "";
        }
    }

    /// Somebody with an account, logged in.
    ///
    /// @param login              mail address; the first admin's is `admin` until they have given theirs
    /// @param mustChangePassword nothing else can be done before
    /// @param mustAddFactor      nothing else can be done before a second factor is set up, and there are no rights
    /// @param session            number of the session
    /// @param formSecret         what form tokens of this session are made from
    record Person(
            long id,
            String login,
            String name,
            Grants grants,
            boolean mustChangePassword,
            boolean mustAddFactor,
            long session,
            String formSecret)
            implements Caller {
        @Override
        public Optional<Long> account() {
            return Optional.of(id);
        }
    }

    /// A program with an API key.
    ///
    /// @param datastream the only one whose Observations it may write, if it is limited so
    record Machine(long key, String name, Grants grants, Optional<Long> datastream) implements Caller {}

    /// A program that watches over this Stadtkern, with the token from the settings: it reads figures of all towns and
    /// has no rights in any.
    record Monitoring() implements Caller {
        @Override
        public Grants grants() {
            return Grants.NONE;
        }

        @Override
        public String name() {
            return "monitoring";
        }
    }

    /// Commands on the machine itself, by whoever may read the data folder.
    record Operator() implements Caller {
        @Override
        public Grants grants() {
            return Grants.of(Area.TOWN, Role.ADMIN);
        }

        @Override
        public String name() {
            return "system";
        }
    }
}
