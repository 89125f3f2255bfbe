package de.stadtkern.demo;

import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.installation.DataFolder;
import de.stadtkern.installation.Database;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/// Gives an installation without any town its first one, before the first request can come.
@Component
class FirstTown implements InitializingBean {

    static final String DEMO_NAME = "Jena (Demo)";

    private final Cities cities;
    private final DataFolder folder;
    private final Database database;
    private final DemoProperties properties;

    FirstTown(Cities cities, DataFolder folder, Database database, DemoProperties properties) {
        this.cities = cities;
        this.folder = folder;
        this.database = database;
        this.properties = properties;
    }

    /// The demo only where nobody has chosen anything yet: an empty folder and the embedded database.
    @Override
    public void afterPropertiesSet() {
        if (!cities.list().isEmpty()) {
            return;
        }
        boolean demo = properties.demo() && folder.isFresh() && database.embedded();
        cities.create(demo ? NewCity.named("jena-demo", DEMO_NAME).asDemo() : plain());
    }

    /// A town to start with, without anything in it.
    static NewCity plain() {
        return NewCity.named("stadt", "Meine Stadt");
    }
}
