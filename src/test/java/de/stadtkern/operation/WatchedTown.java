package de.stadtkern.operation;

import de.stadtkern.TestTown;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/// A town that somebody watches over: with a key, with the installation's token, or as nobody.
final class WatchedTown {

    static final String TOKEN = "a-token-for-tests-only-0123456789";

    final TestTown town;
    private final ApplicationContext context;

    WatchedTown(ApplicationContext context, TestTown town) {
        this.context = context;
        this.town = town;
    }

    String operatorsKey() {
        return town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish("prometheus", Area.TOWN, Role.OPERATOR, null, Duration.ofDays(1)))
                        .token()));
    }

    HttpResponse<String> with(String token, String path) {
        return town.send(
                town.request(path).header("Authorization", "Bearer " + token).GET());
    }

    /// The lines of this figure, without its description.
    static String lines(HttpResponse<String> answer, String name) {
        return answer.body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .collect(Collectors.joining("\n"));
    }
}
