package de.stadtkern.operation;

import de.stadtkern.installation.LogContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request its id, before everything else, and counts and logs it when it is over.
///
/// The id stands in each line of the log, in the answer's header and in problems. A proxy may bring its own; that of
/// anybody else is not taken over, or strangers could write into the log what they like.
class RequestFilter extends OncePerRequestFilter {

    static final String HEADER = "X-Request-Id";

    private static final String ID = RequestFilter.class.getName() + ".id";
    private static final String BEGAN = RequestFilter.class.getName() + ".began";
    /// Set by Tomcat when the connection comes from a configured proxy.
    private static final String THROUGH_PROXY = "org.apache.tomcat.request.forwarded";

    private static final Pattern PLAUSIBLE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private final RequestMeters meters;
    private final AccessLog accessLog;

    RequestFilter(RequestMeters meters, AccessLog accessLog) {
        this.meters = meters;
        this.accessLog = accessLog;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.setAttribute(ID, id(request));
            request.setAttribute(BEGAN, System.nanoTime());
        }
        String id = String.valueOf(request.getAttribute(ID));
        response.setHeader(HEADER, id);
        boolean failed = true;
        try (LogContext.Scope _ = LogContext.request(id)) {
            try {
                chain.doFilter(request, response);
                failed = false;
            } finally {
                if (isOver(request)) {
                    over(request, failed ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : response.getStatus());
                }
            }
        }
    }

    private static String id(HttpServletRequest request) {
        if (Boolean.TRUE.equals(request.getAttribute(THROUGH_PROXY))) {
            String given = request.getHeader(HEADER);
            if (given != null && PLAUSIBLE.matcher(given).matches()) {
                return given;
            }
        }
        return LogContext.newRequest();
    }

    /// An error's dispatch belongs to a request that was counted already.
    private static boolean isOver(HttpServletRequest request) {
        return request.getDispatcherType() != DispatcherType.ERROR && !request.isAsyncStarted();
    }

    private void over(HttpServletRequest request, int status) {
        if (request.getAttribute(BEGAN) instanceof Long began) {
            long nanos = System.nanoTime() - began;
            meters.count(request, status, nanos);
            accessLog.write(request, status, nanos);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
