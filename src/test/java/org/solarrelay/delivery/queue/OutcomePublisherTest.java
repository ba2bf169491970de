package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.LEASE;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.topic.client.AppendResult;
import org.solarrelay.topic.client.RecordPublisher;

/** Publishes outcomes from a worker's transaction, with Kafka there, slow and away. */
class OutcomePublisherTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private final Topic topic = new Topic();
  private final OutcomePublisher publisher = fixture.publisher(topic);

  @Test
  void nothingWaitsWhileKafkaAcknowledges() throws Exception {
    assertThat(publisher.publish(List.of(outcome(1), outcome(2)))).isEmpty();

    assertThat(topic.values)
        .first()
        .isEqualTo(
            """
            {"eventId":"e1","destination":"crm","state":"delivered","reason":null,"vendorId":"v",\
            "attempts":2,"at":"2026-01-31T08:00Z"}\
            """);
  }

  @Test
  void aRecordThatKafkaRejectsWaitsAlone() {
    topic.rejected = "e2";

    assertThat(publisher.publish(List.of(outcome(1), outcome(2), outcome(3)))).containsExactly(2L);
  }

  @Test
  void whileKafkaIsAwayOneBatchWaitsForItAndTheOthersDoNot() {
    topic.away = true;

    assertThat(publisher.publish(List.of(outcome(1)))).containsExactly(1L);
    assertThat(publisher.publish(List.of(outcome(2)))).containsExactly(2L);

    assertThat(topic.calls).isEqualTo(1);
  }

  @Test
  void theOutcomeOfADeliveryWithoutItsEventIsPublished() throws Exception {
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.execute("delete from event");
    assertThat(fixture.queueOfAnotherPod().take("enerflo", 1, LEASE)).isEmpty();

    publishMarked();

    assertThat(topic.values)
        .singleElement()
        .asString()
        .contains("\"eventId\":\"one\"", "\"state\":\"dead\"", "the ledger has no such event");
  }

  @Test
  void workersPublishAgainOnceAMarkedOutcomeIsPublished() throws Exception {
    topic.away = true;
    assertThat(publisher.publish(List.of(outcome(1)))).containsExactly(1L);
    topic.away = false;
    assertThat(publisher.publish(List.of(outcome(2)))).containsExactly(2L);
    fixture.add(lead("one", "A", "a@example.com"), "enerflo");
    fixture.end(fixture.take("enerflo").get(0), AttemptResult.delivered("v"));

    publishMarked();

    assertThat(publisher.publish(List.of(outcome(3)))).isEmpty();
  }

  private void publishMarked() throws Exception {
    Thread thread = new Thread(publisher);
    thread.start();
    try {
      await().until(() -> fixture.column("select delivery_id::text from unannounced").isEmpty());
    } finally {
      publisher.stop();
      thread.join();
    }
  }

  private static OutcomeRecord outcome(long id) {
    return new OutcomeRecord(
        id,
        null,
        "e" + id,
        "crm",
        DeliveryState.DELIVERED,
        null,
        "v",
        2,
        OffsetDateTime.parse("2026-01-31T08:00:00Z"));
  }

  private static final class Topic extends RecordPublisher {
    private final List<String> values = new ArrayList<>();
    private String rejected = "none";
    private boolean away;
    private int calls;

    private Topic() {
      super(null);
    }

    @Override
    public List<AppendResult> append(List<ProducerRecord<byte[], byte[]>> records) {
      List<AppendResult> results = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        values.add(new String(record.value()));
        results.add(new AppendResult(Optional.empty(), Optional.empty()));
      }
      return results;
    }

    @Override
    public List<Boolean> appendWithin(Duration time, List<ProducerRecord<byte[], byte[]>> records)
        throws TimeoutException {
      calls++;
      if (away) {
        throw new TimeoutException("no broker");
      }
      List<Boolean> appended = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        String value = new String(record.value());
        values.add(value);
        appended.add(!value.contains('"' + rejected + '"'));
      }
      return appended;
    }
  }
}
