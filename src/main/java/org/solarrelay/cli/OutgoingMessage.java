package org.solarrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is sent.
 *
 * @param bytes are sent as they are
 * @param json empty where they are no JSON, which is for the relay to refuse
 */
record OutgoingMessage(byte[] bytes, JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file, or standard input where it is {@code -}.
   *
   * @throws CommandException where there is none
   */
  static OutgoingMessage read(String file) {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return of(in.readAllBytes());
    } catch (IOException e) {
      throw CommandException.unusable(
          file + " can not be read. Name a file, or - for standard input.");
    }
  }

  private static OutgoingMessage of(byte[] bytes) {
    try {
      return new OutgoingMessage(bytes, JSON.readTree(bytes));
    } catch (IOException e) {
      return new OutgoingMessage(bytes, JSON.missingNode());
    }
  }

  /** Whether it is a CloudEvent in structured mode. */
  boolean isCloudEvent() {
    return json.has("specversion");
  }

  String contentType() {
    return isCloudEvent() ? "application/cloudevents+json" : "application/json";
  }

  /** A field of the JSON; null where there is none. */
  String field(String name) {
    return json.path(name).isValueNode() ? json.path(name).asText() : null;
  }
}
