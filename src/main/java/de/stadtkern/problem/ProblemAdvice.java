package de.stadtkern.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Turns what went wrong into an answer. The only place that knows the status code of a problem; what is our own
/// fault is logged here once, and the caller learns only that it is our fault.
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 10)
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Problem problem, HttpServletResponse response) {
        if (response.isCommitted()) {
            throw problem;
        }
        return answer(problem);
    }

    /// The database cannot be reached or lost the connection in the middle: nothing was acknowledged, trying again
    /// is right.
    ///
    /// Half an answer may be on its way already: to end it as usual would tell the caller that it is whole. Thrown
    /// on, the failure reaches the web server, which closes the connection.
    @ExceptionHandler
    ResponseEntity<ProblemDetail> other(Exception failure, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw failure;
        }
        return answerTo(failure);
    }

    /// For whoever answers several requests in one, as a batch does.
    public ResponseEntity<ProblemDetail> answerTo(Exception failure) {
        if (failure instanceof Problem problem) {
            return answer(problem);
        }
        if (isClientGone(failure)) {
            return ResponseEntity.status(499).build();
        }
        if (isDatabaseAway(failure)) {
            return answer(databaseAway());
        }
        log.error("A request failed", failure);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "our-fault",
                "Stadtkern failed; the operator finds the reason in the log.",
                Map.of());
    }

    /// A form the web server could not read: too large, broken off, or with impossible characters.
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(InvalidParameterException form) {
        HttpStatus status = HttpStatus.resolve(form.getErrorCode());
        return answer(
                status == null || !status.is4xxClientError() ? HttpStatus.BAD_REQUEST : status,
                "form-unreadable",
                "The form is too large, damaged, or was not sent as a whole.",
                Map.of());
    }

    /// What Spring itself found wrong; it says so in words of its own, which names no classes of ours.
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object told = body == null && failure instanceof ErrorResponse error ? error.getBody() : body;
        if (told instanceof ProblemDetail detail) {
            detail.setType(URI.create("urn:stadtkern:problem:request-" + status.value()));
            addRequest(detail);
        }
        HttpHeaders own = HttpHeaders.copyOf(headers);
        own.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(failure, told, own, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return untyped(new Problem(
                Problem.Kind.MISSING,
                "path-unknown",
                "There is nothing at /%s.".formatted(shown(failure.getResourcePath()))));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name = failure.getParameterName();
        return untyped(Problem.field(name, "parameter-missing", "The parameter '%s' is missing.".formatted(name)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (!(failure instanceof MethodArgumentTypeMismatchException argument)) {
            return super.handleTypeMismatch(failure, headers, status, request);
        }
        String name = argument.getName();
        return untyped(Problem.field(
                name,
                "parameter-invalid",
                "'%s' is no value of '%s'.".formatted(shown(String.valueOf(failure.getValue())), name)));
    }

    private static ResponseEntity<Object> untyped(Problem problem) {
        ResponseEntity<ProblemDetail> answer = answer(problem);
        return new ResponseEntity<>(answer.getBody(), answer.getHeaders(), answer.getStatusCode());
    }

    /// What a caller sent, short enough for an error text.
    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    static Problem databaseAway() {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "database-away",
                "The database cannot answer at the moment. What was not acknowledged may be stored or not; please"
                        + " try again, Observations with duplicates=ignore.");
    }

    static ResponseEntity<ProblemDetail> answer(Problem problem) {
        return answer(status(problem.kind()), problem.name(), problem.getMessage(), problem.facts());
    }

    /// For a status of which nothing more is known.
    static ResponseEntity<ProblemDetail> answer(HttpStatus status) {
        return answer(status, "request-" + status.value(), status.getReasonPhrase(), Map.of());
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String name, @Nullable String message, Map<String, Object> facts) {
        ProblemDetail body =
                ProblemDetail.forStatusAndDetail(status, message == null ? status.getReasonPhrase() : message);
        body.setType(URI.create("urn:stadtkern:problem:" + name));
        facts.forEach(body::setProperty);
        addRequest(body);
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            answer.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return answer.body(body);
    }

    /// Whoever asks the operator about it names this, and the operator finds it in the log.
    private static void addRequest(ProblemDetail body) {
        String request = MDC.get("request");
        if (request != null) {
            body.setProperty("request", request);
        }
    }

    static HttpStatus status(Problem.Kind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case MISSING -> HttpStatus.NOT_FOUND;
            case METHOD -> HttpStatus.METHOD_NOT_ALLOWED;
            case CONFLICTING -> HttpStatus.CONFLICT;
            case PRECONDITION -> HttpStatus.PRECONDITION_FAILED;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case NOT_OFFERED -> HttpStatus.NOT_IMPLEMENTED;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case FULL -> HttpStatus.INSUFFICIENT_STORAGE;
        };
    }

    /// Whether the same may succeed in a moment, because the database could not be asked.
    ///
    /// SQLSTATE class 08 is a lost connection, 57P0x a server that shuts down or starts up, 53300 one that is full,
    /// 55P03 a lock that somebody holds for too long.
    public static boolean isDatabaseAway(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionSystemException ended && foundNoConnection(ended)) {
                return true;
            }
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() instanceof String state) {
                return state.startsWith("08")
                        || state.startsWith("57P0")
                        || state.equals("53300")
                        || state.equals("55P03");
            }
        }
        return false;
    }

    /// The connection was lost at the commit; the rollback that follows hides this behind the pool's own failure, which
    /// has no SQLSTATE.
    private static boolean foundNoConnection(TransactionSystemException ended) {
        return ended.getCause() instanceof SQLException closed
                && closed.getSQLState() == null
                && "Connection is closed".equals(closed.getMessage());
    }

    private static boolean isClientGone(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals("ClientAbortException")
                    || cause.getClass().getSimpleName().equals("AsyncRequestNotUsableException")) {
                return true;
            }
        }
        return false;
    }
}
