package de.stadtkern.installation;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Names the setting, which Boot's own text does not.
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, PortInUseException taken) {
        return new FailureAnalysis(
                "Port %d is taken by another program, perhaps another Stadtkern.".formatted(taken.getPort()),
                "Stop that one, or choose another port: --server.port=8081, or SERVER_PORT=8081 in the environment.",
                taken);
    }
}
