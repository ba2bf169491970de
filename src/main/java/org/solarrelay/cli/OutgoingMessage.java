package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A message to send.
 *
 * @param bytes the body, sent unchanged
 * @param json the parsed body; a missing node if it is no JSON, which the relay then rejects
 */
record OutgoingMessage(byte[] bytes, JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file, or standard input for {@code -}.
   *
   * @throws CommandException if the file cannot be read
   */
  static OutgoingMessage read(String file) {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return of(in.readAllBytes());
    } catch (IOException e) {
      throw CommandException.cannotRun(
          file + " cannot be read. Name a file, or - for standard input.");
    }
  }

  private static OutgoingMessage of(byte[] bytes) {
    try {
      return new OutgoingMessage(bytes, JSON.readTree(bytes));
    } catch (IOException e) {
      return new OutgoingMessage(bytes, JSON.missingNode());
    }
  }

  /** Whether the message is a CloudEvent in structured mode. */
  boolean isCloudEvent() {
    return json.has("specversion");
  }

  String contentType() {
    return isCloudEvent() ? "application/cloudevents+json" : "application/json";
  }

  /** The text of a field of the JSON; null if there is none. */
  String field(String name) {
    return json.path(name).isValueNode() ? json.path(name).asText() : null;
  }
}
