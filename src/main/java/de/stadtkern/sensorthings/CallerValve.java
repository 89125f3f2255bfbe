package de.stadtkern.sensorthings;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Makes the connection of each request known as its [Caller]. A filter would not do: it sees what the servlet
/// standard shows, and that has no connections.
@Component
class CallerValve extends ValveBase implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    CallerValve() {
        super(true);
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextValves(this);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!request.getMethod().equals("GET")
                || request.getContentLengthLong() > 0
                || request.getHeader("Transfer-Encoding") != null) {
            getNext().invoke(request, response);
            return;
        }
        try {
            Caller.with(request.getCoyoteRequest()).call(() -> {
                getNext().invoke(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
