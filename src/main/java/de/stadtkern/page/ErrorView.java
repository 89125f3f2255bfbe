package de.stadtkern.page;

import java.util.Set;
import org.springframework.http.ProblemDetail;

/// @param detail  what exactly is wrong, in English; empty where it would tell the reader nothing
/// @param request by which the operator finds it in the log; empty where it is no fault of ours
record ErrorView(int status, String title, String explanation, String detail, String request) {

    private static final Set<Integer> EXPLAINED = Set.of(400, 401, 403, 404, 405, 503);

    static ErrorView of(ProblemDetail problem, Frame frame) {
        int status = problem.getStatus();
        String kind = EXPLAINED.contains(status) ? String.valueOf(status) : status < 500 ? "4xx" : "5xx";
        String detail = problem.getDetail();
        return new ErrorView(
                status,
                frame.say("page.error.%s.title".formatted(kind)),
                frame.say("page.error.%s.text".formatted(kind)),
                detail == null || status == 404 || status == 500 ? "" : detail,
                status < 500 ? "" : request(problem));
    }

    private static String request(ProblemDetail problem) {
        return problem.getProperties() != null && problem.getProperties().get("request") instanceof String request
                ? request
                : "";
    }
}
