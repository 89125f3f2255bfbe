package de.stadtkern.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// An Atom feed (RFC 4287): what is new, for whoever subscribes to its address.
///
/// @param id      that never changes, an IRI
/// @param address of the feed itself, with scheme and host
public record AtomFeed(String id, String title, String address, String author, List<Entry> entries) {

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    public static final String MEDIA_TYPE = "application/atom+xml";

    public AtomFeed {
        entries = List.copyOf(entries);
    }

    /// @param id      that never changes, an IRI
    /// @param address with scheme and host
    public record Entry(String id, String title, Instant published, Instant updated, String address, String summary) {}

    public void write(HttpServletResponse response) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            write(xml);
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        response.setContentType(MEDIA_TYPE + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.getWriter().write(text.toString());
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        element(xml, "id", id);
        element(xml, "title", title);
        element(
                xml,
                "updated",
                entries.stream()
                        .map(Entry::updated)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH)
                        .toString());
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", "self");
        xml.writeAttribute("href", address);
        xml.writeStartElement("author");
        element(xml, "name", author);
        xml.writeEndElement();
        for (Entry entry : entries) {
            write(xml, entry);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void write(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
        xml.writeStartElement("entry");
        element(xml, "id", entry.id());
        element(xml, "title", entry.title());
        element(xml, "updated", entry.updated().toString());
        element(xml, "published", entry.published().toString());
        xml.writeEmptyElement("link");
        xml.writeAttribute("href", entry.address());
        element(xml, "summary", entry.summary());
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", ""));
        xml.writeEndElement();
    }
}
