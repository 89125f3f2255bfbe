package de.stadtkern.sensorthings;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes what a request inside of a batch is answered.
final class SubResponse {

    private final Spool body = new Spool();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int status = HttpServletResponse.SC_OK;

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Spool body() {
        return body;
    }

    /// The controller uses a handful of the many methods; the others do nothing here.
    HttpServletResponse asServletResponse() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                SubResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> call(method.getName(), method.getReturnType(), arguments));
    }

    private @Nullable Object call(String method, Class<?> result, Object @Nullable [] arguments) {
        Object[] given = arguments == null ? new Object[0] : arguments;
        switch (method) {
            case "setStatus" -> status = (int) given[0];
            case "setHeader", "addHeader" -> headers.put((String) given[0], (String) given[1]);
            case "setContentType" -> headers.put("Content-Type", (String) given[0]);
            case "getOutputStream" -> {
                return stream();
            }
            case "getStatus" -> {
                return status;
            }
            default -> {}
        }
        return result == boolean.class ? (Object) false : result == int.class ? (Object) 0 : null;
    }

    private ServletOutputStream stream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int value) throws IOException {
                body.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                body.write(bytes, offset, length);
            }
        };
    }
}
