package org.solarrelay.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.solarrelay.database.EventRowMapper;
import org.solarrelay.database.Sql;
import org.solarrelay.database.SqlParameters;
import org.solarrelay.database.Transaction;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventJson;
import org.solarrelay.event.EventReader;
import org.solarrelay.event.EventWriter;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.event.RecordPosition;
import org.solarrelay.event.TopicMessage;
import org.solarrelay.identity.EventIds;
import org.solarrelay.topic.client.RecentRecords;
import org.solarrelay.topic.client.Topics;

/** Reads the latest messages of a stage, in the form that {@code POST /api/preview} takes. */
@Singleton
class RecentMessages {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST_HEADER_PREFIX = "http_";

  private static final Comparator<ConsumerRecord<byte[], byte[]>> NEWEST_FIRST =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .reversed();

  /** The attributes of an event that a preview reads. */
  private static final List<String> ATTRIBUTES =
      List.of("specversion", "id", "source", "type", "subject", "time", "data");

  /** Bytes of all messages of one response, before they are parsed. */
  private static final int MAX_BYTES = 2_000_000;

  /** Rows that the driver holds at once. */
  private static final int FETCH_SIZE = 10;

  private static final Sql EVENTS =
      Sql.of(
          """
          select e.*, e.id as event_id from event e where octet_length(e.value) > 0
          order by e.recorded_at desc limit :limit
          """);

  private static final Sql EVENT =
      Sql.of(
          """
          select e.*, e.id as event_id from event e
          where e.source = :source and e.id = :id and octet_length(e.value) > 0
          """);

  /** How many of the newest deliveries are searched for those of one destination. */
  static final int MAX_SEARCHED = 50_000;

  // No index has delivered rows by destination. Two indexes have the other states, so a
  // destination with few events shows at least those, however old they are.
  static final Sql DELIVERIES =
      Sql.of(
          """
          with newest as materialized (
            select id, source, event_id, destination from delivery order by id desc limit :newest),
          found as materialized (
            select id, source, event_id from newest where destination = :destination
            union
            (select id, source, event_id from delivery_work
             where destination = :destination and held
             order by id desc limit :limit)
            union
            (select id, source, event_id from delivery_ledger
             where destination = :destination and state = 'skipped'
             order by id desc limit :limit)
            union
            (select id, source, event_id from delivery_ledger
             where destination = :destination and state = 'dead'
             order by id desc limit :limit)
            union
            (select id, source, event_id from delivery_work
             where destination || '' = :destination and not held
             order by late desc, due_at desc limit :limit)
            order by id desc limit :limit)
          select e.*, e.id as event_id
          from found d join event e on e.source = d.source and e.id = d.event_id
          where octet_length(e.value) > 0
          order by d.id desc
          """);

  private final DataSource database;
  private final RecentRecords records;
  private final ExternalIdReader ledger;

  RecentMessages(DataSource database, RecentRecords records, ExternalIdReader ledger) {
    this.database = database;
    this.records = records;
    this.ledger = ledger;
  }

  /**
   * A message that the relay has received.
   *
   * @param id of the event; of a webhook its receipt
   * @param at when the relay recorded it
   * @param about a short description for people
   * @param message as {@code POST /api/preview} takes it
   */
  record Item(String id, String at, String about, JsonNode message) {}

