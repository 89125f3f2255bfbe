package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.problem.ProblemAdvice;
import de.stadtkern.sensorthings.BatchBody.Part;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// `$batch`: many requests in one, as multipart (OGC 18-088, section 11) or as JSON (OData 4.01). Those of a change set
/// happen all or not at all; a later one may name what an earlier one made as `$1`. Answers are sent as they come.
@Component
class Batches {

    private final DataSource dataSource;
    private final ProblemAdvice problems;
    private final DatastreamDirectory directory;

    Batches(DataSource dataSource, ProblemAdvice problems, DatastreamDirectory directory) {
        this.dataSource = dataSource;
        this.problems = problems;
        this.directory = directory;
    }

    /// Who answers a single request.
    interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Handler handler) throws IOException {
        if (request.getAttribute(SubRequest.INSIDE) != null) {
            throw new Problem(Problem.Kind.INVALID, "batch-nested", "A batch holds no other batch.");
        }
        String type = String.valueOf(request.getContentType());
        boolean isJson = type.toLowerCase(Locale.ROOT).startsWith("application/json");
        byte[] body =
                RequestBody.limited(request, RequestBody.OBSERVATIONS_BYTES).readAllBytes();
        List<Part> parts = isJson ? BatchBody.json(body) : BatchBody.multipart(body, type);
        BatchAnswer answer = isJson ? new BatchAnswer.Json(response) : new BatchAnswer.Multipart(response);
        answer.begin();
        BatchReferences references = new BatchReferences();
        for (Part part : parts) {
            switch (part) {
                case BatchBody.Single single -> answer.write(single.id(), run(request, single, references, handler));
                case BatchBody.Together together -> runTogether(request, together, references, handler, answer);
            }
        }
        answer.end();
    }

    /// What one request of a batch was answered.
    record Outcome(int status, Map<String, String> headers, Spool body) {
        boolean isFine() {
            return status < 400;
        }
    }

    private void runTogether(
            HttpServletRequest request,
            BatchBody.Together together,
            BatchReferences references,
            Handler handler,
            BatchAnswer answer)
            throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        BatchReferences inside = references.copy();
        try {
            ChangeSet.run(dataSource, () -> {
                for (BatchBody.Single single : together.parts()) {
                    Outcome outcome = run(request, single, inside, handler);
                    if (!outcome.isFine()) {
                        forget(outcomes);
                        outcomes.add(outcome);
                        return false;
                    }
                    outcomes.add(outcome);
                }
                return true;
            });
        } catch (SQLException failed) {
            forget(outcomes);
            outcomes.add(failure(EntityReader.unanswerable(failed)));
        }
        directory.forget(CityContext.current());
        if (outcomes.stream().allMatch(Outcome::isFine)) {
            references.add(inside);
        } else {
            together.parts().forEach(single -> references.failed(single.id()));
        }
        answer.writeTogether(together.parts().stream().map(BatchBody.Single::id).toList(), outcomes);
    }

    private static void forget(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> outcome.body().clear());
        outcomes.clear();
    }

    private Outcome run(
            HttpServletRequest request, BatchBody.Single single, BatchReferences references, Handler handler) {
        SubResponse response = new SubResponse();
        try {
            if (single.problem() != null) {
                throw single.problem();
            }
            handler.handle(new SubRequest(request, single.resolved(references)), response.asServletResponse());
            String location = response.headers().get("Location");
            if (location != null) {
                references.made(
                        single.id(),
                        location.substring(location.indexOf(Address.SERVICE) + Address.SERVICE.length() + 1));
            }
            return new Outcome(response.status(), response.headers(), response.body());
        } catch (Exception failed) {
            references.failed(single.id());
            return failure(failed);
        }
    }

    private Outcome failure(Exception failed) {
        ResponseEntity<ProblemDetail> answer = problems.answerTo(failed);
        Spool body = new Spool();
        ProblemDetail problem = answer.getBody();
        if (problem != null) {
            SensorThingsErrors.extend(problem);
            Map<String, Object> members = new java.util.LinkedHashMap<>();
            members.put("type", String.valueOf(problem.getType()));
            members.put("title", String.valueOf(problem.getTitle()));
            members.put("status", problem.getStatus());
            members.put("detail", String.valueOf(problem.getDetail()));
            members.putAll(Objects.requireNonNullElse(problem.getProperties(), Map.of()));
            body.write(EntityBody.MAPPER.writeValueAsString(members));
        }
        return new Outcome(answer.getStatusCode().value(), Map.of("Content-Type", "application/problem+json"), body);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
