package de.stadtkern.operation;

import de.stadtkern.people.Menu;
import java.util.List;

/// What the operator's page shows.
///
/// @param every   after so many seconds an open page looks again
/// @param parts   what the health is made of
/// @param silent  how many Datastreams are silent; `silences` are the latest of them
/// @param backup  how an archive that is being written is getting on; empty if none is
/// @param slow    from when on a statement is slow
record OperationView(
        List<Menu.Entry> menu,
        int every,
        List<Part> parts,
        int silent,
        List<Silence> silences,
        String plan,
        String backup,
        List<Backup> backups,
        List<Job> failedJobs,
        List<Job> jobs,
        List<Event> events,
        String imports,
        List<Import> failedImports,
        List<Hook> failedHooks,
        String mail,
        boolean mailFails,
        List<Slow> slow,
        List<Fact> machine) {

    record Part(String name, boolean well, String text) {}

    record Silence(String point, String name, String address, String since) {}

    /// @param failed whether there is no archive
    record Backup(String when, String text, boolean failed) {}

    /// @param failure why it fails; empty if it does not
    record Job(String key, String name, String times, String failure) {}

    record Event(String id, String name, String text) {}

    /// @param address   of its page, empty for who may not open it
    /// @param resumable whether it can go on where it failed
    record Import(long id, String file, String address, String text, boolean resumable) {}

    record Hook(long id, String name, String text) {}

    record Slow(String title, String askedBy, String sql, String plan) {}

    record Fact(String name, String value) {}
}