  /** Webhooks of a source, newest first. */
  List<Item> webhooks(String source, int limit) {
    List<ConsumerRecord<byte[], byte[]>> found =
        records.newest(
            Topics.INBOX,
            limit,
            record -> record.value() != null && source.equals(header(record, "relay_source")));
    List<Item> items = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : bounded(found)) {
      webhook(record, items);
    }
    return items;
  }

  /** Messages on topics that routes from {@code topic:} read, newest first. */
  List<Item> onTopics(List<String> topics, int limit) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    for (String topic : topics) {
      found.addAll(records.newest(topic, limit, record -> record.value() != null));
    }
    found.sort(NEWEST_FIRST);
    return bounded(found.stream().limit(limit).toList()).stream()
        .map(TopicMessage::of)
        .map(RecentMessages::onTopic)
        .toList();
  }

  /**
   * The message in a record, as a preview takes it.
   *
   * @throws InvalidMessageException if a webhook is not JSON, or a record on a topic of events is
   *     no event
   */
  JsonNode message(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.INBOX)) {
      return webhook(record);
    }
    return Topics.carriesEvents(record.topic())
        ? message(EventReader.read(record))
        : message(TopicMessage.of(record));
  }

  private static Item onTopic(TopicMessage message) {
    String about = "message on " + message.topic();
    return new Item(message.position(), message.time().toString(), about, message(message));
  }

  private static ObjectNode message(TopicMessage message) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    ObjectNode read = shown.putObject("message").put("topic", message.topic());
    message.key().ifPresent(key -> read.put("key", key));
    ObjectNode headers = read.putObject("headers");
    message.headers().forEach(headers::put);
    read.put("time", message.time().toString());
    read.set("body", body(message));
    return shown;
  }

  /** The value as JSON; a value that is not JSON becomes a text. */
  private static JsonNode body(TopicMessage message) {
    try {
      return message.body();
    } catch (InvalidMessageException e) {
      return JsonNodeFactory.instance.textNode(
          new String(message.value().orElseThrow(), StandardCharsets.UTF_8));
    }
  }

  /** Events, newest first. */
  List<Item> events(int limit) throws SQLException {
    return events(
        connection -> read(connection, EVENTS, parameters -> parameters.set("limit", limit)));
  }

  /**
   * Events with a delivery to a destination, newest first. Delivered events are included only if
   * they are among the newest deliveries of all destinations.
   */
  List<Item> deliveries(String destination, int limit) throws SQLException {
    return events(
        connection -> {
          Transaction.readInIndexOrder(connection);
          return read(
              connection,
              DELIVERIES,
              parameters -> bindDeliveries(parameters, destination, limit, MAX_SEARCHED));
        });
  }

  /**
   * @param newest how many of the newest deliveries are searched
   */
  static void bindDeliveries(SqlParameters parameters, String destination, int limit, int newest)
      throws SQLException {
    parameters.set("destination", destination).set("limit", limit).set("newest", newest);
  }

  private List<Item> events(Transaction.Work<Map<Event, Instant>> query) throws SQLException {
    List<Item> items = new ArrayList<>();
    Transaction.call(database, query).forEach((event, at) -> items.add(event(event, at)));
    return items;
  }

  private static Map<Event, Instant> read(Connection connection, Sql query, Sql.Binding binding)
      throws SQLException {
    return query.read(
        connection,
        parameters -> {
          binding.bind(parameters);
          parameters.fetchSize(FETCH_SIZE);
        },
        RecentMessages::read);
  }

  private static Map<Event, Instant> read(ResultSet row) throws SQLException {
    Map<Event, Instant> found = new LinkedHashMap<>();
    long bytes = 0;
    while (row.next() && bytes <= MAX_BYTES) {
      bytes += row.getBytes("value").length;
      if (bytes <= MAX_BYTES) {
        found.put(EventRowMapper.read(row), row.getTimestamp("recorded_at").toInstant());
      }
    }
    return found;
  }

  /** One event; empty where the database does not have it. */
  Optional<Item> event(String source, String id) throws SQLException {
    return events(
            connection ->
                read(
                    connection,
                    EVENT,
                    parameters -> parameters.set("source", source).set("id", id)))
        .stream()
        .findFirst();
  }

  private Item event(Event event, Instant at) {
    String about = "%s of %s, about %s".formatted(event.type(), event.source(), event.subject());
    return new Item(event.id(), at.toString(), about, message(event));
  }

  private ObjectNode message(Event event) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    JsonNode envelope = EventJson.parse(EventWriter.toEnvelope(event));
    ObjectNode shown = message.putObject("event");
    ATTRIBUTES.stream().filter(envelope::has).forEach(it -> shown.set(it, envelope.get(it)));
    Map<String, String> ids = new LinkedHashMap<>(EventIds.of(event));
    ids.putAll(ledger.of(event));
    message.set("knownIds", JSON.valueToTree(ids));
    return message;
  }

  private static void webhook(ConsumerRecord<byte[], byte[]> record, List<Item> items) {
    try {
      String source = header(record, "relay_source");
      String event = header(record, "relay_event");
      String at = RecordPosition.time(record).atOffset(ZoneOffset.UTC).toString();
      String about = event == null ? "webhook of " + source : "%s of %s".formatted(event, source);
      items.add(new Item(header(record, "relay_receipt"), at, about, webhook(record)));
    } catch (InvalidMessageException e) {
      // not JSON: the webhook becomes a dead letter before it reaches a route
    }
  }

  private static ObjectNode webhook(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    ObjectNode webhook = message.putObject("webhook");
    webhook.put("source", header(record, "relay_source"));
    String event = header(record, "relay_event");
    if (event != null) {
      webhook.put("event", event);
    }
    ObjectNode headers = webhook.putObject("headers");
    for (Header header : record.headers()) {
      if (header.key().startsWith(REQUEST_HEADER_PREFIX)) {
        headers.put(header.key().substring(REQUEST_HEADER_PREFIX.length()), text(header));
      }
    }
    webhook.set("body", EventJson.parse(record.value()));
    return message;
  }

  /** The newest records up to {@link #MAX_BYTES} in all: a parsed message is much larger. */
  private static List<ConsumerRecord<byte[], byte[]>> bounded(
      List<ConsumerRecord<byte[], byte[]>> newestFirst) {
    List<ConsumerRecord<byte[], byte[]>> bounded = new ArrayList<>();
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : newestFirst) {
      bytes += record.value().length;
      if (bytes > MAX_BYTES) {
        break;
      }
      bounded.add(record);
    }
    return bounded;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : text(header);
  }

  private static String text(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
