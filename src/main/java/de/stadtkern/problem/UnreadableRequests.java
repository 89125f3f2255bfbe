package de.stadtkern.problem;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// What the web server cannot read as a request reaches none of our code, not even a filter; without this it would be
/// answered by a page of the server's own.
@Component
class UnreadableRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Answer.class.getName());
            }
        });
    }

    /// Made by the server, by its name.
    public static final class Answer extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            if (status == null
                    || !status.isError()
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            String detail = status.is4xxClientError()
                    ? "The address or the head of this request cannot be read."
                    : "Stadtkern failed; the operator finds the reason in the log.";
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            try {
                PrintWriter body = response.getReporter();
                if (body != null) {
                    body.write("""
                        {"type":"urn:stadtkern:problem:request-%d","title":"%s","status":%d,"detail":"%s"}
                        """.formatted(status.value(), status.getReasonPhrase(), status.value(), detail));
                    response.finishResponse();
                }
            } catch (IOException gone) {
                // Nobody is there any more to be told.
            }
        }
    }
}
