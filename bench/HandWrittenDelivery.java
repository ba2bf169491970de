import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the relay's deliveries are measured against: per destination a consumer of its own,
 * asynchronous calls in lanes by record, a ledger written in batches, offsets committed after it.
 * An event that is in the ledger is not sent again; what fails is sent again every second.
 */
final class HandWrittenDelivery implements Runnable {

  private static final int BATCH = 2000;
  private static final int RETRY_MILLIS = 1000;
  private static final byte[] SECRET = Base64.getDecoder().decode("YmVuY2gtY3JtLXNlY3JldA==");

  private final Vertx vertx;
  private final String destination;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Connection database;
  private final HttpClient http;
  private final int port;
  private final Semaphore permits;

  private HandWrittenDelivery(
      Vertx vertx, String destination, String kafka, String database, int port, int inFlight)
      throws SQLException {
    this.vertx = vertx;
    this.destination = destination;
    this.port = port;
    this.permits = new Semaphore(inFlight);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "hand-written-" + destination,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                BATCH),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.database = DriverManager.getConnection(database);
    this.database.setAutoCommit(false);
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(inFlight));
  }

  /**
   * @param args Kafka's host:port, a JDBC URL with user and password, the vendors' port, the calls
   *     in flight, the topics: {@code topic=destination,destination}
   */
  public static void main(String... args) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Connection database = DriverManager.getConnection(args[1])) {
      database.createStatement().execute("create schema if not exists hand_written");
      database
          .createStatement()
          .execute(
              """
              create table if not exists hand_written.ledger (
                event_id text, destination text, status int, vendor_id text, at timestamptz default now(),
                primary key (event_id, destination))""");
    }
    Map<String, List<String>> topics = new LinkedHashMap<>();
    for (String topic : List.of(args).subList(4, args.length)) {
      for (String destination : topic.split("=")[1].split(",")) {
        topics.computeIfAbsent(destination, none -> new ArrayList<>()).add(topic.split("=")[0]);
      }
    }
    for (var one : topics.entrySet()) {
      var delivery =
          new HandWrittenDelivery(
              vertx,
              one.getKey(),
              args[0],
              args[1],
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]));
      delivery.consumer.subscribe(one.getValue());
      new Thread(delivery, one.getKey()).start();
    }
    System.out.println("ready");
    System.in.read();
    System.exit(0);
  }

  private record Answer(String eventId, int status, String vendorId) {}

  @Override
  public void run() {
    try {
      while (true) {
        var polled = consumer.poll(Duration.ofMillis(100));
        if (!polled.isEmpty()) {
          deliver(polled);
          consumer.commitSync();
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void deliver(Iterable<ConsumerRecord<String, byte[]>> polled) throws Exception {
    Map<String, Queue<ConsumerRecord<String, byte[]>>> lanes = lanes(polled);
    int events = lanes.values().stream().mapToInt(Queue::size).sum();
    List<Answer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    CountDownLatch unanswered = new CountDownLatch(events);
    for (Queue<ConsumerRecord<String, byte[]>> lane : lanes.values()) {
      permits.acquire();
      next(lane, answers, unanswered);
    }
    unanswered.await();
    record(answers);
  }

  private Map<String, Queue<ConsumerRecord<String, byte[]>>> lanes(
      Iterable<ConsumerRecord<String, byte[]>> polled) throws SQLException {
    List<String> ids = new ArrayList<>();
    polled.forEach(event -> ids.add(id(event)));
    Set<String> known = known(ids);
    Map<String, Queue<ConsumerRecord<String, byte[]>>> lanes = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> event : polled) {
      if (!known.contains(id(event))) {
        lanes.computeIfAbsent(event.key(), none -> new ArrayDeque<>()).add(event);
      }
    }
    return lanes;
  }

  private Set<String> known(List<String> ids) throws SQLException {
    Set<String> known = new HashSet<>();
    try (PreparedStatement select =
        database.prepareStatement(
            "select event_id from hand_written.ledger where destination = ? and event_id = any (?)")) {
      select.setString(1, destination);
      select.setArray(2, database.createArrayOf("text", ids.toArray()));
      ResultSet row = select.executeQuery();
      while (row.next()) {
        known.add(row.getString(1));
      }
    }
    return known;
  }

  /** Goes on until the lane is empty, then lets the next one begin. */
  private void next(
      Queue<ConsumerRecord<String, byte[]>> lane, List<Answer> answers, CountDownLatch unanswered) {
    ConsumerRecord<String, byte[]> event = lane.peek();
    if (event == null) {
      permits.release();
      return;
    }
    JsonObject lead = new JsonObject(Buffer.buffer(event.value()));
    call(event, lead)
        .onComplete(
            done -> {
              if (done.failed()) {
                vertx.setTimer(RETRY_MILLIS, waited -> next(lane, answers, unanswered));
                return;
              }
              answers.add(new Answer(id(event), 200, done.result()));
              lane.remove();
              unanswered.countDown();
              next(lane, answers, unanswered);
            });
  }

  private io.vertx.core.Future<String> call(ConsumerRecord<String, byte[]> event, JsonObject lead) {
    return switch (destination) {
      case "enerflo" ->
          send(
                  HttpMethod.POST,
                  "/api/v1/partner/action/lead/add",
                  enerflo(event, lead),
                  Map.of("api-key", "bench"))
              .map(
                  answer ->
                      answer.getJsonObject("data").getJsonObject("lead").getValue("id").toString());
      case "solarproof" ->
          send(
                  HttpMethod.GET,
                  "/apidata.php?action=getcustomerByemail&apikey=bench&customer_email="
                      + lead.getString("email"),
                  null,
                  Map.of())
              .compose(
                  found ->
                      send(
                          HttpMethod.POST,
                          "/apidata.php?action=updatecustomer&apikey=bench",
                          solarProof(found, lead),
                          Map.of()))
              .map(answer -> answer.getString("CustomerId"));
      default -> {
        String body = cloudEvent(event, lead);
        yield send(HttpMethod.POST, "/crm", body, signed(event, body)).map("");
      }
    };
  }

  private io.vertx.core.Future<JsonObject> send(
      HttpMethod method, String uri, String body, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setPort(port).setHost("127.0.0.1").setURI(uri);
    options.setTimeout(15_000);
    return http.request(options)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              request.putHeader("content-type", "application/json");
              return body == null ? request.send() : request.send(body);
            })
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        text -> {
                          if (answer.statusCode() >= 300) {
                            throw new IllegalStateException("" + answer.statusCode());
                          }
                          return text.length() == 0 ? new JsonObject() : new JsonObject(text);
                        }));
  }

  private static String enerflo(ConsumerRecord<String, byte[]> event, JsonObject lead) {
    return new JsonObject()
        .put(
            "lead",
            new JsonObject()
                .put("integration_record_id", "hand:" + event.key())
                .put("first_name", lead.getString("firstName"))
                .put("last_name", lead.getString("lastName"))
                .put("email", lead.getString("email"))
                .put("mobile", lead.getString("phone"))
                .put("address", lead.getJsonObject("address")))
        .encode();
  }

  private static String solarProof(JsonObject found, JsonObject lead) {
    return new JsonObject()
        .put(
            "data",
            new JsonObject()
                .put("pkcustomerid", found.getString("customer_id"))
                .put("firstname", lead.getString("firstName"))
                .put("lastname", lead.getString("lastName"))
                .put("email", lead.getString("email"))
                .put("phone", lead.getString("phone"))
                .put("address", lead.getJsonObject("address")))
        .encode();
  }

  private static String cloudEvent(ConsumerRecord<String, byte[]> event, JsonObject lead) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", id(event))
        .put("source", "hand")
        .put("type", "lead.submitted")
        .put("subject", event.key())
        .put("data", lead)
        .encode();
  }

  private static Map<String, String> signed(ConsumerRecord<String, byte[]> event, String body) {
    try {
      String time = String.valueOf(System.currentTimeMillis() / 1000);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      byte[] signature = mac.doFinal((id(event) + "." + time + "." + body).getBytes());
      return Map.of(
          "webhook-id",
          id(event),
          "webhook-timestamp",
          time,
          "webhook-signature",
          "v1," + Base64.getEncoder().encodeToString(signature));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void record(List<Answer> answers) throws SQLException {
    try (PreparedStatement insert =
        database.prepareStatement(
            "insert into hand_written.ledger (event_id, destination, status, vendor_id) values (?, ?, ?, ?) on conflict do nothing")) {
      for (Answer answer : answers) {
        insert.setString(1, answer.eventId());
        insert.setString(2, destination);
        insert.setInt(3, answer.status());
        insert.setString(4, answer.vendorId());
        insert.addBatch();
      }
      insert.executeBatch();
      database.commit();
    }
  }

  /** The event's own id, or the receipt that {@link HandWrittenIntake} gave it. */
  private static String id(ConsumerRecord<String, byte[]> event) {
    Header id = event.headers().lastHeader("ce_id");
    Header receipt = event.headers().lastHeader("relay_receipt");
    return new String((id == null ? receipt : id).value(), StandardCharsets.UTF_8);
  }
}
