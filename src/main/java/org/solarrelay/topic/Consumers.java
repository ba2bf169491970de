package org.solarrelay.topic;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.solarrelay.RelayConfig;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.telemetry.LimitCounter;
import org.solarrelay.telemetry.StageGauges;

/** The two consumers of a pod: one feeds translate, one feeds fan-out. */
@Singleton
public class Consumers {

  private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final RelayConfig.Consumers config;
  private final Topics topics;
  private final SecuredKafkaClientFactory intake;
  private final TopicConsumer translate;
  private final TopicConsumer fanOut;
  private List<Thread> threads = List.of();

  Consumers(
      RelayConfig config,
      Topics topics,
      KafkaClients clients,
      SecuredKafkaClientFactory intake,
      Translate translate,
      FanOut fanOut,
      StageGauges stages,
      MeterRegistry metrics,
      JsonMemory memory,
      LimitCounter limits) {
    Runnable onCut = () -> limits.count(LimitCounter.POLL);
    this.config = config.consumers();
    this.topics = topics;
    this.intake = intake;
    this.translate =
        new TopicConsumer(
            "translate",
            List.of(Topics.INBOX),
            () -> clients.consumer("translate", LONGEST_BATCH),
            translate,
            // of a webhook's tree there is one at a time; what is made of it is kept as bytes
            new BatchLimit(memory.batchBytes() / 2, onCut));
    this.fanOut =
        new TopicConsumer(
            "fan-out",
            Topics.EVENTS,
            () -> clients.consumer("fan-out", LONGEST_BATCH),
            fanOut,
            new BatchLimit(memory.stageBytes(), onCut));
    if (this.config.enabled()) {
      show("translate", this.translate, stages, metrics);
      show("fan-out", this.fanOut, stages, metrics);
    }
  }

  private static void show(
      String stage, TopicConsumer consumer, StageGauges stages, MeterRegistry metrics) {
    stages.watch(stage, consumer::waiting);
    Gauge.builder("relay_consumer_lag", consumer, TopicConsumer::lag)
        .description("Records of this pod's partitions that it has not fetched yet")
        .tag("stage", stage)
        .register(metrics);
  }

  /**
   * Prepares the topics and, where {@code relay.consumers.enabled}, starts consuming.
   *
   * @throws Exception where the broker can not be reached; to be tried again
   */
  public void start() throws Exception {
    topics.prepare();
    intake.topicsAreThere();
    if (!config.enabled()) {
      return;
    }
    threads = List.of(new Thread(translate, "translate"), new Thread(fanOut, "fan-out"));
    threads.forEach(Thread::start);
  }

  /** Lets the batches at hand finish, commit and leave the groups; returns at once. */
  public void stop() {
    translate.stop();
    fanOut.stop();
  }

  /**
   * Returns once they have, or after a few seconds: a batch that waits for a broker that is away
   * comes again, to whoever reads it next.
   */
  public void awaitStopped() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(LONGEST_STOP.toMillis());
    }
  }
}
