package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.Batches.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/// The answers of a batch, in the form of its requests.
sealed interface BatchAnswer {

    void begin() throws IOException;

    void write(String id, Outcome outcome) throws IOException;

    /// @param outcomes one for each request, or the one that failed and took all of them back
    void writeTogether(List<String> ids, List<Outcome> outcomes) throws IOException;

    void end() throws IOException;

    /// Parts with boundaries between.
    final class Multipart implements BatchAnswer {
        private final HttpServletResponse response;
        private final String boundary = "batch_" + UUID.randomUUID();

        Multipart(HttpServletResponse response) {
            this.response = response;
        }

        private void line(String text) throws IOException {
            response.getOutputStream().write(Batches.bytes(text + "\r\n"));
        }

        @Override
        public void begin() {
            response.setContentType("multipart/mixed;boundary=" + boundary);
        }

        @Override
        public void write(String id, Outcome outcome) throws IOException {
            part(boundary, id, outcome);
            response.flushBuffer();
        }

        private void part(String between, String id, Outcome outcome) throws IOException {
            line("--" + between);
            line("Content-Type: application/http");
            line("Content-Transfer-Encoding: binary");
            if (!id.isEmpty()) {
                line("Content-ID: " + id.replaceAll("[\\r\\n]", ""));
            }
            line("");
            HttpStatus status = HttpStatus.resolve(outcome.status());
            line("HTTP/1.1 " + outcome.status() + " " + (status == null ? "" : status.getReasonPhrase()));
            for (Map.Entry<String, String> header : outcome.headers().entrySet()) {
                line(header.getKey() + ": " + header.getValue());
            }
            line("");
            OutputStream out = response.getOutputStream();
            outcome.body().drainTo(out);
            line("");
        }

        @Override
        public void writeTogether(List<String> ids, List<Outcome> outcomes) throws IOException {
            if (outcomes.size() == 1 && !outcomes.getFirst().isFine()) {
                write("", outcomes.getFirst());
                return;
            }
            String inner = "changeset_" + UUID.randomUUID();
            line("--" + boundary);
            line("Content-Type: multipart/mixed;boundary=" + inner);
            line("");
            for (int i = 0; i < outcomes.size(); i++) {
                part(inner, ids.get(i), outcomes.get(i));
            }
            line("--" + inner + "--");
            response.flushBuffer();
        }

        @Override
        public void end() throws IOException {
            line("--" + boundary + "--");
        }
    }

    /// `{"responses": [{"id": …, "status": …, "body": …}]}`
    final class Json implements BatchAnswer {
        private final HttpServletResponse response;
        private boolean isFirst = true;

        Json(HttpServletResponse response) {
            this.response = response;
        }

        private void put(String text) throws IOException {
            response.getOutputStream().write(Batches.bytes(text));
        }

        @Override
        public void begin() throws IOException {
            response.setContentType("application/json;charset=UTF-8");
            put("{\"responses\":[");
        }

        @Override
        public void write(String id, Outcome outcome) throws IOException {
            put(isFirst ? "" : ",");
            isFirst = false;
            ObjectNode head = EntityBody.MAPPER.createObjectNode();
            head.put("id", id);
            head.put("status", outcome.status());
            ObjectNode headers = head.putObject("headers");
            outcome.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
            String text = head.toString();
            boolean hasBody = outcome.body().size() > 0;
            boolean isJson = outcome.headers().getOrDefault("Content-Type", "").contains("json");
            put(text.substring(0, text.length() - 1));
            if (hasBody && isJson) {
                put(",\"body\":");
                outcome.body().drainTo(response.getOutputStream());
            } else if (hasBody) {
                put(",\"body\":\"");
                outcome.body().drainTo(new Quoted(response.getOutputStream()));
                put("\"");
            }
            put("}");
            response.flushBuffer();
        }

        @Override
        public void writeTogether(List<String> ids, List<Outcome> outcomes) throws IOException {
            boolean isTakenBack = outcomes.size() == 1 && !outcomes.getFirst().isFine();
            for (int i = 0; i < (isTakenBack ? 1 : ids.size()); i++) {
                write(isTakenBack ? String.join(",", ids) : ids.get(i), outcomes.get(i));
            }
        }

        @Override
        public void end() throws IOException {
            put("]}");
        }

        /// Makes UTF-8 the inside of a JSON string, however long it is.
        private static final class Quoted extends OutputStream {
            private final OutputStream out;

            Quoted(OutputStream out) {
                this.out = out;
            }

            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int from = offset;
                for (int i = offset; i < offset + length; i++) {
                    byte next = bytes[i];
                    if (next >= 0 && next < ' ' || next == '"' || next == '\\') {
                        out.write(bytes, from, i - from);
                        out.write(Batches.bytes("\\u%04x".formatted(next)));
                        from = i + 1;
                    }
                }
                out.write(bytes, from, offset + length - from);
            }
        }
    }
}
