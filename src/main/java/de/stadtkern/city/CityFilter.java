package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Binds the town of the request by its host name, before everything else and for error and async dispatches too.
class CityFilter extends OncePerRequestFilter {

    private final Cities cities;
    private final HandlerExceptionResolver problems;

    CityFilter(Cities cities, HandlerExceptionResolver problems) {
        this.cities = cities;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        City city;
        try {
            city = openTown(request.getServerName());
        } catch (Problem closed) {
            if (isOfNoTown(request)) {
                chain.doFilter(request, response);
                return;
            }
            problems.resolveException(request, response, null, closed);
            return;
        }
        request.setAttribute(CityContext.ATTRIBUTE, city.slug());
        try {
            CityContext.call(city, () -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether it runs can be asked also while there is no town, or it is being updated; and the page that says so has
    /// its styles.
    private static boolean isOfNoTown(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/actuator/") || path.startsWith("/assets/") || path.equals("/town.css");
    }

    private City openTown(String host) {
        City city = cities.byHost(host);
        cities.requireOpen(city);
        return city;
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
