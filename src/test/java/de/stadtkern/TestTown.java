package de.stadtkern;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.NewCity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/// A town of its own for one test, and HTTP as a client of that town would speak it.
public final class TestTown {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final City city;
    private final int port;

    private TestTown(City city, int port) {
        this.city = city;
        this.port = port;
    }

    /// @param port of the running test server (`@LocalServerPort`)
    public static TestTown create(Cities cities, int port) {
        int number = NUMBER.incrementAndGet();
        String slug = "test-" + Long.toString(System.nanoTime(), 36) + "-" + number;
        return new TestTown(cities.create(NewCity.named(slug, "Teststadt " + number)), port);
    }

    /// One that is there already.
    public static TestTown of(City city, int port) {
        return new TestTown(city, port);
    }

    public City city() {
        return city;
    }

    public int port() {
        return port;
    }

    /// Calls the front doors directly, as this town.
    public <T> T in(ScopedValue.CallableOp<T, RuntimeException> work) {
        return CityContext.call(city, work);
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /// Of a page, for a browser; `path` begins with a slash.
    public String address(String path) {
        return "http://%s.localhost:%d%s".formatted(city.slug(), port, path);
    }

    /// A request to this town; `path` begins with a slash and is sent as it is.
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Host", city.slug() + ".localhost");
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }
}
