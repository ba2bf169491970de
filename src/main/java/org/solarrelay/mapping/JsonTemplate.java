package org.solarrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventWriter;

/**
 * JSON that a route file spells out, with parts of the event in it, so that a field can be mapped
 * without Java. A text that begins with {@code $.} stands for a part of the event's CloudEvent,
 * such as {@code $.data.address.city}, {@code $.data.adders[0]} or {@code $.subject}; {@code
 * $.record} is source and subject. The part comes with its own type; what the event has not is left
 * out, and so are objects and lists that nothing is left of.
 */
@Singleton
@Named("jsonTemplate")
public class JsonTemplate {

  private static final Pattern WITHIN_TEXT = Pattern.compile("\\{(\\$\\.[^{}]+)}");

  /**
   * A request of nothing but the template.
   *
   * @return JSON in UTF-8
   * @throws org.solarrelay.event.InvalidMessageException where the template is no JSON object
   */
  public byte[] fill(String template, Event event) {
    return EventJson.bytes(filled(template, event));
  }

  /**
   * A request with the template's fields added to it; where both have a field, the template's
   * counts. Objects are joined, lists are not.
   *
   * @param request a JSON object in UTF-8
   */
  public byte[] add(byte[] request, String template, Event event) {
    ObjectNode all = EventJson.parseObject(request);
    join(all, filled(template, event));
    return EventJson.bytes(all);
  }

  private static ObjectNode filled(String template, Event event) {
    ObjectNode parts = EventJson.parseObject(EventWriter.toEnvelope(event));
    parts.put("record", event.record());
    ObjectNode written = EventJson.parseObject(template.getBytes(StandardCharsets.UTF_8));
    return filled(written, parts) instanceof ObjectNode object
        ? object
        : JsonNodeFactory.instance.objectNode();
  }

  /** Null where nothing is left. */
  private static JsonNode filled(JsonNode written, JsonNode parts) {
    if (written instanceof ObjectNode object) {
      ObjectNode kept = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(it -> put(kept, it.getKey(), filled(it.getValue(), parts)));
      return kept.isEmpty() ? null : kept;
    }
    if (written instanceof ArrayNode list) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : list) {
        JsonNode filled = filled(item, parts);
        if (filled != null) {
          kept.add(filled);
        }
      }
      return kept.isEmpty() ? null : kept;
    }
    return written.isTextual() ? ofText(written, parts) : written;
  }

  private static JsonNode ofText(JsonNode written, JsonNode parts) {
    String text = written.textValue();
    if (text.startsWith(JsonPlace.ROOT)) {
      return JsonPlace.in(parts, text);
    }
    StringBuilder told = new StringBuilder();
    Matcher within = WITHIN_TEXT.matcher(text);
    while (within.find()) {
      JsonNode part = JsonPlace.in(parts, within.group(1));
      if (part == null || part.isContainerNode()) {
        return null;
      }
      within.appendReplacement(told, Matcher.quoteReplacement(part.asText()));
    }
    return TextNode.valueOf(within.appendTail(told).toString());
  }

  private static void put(ObjectNode object, String name, JsonNode value) {
    if (value != null) {
      object.set(name, value);
    }
  }

  private static void join(ObjectNode request, ObjectNode more) {
    more.properties()
        .forEach(
            field -> {
              JsonNode there = request.get(field.getKey());
              if (there instanceof ObjectNode object
                  && field.getValue() instanceof ObjectNode add) {
                join(object, add);
              } else {
                request.set(field.getKey(), field.getValue());
              }
            });
  }
}
