package org.solarrelay.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.ReloadableConfig;
import org.solarrelay.delivery.RelaySettings;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.DeadLetterCounter;
import org.solarrelay.topic.client.RecordPublisher;

/** Publishes outcomes from a worker's transaction, with Kafka there, slow and away. */
class OutcomePublisherTest {

  private final Topic topic = new Topic();
  private final OutcomePublisher publisher =
      new OutcomePublisher(
          null,
          topic,
          new ObjectMapper(),
          new DeadLetterCounter(
              new SimpleMeterRegistry(), new ReloadableConfig(RelaySettings.of(Map.of()))),
          new JsonMemory(RelaySettings.of(Map.of())));

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
