package de.stadtkern.sensorthings;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request inside of a batch, from the same caller to the same town.
final class SubRequest extends HttpServletRequestWrapper {

    static final String INSIDE = SubRequest.class.getName();

    private final BatchBody.Single single;
    private final String path;
    private final @Nullable String query;

    SubRequest(HttpServletRequest around, BatchBody.Single single) {
        super(around);
        this.single = single;
        String url = single.url();
        int service = url.indexOf(Address.SERVICE + "/");
        String below = service >= 0
                ? url.substring(service + Address.SERVICE.length() + 1)
                : url.startsWith("/") ? url.substring(1) : url;
        int mark = below.indexOf('?');
        this.path = Address.SERVICE + "/" + (mark < 0 ? below : below.substring(0, mark));
        this.query = mark < 0 ? null : below.substring(mark + 1);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return name.equals(INSIDE) ? (Object) true : super.getAttribute(name);
    }

    @Override
    public String getMethod() {
        return single.method();
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return single.headers().get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public long getContentLengthLong() {
        return single.body().length;
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(single.body());
        return new ServletInputStream() {
            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return bytes.read(target, offset, length);
            }
        };
    }
}
