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
  private static final String OTHER = "solar.permits-of-the-city";

  private final Refusing topics = new Refusing(RelaySettings.of(Map.of()));
  private final TopicPreparation preparation =
      new TopicPreparation(
          topics,
          new SecuredKafkaClientFactory(new SmallRyeConfigBuilder().build()),
          Duration.ofMillis(10));

  /** Has the topics of the pipeline, and further ones as they are added. */
  private static final class Refusing extends Topics {
    private final Set<String> existing = new TreeSet<>(Topics.all());
    private final Set<String> asked = new TreeSet<>();
    private boolean away;

    Refusing(RelayConfig config) {
      super(null, config);
    }

    synchronized void add(String topic) {
      existing.add(topic);
    }

    synchronized void away(boolean now) {
      away = now;
    }

    /** What it is asked for from now on. */
    synchronized void forgetAsked() {
      asked.clear();
    }

    synchronized Set<String> asked() {
      return Set.copyOf(asked);
    }

    @Override
    public synchronized Set<String> prepare(Collection<String> names) {
      asked.addAll(names);
      if (away) {
        throw new IllegalStateException("the broker is away");
      }
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
    preparation.add(List.of(PERMITS));

    await().until(() -> preparation.arePrepared(List.of(PERMITS)));
    assertThat(preparation.missing(List.of(PERMITS, "solar.leads"))).containsExactly(PERMITS);

    topics.add(PERMITS);
    await().until(() -> preparation.missing(List.of(PERMITS)).isEmpty());
  }

  @Test
  void theTopicOfARouteThatIsRemovedIsNotAskedForAnyMore() {
    preparation.start();
    preparation.add(List.of(PERMITS));
    preparation.add(List.of(OTHER));
    await().until(() -> preparation.missing(List.of(PERMITS, OTHER)).size() == 2);

    preparation.release(List.of(PERMITS));
    assertThat(preparation.missing(List.of(PERMITS))).isEmpty();
    awaitTwoQuestions();

    assertThat(topics.asked()).containsExactly(OTHER);
    preparation.add(List.of(PERMITS));
    await().until(() -> preparation.missing(List.of(PERMITS)).contains(PERMITS));
  }

  @Test
  void aTopicThatTwoRoutesReadIsAskedForUntilBothAreRemoved() {
    preparation.start();
    preparation.add(List.of(PERMITS));
    preparation.add(List.of(PERMITS, OTHER));
    await().until(() -> preparation.missing(List.of(PERMITS, OTHER)).size() == 2);

    preparation.release(List.of(PERMITS));

    awaitTwoQuestions();
    assertThat(topics.asked()).containsExactlyInAnyOrder(PERMITS, OTHER);
  }

  @Test
  void aTopicOfARouteThatIsRemovedWhileKafkaIsAwayIsNotCreatedLater() {
    topics.add(PERMITS);
    topics.away(true);
    preparation.start();
    preparation.add(List.of(PERMITS));
    preparation.add(List.of(OTHER));
    await().until(() -> !topics.asked().isEmpty());

    preparation.release(List.of(PERMITS));
    topics.away(false);

    await().until(() -> preparation.arePrepared(List.of(OTHER)));
    assertThat(topics.asked()).doesNotContain(PERMITS);
  }

  /** The first of them may have been asked before the test looked. */
  private void awaitTwoQuestions() {
    for (int question = 0; question < 2; question++) {
      topics.forgetAsked();
      await().until(() -> topics.asked().contains(OTHER));
    }
  }

  @Test
  void aTopicThatIsThereIsNotReported() {
    topics.add(PERMITS);
    preparation.start();
    preparation.add(List.of(PERMITS));

    await().until(() -> preparation.arePrepared(List.of(PERMITS)));
    assertThat(preparation.missing(List.of(PERMITS))).isEmpty();
  }
}
