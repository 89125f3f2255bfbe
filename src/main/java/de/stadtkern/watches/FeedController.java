package de.stadtkern.watches;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Slug;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The incidents editors want everybody to hear of, as an Atom feed (RFC 4287).
@Controller
class FeedController {

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final Watches watches;

    FeedController(Watches watches) {
        this.watches = watches;
    }

    @GetMapping("/watches.atom")
    void feed(Frame frame, HttpServletResponse response) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            write(frame, xml, watches.inFeed());
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        response.setContentType("application/atom+xml;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.getWriter().write(text.toString());
    }

    private static void write(Frame frame, XMLStreamWriter xml, List<Incident.Told> incidents)
            throws XMLStreamException {
        City city = CityContext.current();
        String base =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        element(xml, "id", "urn:stadtkern:%s:watches".formatted(city.slug()));
        element(xml, "title", frame.say("watches.feed.title", city.name()));
        element(
                xml,
                "updated",
                incidents.stream()
                        .map(FeedController::updated)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH)
                        .toString());
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", "self");
        xml.writeAttribute("href", base + "/watches.atom");
        xml.writeStartElement("author");
        element(xml, "name", city.name());
        xml.writeEndElement();
        for (Incident.Told incident : incidents) {
            entry(frame, xml, base, city, incident);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void entry(Frame frame, XMLStreamWriter xml, String base, City city, Incident.Told incident)
            throws XMLStreamException {
        xml.writeStartElement("entry");
        element(xml, "id", "urn:stadtkern:%s:incident:%d".formatted(city.slug(), incident.id()));
        element(
                xml,
                "title",
                incident.endToldAt() == null
                        ? incident.watchName()
                        : frame.say("watches.feed.over", incident.watchName()));
        element(xml, "updated", updated(incident).toString());
        element(xml, "published", incident.toldAt().toString());
        xml.writeEmptyElement("link");
        xml.writeAttribute("href", base + "/datastreams/" + Slug.of(incident.datastreamId(), ""));
        element(xml, "summary", frame.say("watches.since", frame.wording().dateTime(incident.beganAt())));
        xml.writeEndElement();
    }

    private static Instant updated(Incident.Told incident) {
        return incident.endToldAt() == null ? incident.toldAt() : incident.endToldAt();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", ""));
        xml.writeEndElement();
    }
}
