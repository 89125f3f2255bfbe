package de.stadtkern.city;

import java.util.HashSet;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/// Takes the towns of a test class off the list when it is over: the jobs of eight hundred towns would run beside every
/// class that comes after. Their tables stay.
public final class TownsOfAClass extends AbstractTestExecutionListener {

    private static final String BEFORE = TownsOfAClass.class.getName();

    @Override
    public void beforeTestClass(TestContext test) {
        Set<Long> before = new HashSet<>();
        cities(test).list().forEach(city -> before.add(city.id()));
        test.setAttribute(BEFORE, before);
    }

    @Override
    public void afterTestClass(TestContext test) {
        if (!test.hasApplicationContext() || !(test.getAttribute(BEFORE) instanceof Set<?> before)) {
            return;
        }
        ApplicationContext context = test.getApplicationContext();
        Cities cities = cities(test);
        // Requests without a town's name go to the default one, whoever made it.
        cities.list().stream()
                .filter(city -> !before.contains(city.id()) && !city.isDefault())
                .forEach(city -> {
                    context.publishEvent(new CityRemoved(city));
                    context.getBean(CityStore.class).delete(city);
                });
        cities.refresh();
    }

    private static Cities cities(TestContext test) {
        return test.getApplicationContext().getBean(Cities.class);
    }
}
