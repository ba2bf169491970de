package org.solarrelay.topic;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.kafka.clients.consumer.Consumer;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.ops.telemetry.LimitCounter;
import org.solarrelay.ops.telemetry.RelayTracer;
import org.solarrelay.routes.SwappableDirect;
import org.solarrelay.topic.client.KafkaClients;
import org.solarrelay.topic.client.StageTopics;
import org.solarrelay.topic.client.TopicPreparation;

/**
 * Starts and stops the {@link TopicReader}s of this pod, one thread for each route from {@code
 * topic:}. All versions of a route share a reader, so a changed route causes no rebalance.
 */
@Singleton
class TopicReaders {

  private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);
  private static final long LONGEST_STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record RunningReader(
      String stage, TopicReader reader, Thread thread, Set<TopicConsumer> versions) {}

  private final boolean enabled;
  private final KafkaClients clients;
  private final TopicPreparation preparation;
  private final StageTopics stageTopics;
  private final RecordOutcomeHandler outcomes;
  private final RelayTracer tracing;
  private final StageMeters meters;
  private final JsonMemory memory;
  private final LimitCounter limits;
  private final Map<String, RunningReader> readers = new HashMap<>();
  private final List<Thread> ending = new ArrayList<>();
  private boolean stopped;
  private long endedAt;

  TopicReaders(
      RelayConfig config,
      KafkaClients clients,
      TopicPreparation preparation,
      StageTopics stageTopics,
      RecordOutcomeHandler outcomes,
      RelayTracer tracing,
      StageMeters meters,
      JsonMemory memory,
      LimitCounter limits) {
    this.enabled = config.consumers().enabled();
    this.clients = clients;
    this.preparation = preparation;
    this.stageTopics = stageTopics;
    this.outcomes = outcomes;
    this.tracing = tracing;
    this.meters = meters;
    this.memory = memory;
    this.limits = limits;
  }

  /** Adds a started version of a route. The first version starts the reader. */
  synchronized void add(TopicConsumer version) throws Exception {
    if (!enabled || stopped) {
      return;
    }
    DirectEndpoint entry = version.entry();
    RunningReader known = readers.get(entry.getEndpointUri());
    if (known == null) {
      known = start(version, entry);
      readers.put(entry.getEndpointUri(), known);
    }
    known.versions.add(version);
  }

  private RunningReader start(TopicConsumer version, DirectEndpoint entry) throws Exception {
    String stage = version.stage();
    List<String> names = version.names();
    SwappableDirect table = (SwappableDirect) entry.getComponent();
    TopicReader reader =
        new TopicReader(
            stage,
            names,
            () -> open(stage, version.topics().getMaxRecords()),
            new BatchProcessor(
                stage, entry, outcomes, tracing, version.topics().getGroup() == null),
            new BatchLimit(bytes(version.topics()), () -> limits.count(LimitCounter.POLL)),
            () -> preparation.arePrepared(names) && table.serves(entry));
    Thread thread = new Thread(reader, stage);
    meters.add(stage, reader);
    stageTopics.add(stage, names);
    preparation.add(names);
    thread.start();
    return new RunningReader(stage, reader, thread, new HashSet<>());
  }

  /** Returns the topics that are missing and that the broker does not let the relay create. */
  Set<String> missing(List<String> names) {
    return preparation.missing(names);
  }

  Consumer<byte[], byte[]> open(String stage, int maxRecords) {
    return clients.consumer(stage, maxRecords, LONGEST_BATCH);
  }

  private long bytes(TopicEndpoint topics) {
    return topics.getMaxBytes() > 0 ? topics.getMaxBytes() : memory.stageBytes();
  }

  /** Removes a version of a route. The last version stops the reader. */
  synchronized void remove(TopicConsumer version) {
    String entry = version.entry().getEndpointUri();
    RunningReader known = readers.get(entry);
    if (known != null && known.versions.remove(version) && known.versions.isEmpty()) {
      readers.remove(entry);
      stop(known);
      preparation.release(version.names());
      boolean last = readers.values().stream().noneMatch(it -> it.stage.equals(known.stage));
      if (last) {
        stageTopics.remove(known.stage);
      }
      if (!stopped) {
        meters.remove(known.stage, known.reader);
      }
    }
  }

  private void stop(RunningReader reading) {
    reading.reader.stop();
    ending.removeIf(thread -> !thread.isAlive());
    ending.add(reading.thread);
  }

  /** Requests all readers to finish their batch, commit and leave their group; returns at once. */
  synchronized void stop() {
    if (!stopped) {
      stopped = true;
      endedAt = System.nanoTime();
      readers.values().forEach(this::stop);
    }
  }

  /**
   * Waits for the readers to end, at most 5 s after {@link #stop}. A batch that still waits for
   * Kafka or PostgreSQL is read again later, by this pod or another.
   */
  void awaitStopped() throws InterruptedException {
    List<Thread> threads;
    long deadline;
    synchronized (this) {
      threads = List.copyOf(ending);
      deadline = endedAt + LONGEST_STOP_NANOS;
    }
    for (Thread thread : threads) {
      long left = deadline - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.timedJoin(thread, left);
      }
    }
  }
}
