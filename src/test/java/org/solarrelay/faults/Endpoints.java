package org.solarrelay.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends traffic to the relay's webhooks and topics, and repeats each message until it is accepted.
 */
final class Endpoints implements Traffic.Delivery {

  static final String POISON_MARK = "soak-poison";

  private static final Duration LONGEST_RESPONSE = Duration.ofSeconds(4);

  private final RelayInstances instances;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicInteger withoutResponse = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();

  Endpoints(FaultBench bench, RelayInstances instances) {
    this.instances = instances;
    Map<String, Object> connection =
        Map.of("bootstrap.servers", bench.broker.bootstrapServers(), "acks", "all");
    producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void send(TrafficMessage post) throws Exception {
    switch (post.kind()) {
      case LEAD, REFUSED -> post("leads", post);
      case ENERFLO_CUSTOMER -> post("enerflo", post);
      case SOLARPROOF_CUSTOMER -> post("solarproof/customer_created", post);
      case NOTE -> append(event("project.note-added", post));
      case CHANGE_ORDER -> append(event("change-order.signed", post));
      case POISON -> append(poison(post));
    }
  }

  String figures() {
    return "%d times 503 (%d of them after more than 4 s), %d posts without a response, all sent again"
        .formatted(unavailable.get(), late.get(), withoutResponse.get());
  }

  private void post(String path, TrafficMessage post) throws Exception {
    while (true) {
      long start = System.nanoTime();
      try {
        HttpResponse<String> response =
            instances.at(turn.getAndIncrement()).post(path, post.body(), post.name());
        if (response.statusCode() == 202) {
          return;
        }
        if (response.statusCode() != 503
            || response.headers().firstValue("Retry-After").isEmpty()) {
          throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        unavailable.incrementAndGet();
        if (System.nanoTime() - start > LONGEST_RESPONSE.toNanos()) {
          late.incrementAndGet();
        }
      } catch (IOException e) {
        withoutResponse.incrementAndGet();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private void append(ProducerRecord<byte[], byte[]> record) throws Exception {
    while (true) {
      try {
        producer.send(record).get();
        return;
      } catch (ExecutionException e) {
        unavailable.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> event(String type, TrafficMessage post) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("solar.projects", bytes(post.subject()), bytes(post.body()));
    Map.of(
            "specversion",
            "1.0",
            "id",
            post.name(),
            "source",
            "erp",
            "type",
            type,
            "subject",
            post.subject())
        .forEach((name, text) -> record.headers().add("ce_" + name, bytes(text)));
    record.headers().add("content-type", bytes("application/json"));
    return record;
  }

  private static ProducerRecord<byte[], byte[]> poison(TrafficMessage post) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("solar.leads", bytes(post.subject()), bytes(post.body()));
    record.headers().add(POISON_MARK, bytes(post.name()));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
