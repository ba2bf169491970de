package org.solarrelay.topic.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.RelaySettings;

/** A broker that does not let the relay create topics. */
class TopicPreparationTest {

  private static final String PERMITS = "solar.permits";

  private final Refusing topics = new Refusing(RelaySettings.of(Map.of()));
  private final TopicPreparation preparation =
      new TopicPreparation(
          topics,
          new SecuredKafkaClientFactory(new SmallRyeConfigBuilder().build()),
          Duration.ofMillis(10));

  /** Has the topics of the pipeline, and further ones as they are added. */
  private static final class Refusing extends Topics {
    private final Set<String> existing = new TreeSet<>(Topics.all());

    Refusing(RelayConfig config) {
      super(null, config);
    }

    synchronized void add(String topic) {
      existing.add(topic);
    }

    @Override
    public synchronized Set<String> prepare(Collection<String> names) {
      Set<String> missing = new TreeSet<>(names);
      missing.removeAll(existing);
      return missing;
    }
  }

  @AfterEach
  void stop() {
    preparation.stop();
  }

  @Test
  void aTopicThatCannotBeCreatedIsReportedUntilItIsThere() {
    preparation.start();
    preparation.want(List.of(PERMITS));

    await().until(() -> preparation.areThere(List.of(PERMITS)));
    assertThat(preparation.missing(List.of(PERMITS, "solar.leads"))).containsExactly(PERMITS);

    topics.add(PERMITS);
    await().until(() -> preparation.missing(List.of(PERMITS)).isEmpty());
  }

  @Test
  void aTopicThatIsThereIsNotReported() {
    topics.add(PERMITS);
    preparation.start();
    preparation.want(List.of(PERMITS));

    await().until(() -> preparation.areThere(List.of(PERMITS)));
    assertThat(preparation.missing(List.of(PERMITS))).isEmpty();
  }
}
