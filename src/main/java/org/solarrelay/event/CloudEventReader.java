package org.solarrelay.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Reads CloudEvents 1.0 of both modes; whether their type and data make sense is asked later. */
final class CloudEventReader {

  private static final String PREFIX = "ce_";

  /** The rest is left to other readers: an extension we do not know must not break the event. */
  private static final Set<String> WANTED =
      Set.of("specversion", "id", "source", "type", "subject", "time", "receipt", "derivedid");

  private CloudEventReader() {}

  static boolean isBinary(Headers headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .anyMatch(header -> header.key().startsWith(PREFIX));
  }

  static Event binary(Headers headers, byte[] value, OffsetDateTime receivedAt) {
    Headers wanted = new RecordHeaders();
    WANTED.stream()
        .map(name -> headers.lastHeader(PREFIX + name))
        .filter(header -> header != null && !EventText.of(header).isBlank())
        .forEach(wanted::add);
    CloudEventAttributes.check(
        name -> {
          Header header = wanted.lastHeader(PREFIX + name);
          return header == null ? null : EventText.of(header);
        });
    try {
      return event(KafkaMessageFactory.createReader(wanted, value).toEvent(), receivedAt);
    } catch (CloudEventRWException e) {
      throw new InvalidMessageException("not a CloudEvent: " + e.getKind());
    }
  }

  static Event structured(JsonNode json, OffsetDateTime receivedAt) {
    ObjectNode envelope = EventJson.object(json);
    ObjectNode wanted = EventJson.MAPPER.createObjectNode();
    Stream.concat(WANTED.stream(), Stream.of("data", "data_base64"))
        .filter(envelope::hasNonNull)
        .forEach(name -> wanted.set(name, envelope.get(name)));
    requireTexts(wanted);
    CloudEventAttributes.check(name -> wanted.path(name).textValue());
    try {
      return event(EventJson.MAPPER.treeToValue(wanted, CloudEvent.class), receivedAt);
    } catch (JsonProcessingException | CloudEventRWException e) {
      throw new InvalidMessageException("not a CloudEvent: an attribute or its data is malformed");
    }
  }

  private static Event event(CloudEvent event, OffsetDateTime receivedAt) {
    ObjectNode data = data(event.getData());
    String subject = event.getSubject();
    Object receipt = event.getExtension("receipt");
    return new Event(
        event.getId(),
        event.getSource().toString(),
        event.getType(),
        subject == null || subject.isBlank()
            ? EventJson.recordId(data).orElse(event.getId())
            : subject,
        event.getTime() == null ? receivedAt : event.getTime(),
        receipt == null ? null : receipt.toString(),
        "true".equals(String.valueOf(event.getExtension("derivedid"))),
        data);
  }

  private static ObjectNode data(CloudEventData data) {
    if (data == null) {
      throw new InvalidMessageException("CloudEvent without data");
    }
    try {
      return data instanceof JsonCloudEventData json
          ? EventJson.object(json.getNode())
          : EventJson.parseObject(data.toBytes());
    } catch (InvalidMessageException e) {
      throw new InvalidMessageException("CloudEvent data: " + e.getMessage());
    }
  }

  private static void requireTexts(ObjectNode envelope) {
    for (String name : WANTED) {
      if (envelope.has(name) && !envelope.path(name).isTextual() && !name.equals("derivedid")) {
        throw new InvalidMessageException("CloudEvent attribute " + name + ": string expected");
      }
    }
  }
}
