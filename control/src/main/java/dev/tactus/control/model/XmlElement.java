package dev.tactus.control.model;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element that knows where it stands, so that every message can say so.
 *
 * @param file the file's path
 * @param line the line on which its start tag ends
 * @param name its name, with prefix if it has one
 * @param attributes its attributes
 * @param children the elements in it
 */
record XmlElement(Path file, int line, String name, Map<String, String> attributes, List<XmlElement> children) {

    static XmlElement read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            // a robot's description has no business to make its reader open other files
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
            return parse(file, factory.createXMLStreamReader(file.toString(), stream));
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Check the path and its permissions.", e);
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            String text = e.getMessage().replaceFirst("(?s).*Message: ", "");
            throw new BadInputException(file + ":" + line + ": not XML: " + text, e);
        }
    }

    private static XmlElement parse(Path file, XMLStreamReader reader) throws XMLStreamException {
        Deque<XmlElement> open = new ArrayDeque<>();
        XmlElement root = null;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                XmlElement element = start(file, reader);
                if (open.isEmpty()) {
                    root = element;
                } else {
                    open.peek().children.add(element);
                }
                open.push(element);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open.pop();
            }
        }
        return root;
    }

    private static XmlElement start(Path file, XMLStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return new XmlElement(
                file, reader.getLocation().getLineNumber(), reader.getLocalName(), attributes, new ArrayList<>());
    }

    List<XmlElement> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    Optional<XmlElement> child(String childName) {
        List<XmlElement> found = children(childName);
        if (found.size() > 1) {
            throw found.get(1).error("stands twice in <" + name + ">. Remove one.");
        }
        return found.stream().findFirst();
    }

    XmlElement requireChild(String childName) {
        return child(childName).orElseThrow(() -> error("has no <" + childName + ">. Add it."));
    }

    String text(String attribute) {
        String value = attributes.get(attribute);
        if (value == null || value.isBlank()) {
            throw error("has no attribute " + attribute + ". Add it (there is no default).");
        }
        return value;
    }

    double number(String attribute) {
        return parse(attribute, text(attribute));
    }

    double[] triple(String attribute, double... otherwise) {
        if (!attributes.containsKey(attribute)) {
            return otherwise;
        }
        String[] words = text(attribute).trim().split("\\s+");
        if (words.length != 3) {
            throw error(
                    attribute + "=\"" + text(attribute) + "\" has " + words.length + " numbers; three are expected");
        }
        return new double[] {parse(attribute, words[0]), parse(attribute, words[1]), parse(attribute, words[2])};
    }

    BadInputException error(String problem) {
        String label = attributes.containsKey("name") ? " name=\"" + attributes.get("name") + "\"" : "";
        return new BadInputException(file + ":" + line + ": <" + name + label + "> " + problem);
    }

    private double parse(String attribute, String word) {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw error(attribute + ": '" + word + "' is not a finite number");
    }
}
