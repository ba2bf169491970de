import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The server that the relay's intake is compared with: the same durability and the necessary
 * checks, written on Vert.x and the Kafka client.
 */
final class HandWrittenIntake extends AbstractVerticle {

  private static final int LIMIT = 1024 * 1024;
  private static final String PATH = "/webhooks/";
  private static final Set<String> SOURCES = Set.of("enerflo", "leads");
  private static final JsonFactory JSON = new JsonFactory();

  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final byte[] token;
  private final int port;

  private HandWrittenIntake(
      KafkaProducer<String, byte[]> producer, String topic, byte[] token, int port) {
    this.producer = producer;
    this.topic = topic;
    this.token = token;
    this.port = port;
  }

  /**
   * @param args port, Kafka's host:port, topic, token
   */
  public static void main(String... args) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", args[1], "acks", "all", "linger.ms", 0, "max.block.ms", 500);
    var producer =
        new KafkaProducer<String, byte[]>(
            settings, new StringSerializer(), new ByteArraySerializer());
    int port = Integer.parseInt(args[0]);
    Vertx.vertx()
        .deployVerticle(
            () -> new HandWrittenIntake(producer, args[2], args[3].getBytes(), port),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(Throwable::printStackTrace);
    System.in.read();
    System.exit(0);
  }

  @Override
  public void start() {
    vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
  }

  private void handle(HttpServerRequest request) {
    String given = request.getHeader("x-webhook-token");
    String type = request.getHeader("content-type");
    String length = request.getHeader("content-length");
    String source = source(request.path());
    if (!SOURCES.contains(source)) {
      refuse(request, 404);
    } else if (request.method() != HttpMethod.POST) {
      refuse(request, 405);
    } else if (given == null || !MessageDigest.isEqual(given.getBytes(), token)) {
      refuse(request, 401);
    } else if (type == null || !type.startsWith("application/json")) {
      refuse(request, 415);
    } else if (length == null) {
      refuse(request, 411);
    } else if (Integer.parseInt(length) > LIMIT) {
      refuse(request, 413);
    } else {
      request.bodyHandler(body -> append(request, source, body.getBytes()));
    }
  }

  private static String source(String path) {
    return path.startsWith(PATH) ? path.substring(PATH.length()) : "";
  }

  private void append(HttpServerRequest request, String source, byte[] body) {
    String id;
    try {
      id = id(body);
    } catch (IOException e) {
      refuse(request, 400);
      return;
    }
    String receipt = UUID.randomUUID().toString();
    var event = new ProducerRecord<>(topic, source + ":" + (id == null ? receipt : id), body);
    event.headers().add("relay_source", source.getBytes());
    event.headers().add("relay_receipt", receipt.getBytes());
    event.headers().add("relay_time", Instant.now().toString().getBytes());
    producer.send(event, (done, failure) -> answer(request, receipt, failure));
  }

  private static void answer(HttpServerRequest request, String receipt, Exception failure) {
    if (failure != null) {
      refuse(request, 503);
    } else {
      request
          .response()
          .setStatusCode(202)
          .putHeader("content-type", "application/json")
          .end("{\"receipt\":\"" + receipt + "\"}");
    }
  }

  /** The record's id, as far as it must be read to find it. */
  private static String id(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()
            && parser.getParsingContext().getParent() != null
            && parser.getParsingContext().getParent().inRoot()
            && "id".equals(parser.currentName())) {
          return parser.getText();
        }
      }
      return null;
    }
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end();
  }
}
