package de.stadtkern.sensors;

import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Slug;
import de.stadtkern.sensorthings.DatastreamEdits;
import de.stadtkern.sensorthings.EditedThing;
import de.stadtkern.sensorthings.ThingEdits;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Sensors and Datastreams, changed by editors.
@Controller
class EditController {

    private static final String TEMPLATE = "sensors/edit.jte";

    private final ThingEdits things;
    private final DatastreamEdits datastreams;
    private final ThingPage thingPage;
    private final DatastreamPage datastreamPage;
    private final Pages pages;

    EditController(
            ThingEdits things,
            DatastreamEdits datastreams,
            ThingPage thingPage,
            DatastreamPage datastreamPage,
            Pages pages) {
        this.things = things;
        this.datastreams = datastreams;
        this.thingPage = thingPage;
        this.datastreamPage = datastreamPage;
        this.pages = pages;
    }

    @GetMapping(SensorsPage.PATH + "/{id}/edit")
    View thing(Frame frame, @PathVariable String id) {
        long thing = Slug.parse(id).id();
        EditedThing now = things.get(thing);
        return pages.page(TEMPLATE, frame, view(frame, thing, now, ThingForm.filled(now)));
    }

    @PostMapping(SensorsPage.PATH + "/{id}/edit")
    View changeThing(Frame frame, Form form, @PathVariable String id) {
        long thing = Slug.parse(id).id();
        // Who may not is told so, whatever the form says.
        things.get(thing);
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "sensors", () -> change.set(things.change(thing, form.value("version"), ThingForm.wish(form))));
        return accepted
                ? pages.next(SeriesText.address(thingPage.find(thing)), saved("sensors.edit.thing.saved", change.get()))
                : pages.refused(TEMPLATE, frame, view(frame, thing, things.get(thing), form));
    }

    @GetMapping("/datastreams/{id}/edit")
    View datastream(Frame frame, @PathVariable String id) {
        long datastream = Slug.parse(id).id();
        DatastreamEdits.Seen now = datastreams.get(datastream);
        return pages.page(TEMPLATE, frame, view(frame, datastream, now, DatastreamForm.filled(now.datastream())));
    }

    @PostMapping("/datastreams/{id}/edit")
    View changeDatastream(Frame frame, Form form, @PathVariable String id) {
        long datastream = Slug.parse(id).id();
        datastreams.get(datastream);
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "sensors",
                () -> change.set(datastreams.change(datastream, form.value("version"), DatastreamForm.wish(form))));
        return accepted
                ? pages.next(datastreamPage.address(datastream), saved("sensors.edit.datastream.saved", change.get()))
                : pages.refused(TEMPLATE, frame, view(frame, datastream, datastreams.get(datastream), form));
    }

    private EditView view(Frame frame, long thing, EditedThing now, Form form) {
        var texts = new EditView.Texts(
                frame.say("sensors.edit.thing"),
                now.name(),
                SeriesText.address(thingPage.find(thing)),
                SensorsPage.PATH + "/" + thing + "/edit");
        return EditView.of(frame, texts, form, ThingForm.filled(now), shown -> ThingForm.parts(frame, shown));
    }

    private EditView view(Frame frame, long datastream, DatastreamEdits.Seen now, Form form) {
        var texts = new EditView.Texts(
                frame.say("sensors.edit.datastream"),
                now.datastream().name(),
                datastreamPage.address(datastream),
                "/datastreams/" + datastream + "/edit");
        return EditView.of(
                frame,
                texts,
                form,
                DatastreamForm.filled(now.datastream()),
                shown -> DatastreamForm.parts(frame, shown, now));
    }

    private static Notice saved(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }
}
