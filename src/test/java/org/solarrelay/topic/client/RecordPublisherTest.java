package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordPublisherTest {

  private final Map<String, RuntimeException> failures = new HashMap<>();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
          RuntimeException failure =
              record.value() == null ? null : failures.get(new String(record.value()));
          if (failure instanceof SerializationException
              || failure instanceof IllegalStateException) {
            throw failure;
          }
          if (failure != null && failure.getClass() == KafkaException.class) {
            failures.clear();
          }
          return failure == null ? super.send(record) : CompletableFuture.failedFuture(failure);
        }
      };
  private final RecordPublisher log =
      new RecordPublisher(null) {
        @Override
        Producer<byte[], byte[]> producer() {
          return kafka;
        }
      };

  static List<RuntimeException> faultsOfTheRecord() {
    return List.of(
        new RecordTooLargeException("large"),
        new SerializationException("broken"),
        new InvalidTopicException("topic"),
        new InvalidTimestampException("time"),
        new InvalidRecordException("record"),
        new IllegalArgumentException("partition"));
  }

  @ParameterizedTest
  @MethodSource("faultsOfTheRecord")
  void aRecordThatKafkaRejectsDoesNotPreventTheOthers(RuntimeException fault) throws Exception {
    failures.put("b", fault);

    List<AppendResult> ends = log.append(records("solar.leads", "a", "b", "c"));

    assertThat(ends).extracting(end -> end.place().isPresent()).containsExactly(true, false, true);
    assertThat(ends.get(1).reason().orElseThrow())
        .startsWith("Kafka cannot store it: ")
        .doesNotContain("Exception");
    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void aRecordOfABatchThatFailedForAnotherIsSentAgainAlone() throws Exception {
    failures.put("a", new KafkaException("it was part of a batch which had an invalid record"));

    List<AppendResult> ends = log.append(records("solar.leads", "a", "b"));

    assertThat(ends).allSatisfy(end -> assertThat(end.place()).isPresent());
    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void aBrokerThatIsAwayIsNoFaultOfTheRecord() {
    failures.put("a", new TimeoutException("expired"));
    assertThatThrownBy(() -> log.append(records("solar.leads", "a", "b")))
        .isInstanceOf(ExecutionException.class);

    failures.put("a", new IllegalStateException("the producer is closed"));
    assertThatThrownBy(() -> log.append(records("solar.leads", "a")))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  void aDeadLetterThatIsTooLargeIsSentWithoutItsValue() throws Exception {
    failures.put("a", new RecordTooLargeException("large"));

    List<AppendResult> ends = log.append(records(Topics.DEAD_LETTERS, "a"));

    assertThat(ends.get(0).place()).isPresent();
    assertThat(kafka.history())
        .singleElement()
        .satisfies(sent -> assertThat(sent.value()).isNull());
  }

  @Test
  void withinALimitARejectedRecordIsNotAppended() throws Exception {
    failures.put("b", new RecordTooLargeException("large"));

    assertThat(log.appendWithin(Duration.ofSeconds(5), records("solar.outcomes", "a", "b")))
        .containsExactly(true, false);
  }

  @Test
  void withinALimitABrokerThatIsAwayIsAnError() {
    failures.put("a", new TimeoutException("expired"));

    assertThatThrownBy(
            () -> log.appendWithin(Duration.ofSeconds(5), records("solar.outcomes", "a")))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  void withinALimitTheProducerWaitsForMetadataOnce() {
    List<String> sent = new ArrayList<>();
    MockProducer<byte[], byte[]> slow =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            sent.add(new String(record.value()));
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
            return CompletableFuture.failedFuture(new TimeoutException("no metadata"));
          }
        };
    RecordPublisher publisher =
        new RecordPublisher(null) {
          @Override
          Producer<byte[], byte[]> producer() {
            return slow;
          }
        };

    assertThatThrownBy(
            () ->
                publisher.appendWithin(Duration.ofMillis(10), records("solar.outcomes", "a", "b")))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    assertThat(sent).containsExactly("a");
  }

  @Test
  void withinALimitABrokerThatDoesNotRespondIsAnError() {
    MockProducer<byte[], byte[]> silent =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    RecordPublisher publisher =
        new RecordPublisher(null) {
          @Override
          Producer<byte[], byte[]> producer() {
            return silent;
          }
        };

    assertThatThrownBy(
            () -> publisher.appendWithin(Duration.ofMillis(10), records("solar.outcomes", "a")))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
  }

  private static List<ProducerRecord<byte[], byte[]>> records(String topic, String... values) {
    return java.util.Arrays.stream(values)
        .map(value -> new ProducerRecord<byte[], byte[]>(topic, value.getBytes()))
        .toList();
  }
}
