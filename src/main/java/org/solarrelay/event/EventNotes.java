package org.solarrelay.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads and writes the CloudEvents extension {@code notes}, a JSON array of sentences. It carries
 * an event's notes from translate to fan-out and to the CRM.
 */
final class EventNotes {

  static final String NAME = "notes";

  private static final int MAX_NOTES = 40;
  private static final int MAX_LENGTH = 300;

  private EventNotes() {}

  static String write(List<String> notes) {
    return EventJson.MAPPER.valueToTree(notes).toString();
  }

  /** The notes; none where the extension is absent, or of another form or size. */
  static List<String> read(Object extension) {
    if (!(extension instanceof String text)) {
      return List.of();
    }
    try {
      JsonNode notes = EventJson.MAPPER.readTree(text);
      return StreamSupport.stream(notes.spliterator(), false)
          .filter(note -> note.isTextual() && note.textValue().length() <= MAX_LENGTH)
          .map(JsonNode::textValue)
          .limit(MAX_NOTES)
          .toList();
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
