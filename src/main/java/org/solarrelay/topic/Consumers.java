package org.solarrelay.topic;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The two consumers of a pod: one feeds translate, one feeds fan-out. */
@Singleton
public class Consumers {

  private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);

  private final Topics topics;
  private final TopicConsumer translate;
  private final TopicConsumer fanOut;
  private List<Thread> threads = List.of();

  Consumers(Topics topics, KafkaClients clients, Translate translate, FanOut fanOut) {
    this.topics = topics;
    this.translate =
        new TopicConsumer(
            "translate",
            List.of(Topics.INBOX),
            () -> clients.consumer("translate", LONGEST_BATCH),
            translate);
    this.fanOut =
        new TopicConsumer(
            "fan-out", Topics.EVENTS, () -> clients.consumer("fan-out", LONGEST_BATCH), fanOut);
  }

  /**
   * Creates missing topics and starts consuming.
   *
   * @throws Exception where the broker can not be reached; to be tried again
   */
  public void start() throws Exception {
    topics.createMissing();
    threads = List.of(new Thread(translate, "translate"), new Thread(fanOut, "fan-out"));
    threads.forEach(Thread::start);
  }

  /** Finishes the batches at hand, commits and leaves the groups. */
  public void stop() throws InterruptedException {
    translate.stop();
    fanOut.stop();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
