package org.solarrelay.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventType;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.JsonFields;
import org.solarrelay.event.Translation;
import org.solarrelay.event.VendorEventName;
import org.solarrelay.event.Webhook;

/**
 * A CloudEvent 1.0 that somebody posted.
 *
 * @param attributes the text of an attribute by its name, null where it is missing
 */
record LeadsCloudEvent(UnaryOperator<String> attributes, JsonNode data) {

  Translation translate(Webhook webhook) {
    String version = attributes.apply("specversion");
    if (version != null && !version.equals("1.0")) {
      throw new InvalidMessageException("the CloudEvent's specversion is not 1.0");
    }
    EventType type = type();
    String id = required("id");
    return Translation.of(
        new Event(
            id,
            required("source"),
            type.id(),
            subject(id),
            time(webhook.receivedAt()),
            webhook.receipt(),
            false,
            LeadsData.of(type, data)));
  }

  private EventType type() {
    String type = required("type");
    return EventType.of(type)
        .orElseThrow(
            () ->
                new InvalidMessageException(
                    "the CloudEvent's type "
                        + (VendorEventName.of(type) == null ? "" : "'" + type + "' ")
                        + "is not one of the relay's"));
  }

  private String subject(String id) {
    String subject = attributes.apply("subject");
    String recordId = subject == null ? new JsonFields(data).text("id") : subject;
    return recordId == null ? id : recordId;
  }

  private OffsetDateTime time(OffsetDateTime receivedAt) {
    String time = attributes.apply("time");
    try {
      return time == null ? receivedAt : OffsetDateTime.parse(time);
    } catch (DateTimeParseException e) {
      throw new InvalidMessageException("the CloudEvent's time is not an RFC 3339 timestamp");
    }
  }

  private String required(String attribute) {
    String value = attributes.apply(attribute);
    if (value == null) {
      throw new InvalidMessageException("the CloudEvent has no " + attribute);
    }
    return value;
  }
}
