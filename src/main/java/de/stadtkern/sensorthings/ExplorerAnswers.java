package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.stereotype.Service;

/// The front door for pages that ask what a program would ask: the same address, limits, rights and answer, without
/// HTTP between. Sets, entities and summaries as JSON; nothing is written.
@Service
public class ExplorerAnswers {

    private final EntityReader reader;
    private final AppliedAnswer summaries;
    private final DataSets dataSets;
    private final QueryGuard guard;

    ExplorerAnswers(EntityReader reader, AppliedAnswer summaries, DataSets dataSets, QueryGuard guard) {
        this.reader = reader;
        this.summaries = summaries;
        this.dataSets = dataSets;
        this.guard = guard;
    }

    /// @param root  address of the service with a slash at the end, for the links in the answer
    /// @param path  below it, percent-encoded
    /// @param query percent-encoded, may be empty
    public byte[] ask(String root, String path, String query) {
        return dataSets.closed().call(() -> {
            Request request = RequestParser.parse(path, query);
            return guard.read(request, () -> answer(request, new Address(root, path, query)));
        });
    }

    private byte[] answer(Request request, Address address) {
        return switch (request) {
            case Request.EntitySet set -> set(set, address);
            case Request.Entity entity -> reader.entity(entity, address.root()).toByteArray();
            case Request.Applied applied -> summaries.answer(applied).toByteArray();
            case Request.Downsampled downsampled -> reader.downsampled(downsampled);
            case Request.Count _, Request.PropertyOf _, Request.References _ ->
                throw new Problem(
                        Problem.Kind.INVALID,
                        "address-not-explorable",
                        "The explorer asks for entities and summaries.",
                        Map.of("path", request.path().text()));
        };
    }

    private byte[] set(Request.EntitySet set, Address address) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SetAnswer answer = reader.set(set, set.options(), address)) {
            answer.writeTo(out, answer.begin());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
