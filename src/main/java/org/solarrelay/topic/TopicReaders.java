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
import org.solarrelay.topic.client.TopicGroups;
import org.solarrelay.topic.client.TopicPreparation;

/**
 * The readers of a pod, one thread for each route that begins at topics. A reader belongs to all
 * versions of its route, so a changed route costs no rebalance of its group.
 */
@Singleton
class TopicReaders {

  private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);
  private static final long LONGEST_STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Served(
      String stage, TopicReader reader, Thread thread, Set<TopicConsumer> versions) {}

  private final boolean enabled;
  private final KafkaClients clients;
  private final TopicPreparation preparation;
  private final TopicGroups groups;
  private final RecordOutcomeHandler outcomes;
  private final RelayTracer tracing;
  private final StageMeters meters;
  private final JsonMemory memory;
  private final LimitCounter limits;
  private final Map<String, Served> served = new HashMap<>();
  private final List<Thread> ending = new ArrayList<>();
  private boolean ended;
  private long endedAt;

  TopicReaders(
      RelayConfig config,
      KafkaClients clients,
      TopicPreparation preparation,
      TopicGroups groups,
      RecordOutcomeHandler outcomes,
      RelayTracer tracing,
      StageMeters meters,
      JsonMemory memory,
      LimitCounter limits) {
    this.enabled = config.consumers().enabled();
    this.clients = clients;
    this.preparation = preparation;
    this.groups = groups;
    this.outcomes = outcomes;
    this.tracing = tracing;
    this.meters = meters;
    this.memory = memory;
    this.limits = limits;
  }

  /** A version of a route has started. The first one starts the reader of its topics. */
  synchronized void serve(TopicConsumer version) throws Exception {
    if (!enabled || ended) {
      return;
    }
    DirectEndpoint entry = version.entry();
    Served known = served.get(entry.getEndpointUri());
    if (known == null) {
      known = start(version, entry);
      served.put(entry.getEndpointUri(), known);
    }
    known.versions.add(version);
  }

  private Served start(TopicConsumer version, DirectEndpoint entry) throws Exception {
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
            () -> preparation.areThere(names) && table.serves(entry));
    Thread thread = new Thread(reader, stage);
    meters.show(stage, reader);
    groups.reads(stage, names);
    preparation.want(names);
    thread.start();
    return new Served(stage, reader, thread, new HashSet<>());
  }

  /** Those of these topics that are missing for good, as far as this program is concerned. */
  Set<String> missing(List<String> names) {
    return preparation.missing(names);
  }

  Consumer<byte[], byte[]> open(String stage, int maxRecords) {
    return clients.consumer(stage, maxRecords, LONGEST_BATCH);
  }

  private long bytes(TopicEndpoint topics) {
    return topics.getMaxBytes() > 0 ? topics.getMaxBytes() : memory.stageBytes();
  }

  /** A version of a route takes no more records. The last one stops the reader of its topics. */
  synchronized void leave(TopicConsumer version) {
    String entry = version.entry().getEndpointUri();
    Served known = served.get(entry);
    if (known != null && known.versions.remove(version) && known.versions.isEmpty()) {
      served.remove(entry);
      stop(known);
      preparation.release(version.names());
      boolean last = served.values().stream().noneMatch(it -> it.stage.equals(known.stage));
      if (last) {
        groups.leaves(known.stage);
      }
      if (!ended) {
        meters.hide(known.stage, known.reader);
      }
    }
  }

  private void stop(Served reading) {
    reading.reader.stop();
    ending.removeIf(thread -> !thread.isAlive());
    ending.add(reading.thread);
  }

  /** Lets the batches at hand finish, commit and leave the groups; returns at once. */
  synchronized void end() {
    if (!ended) {
      ended = true;
      endedAt = System.nanoTime();
      served.values().forEach(this::stop);
    }
  }

  /**
   * Returns once they have, or a few seconds after {@link #end}: a batch that waits for a broker
   * that is away is read again, by this pod or another.
   */
  void awaitEnd() throws InterruptedException {
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
