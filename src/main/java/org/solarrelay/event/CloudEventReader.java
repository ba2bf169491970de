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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.solarrelay.event.normal.IdNormalizer;

/**
 * Reads CloudEvents 1.0 in binary and structured mode. {@link EventReader} checks type and data.
 */
final class CloudEventReader {

  /** The extension of events that reconciliation made. */
  static final String RECONCILED = "reconciled";

  private static final String PREFIX = "ce_";

  /** The prefixes of Kafka, HTTP and AMQP; the reader accepts each of them. */
  private static final Pattern ANY_PREFIX =
      Pattern.compile("(ce[_-]|cloudevents[_:])", Pattern.CASE_INSENSITIVE);

  /** The attributes and extensions that the relay reads; others are ignored. */
  private static final Set<String> WANTED =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "receipt",
          "derivedid",
          "contentkey",
          RECONCILED,
          EventNotes.NAME,
          CausationExtension.ID,
          CausationExtension.SOURCE,
          CausationExtension.GENERATION);

  private static final Set<String> NON_TEXTS =
      Set.of("derivedid", RECONCILED, CausationExtension.GENERATION);

  private CloudEventReader() {}

  static boolean isBinary(Headers headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .anyMatch(header -> ANY_PREFIX.matcher(header.key()).lookingAt());
  }

  static boolean isReconciled(Headers headers) {
    Header header = headers.lastHeader(PREFIX + RECONCILED);
    return header != null && AttributeLimits.of(header).equals("true");
  }

  static Event binary(Headers headers, byte[] value, OffsetDateTime receivedAt) {
    Headers wanted = wanted(headers);
    CloudEventAttributes.check(
        name -> {
          Header header = wanted.lastHeader(PREFIX + name);
          return header == null ? null : AttributeLimits.of(header);
        });
    try {
      return event(KafkaMessageFactory.createReader(wanted, value).toEvent(), receivedAt);
    } catch (CloudEventRWException e) {
      throw new InvalidMessageException("not a CloudEvent: " + e.getKind());
    }
  }

  /** The attributes' headers with Kafka's prefix; a header with Kafka's prefix wins over others. */
  private static Headers wanted(Headers headers) {
    Headers wanted = new RecordHeaders();
    for (Header header : headers) {
      Matcher prefix = ANY_PREFIX.matcher(header.key());
      if (prefix.lookingAt() && !AttributeLimits.of(header).isBlank()) {
        String name = header.key().substring(prefix.end()).toLowerCase(Locale.ROOT);
        boolean exact = header.key().equals(PREFIX + name);
        if (WANTED.contains(name) && (exact || headers.lastHeader(PREFIX + name) == null)) {
          wanted.remove(PREFIX + name).add(PREFIX + name, header.value());
        }
      }
    }
    return wanted;
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
    Object contentKey = event.getExtension("contentkey");
    Event.Builder read =
        Event.builder()
            .id(event.getId())
            .source(event.getSource().toString())
            .type(event.getType())
            .subject(
                IdNormalizer.isNoId(subject)
                    ? EventJson.recordId(data).orElse(event.getId())
                    : subject)
            .time(event.getTime() == null ? receivedAt : event.getTime())
            .receipt(receipt == null ? null : receipt.toString())
            .derivedId("true".equals(String.valueOf(event.getExtension("derivedid"))))
            .contentKey(contentKey == null ? null : ContentKey.parse(contentKey.toString()))
            .data(data)
            .notes(EventNotes.read(event.getExtension(EventNotes.NAME)))
            .reconciled("true".equals(String.valueOf(event.getExtension(RECONCILED))));
    CausationExtension.read(event).ifPresent(read::causation);
    return read.build();
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
    for (String extension :
        List.of(EventNotes.NAME, CausationExtension.ID, CausationExtension.SOURCE)) {
      // a producer may use the name for an extension of its own
      if (!envelope.path(extension).isTextual()) {
        envelope.remove(extension);
      }
    }
    for (String name : WANTED) {
      if (envelope.has(name) && !envelope.path(name).isTextual() && !NON_TEXTS.contains(name)) {
        throw new InvalidMessageException("CloudEvent attribute " + name + ": string expected");
      }
    }
  }
}
