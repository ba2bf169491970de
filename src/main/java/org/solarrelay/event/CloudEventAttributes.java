package org.solarrelay.event;

import io.cloudevents.rw.CloudEventRWException;
import io.cloudevents.types.Time;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.UnaryOperator;

/** Checks the attributes of a CloudEvent 1.0, with clearer messages than the SDK. */
final class CloudEventAttributes {

  private CloudEventAttributes() {}

  /**
   * Checks the required attributes and the time.
   *
   * @param attributes returns an attribute's text by its name; null where it is absent
   */
  static void check(UnaryOperator<String> attributes) {
    for (String name : List.of("specversion", "id", "source", "type")) {
      String value = attributes.apply(name);
      if (value == null || value.isBlank()) {
        throw new InvalidMessageException("CloudEvent attribute " + name + " is missing");
      }
    }
    if (!attributes.apply("specversion").equals("1.0")) {
      throw new InvalidMessageException("CloudEvent attribute specversion: 1.0 expected");
    }
    source(attributes.apply("source"));
    checkTime(attributes.apply("time"));
  }

  /**
   * The source as a URI reference, as CloudEvents requires.
   *
   * @throws InvalidMessageException if the source is not a URI reference
   */
  static URI source(String source) {
    try {
      return new URI(source);
    } catch (URISyntaxException e) {
      throw new InvalidMessageException(
          "CloudEvent attribute source: a URI reference expected, such as crm or"
              + " https://crm.example.com, without spaces or other characters a URI cannot hold");
    }
  }

  private static void checkTime(String text) {
    if (text == null) {
      return;
    }
    try {
      OffsetDateTime time = Time.parseTime("time", text);
      if (time.getYear() >= 1 && time.getYear() <= 9999) {
        return;
      }
    } catch (CloudEventRWException e) {
      // reported below, without the value
    }
    throw new InvalidMessageException(
        "CloudEvent attribute time: a time with offset such as 2026-03-12T21:59:14Z expected");
  }
}
