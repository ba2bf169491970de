package org.solarrelay.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.flywaydb.core.Flyway;
import org.solarrelay.RelayConfig;
import org.solarrelay.event.JsonMemory;
import org.solarrelay.telemetry.Tracing;

/** The deliver stage of this pod: a worker for each destination that is on, and the announcer. */
@Singleton
public class Deliveries {

  private static final Duration LONGEST_LAST_WORDS = Duration.ofSeconds(5);

  private final RelayConfig config;
  private final CamelContext camel;
  private final Flyway flyway;
  private final DataSource database;
  private final DeliveryQueue queue;
  private final PausedDestinations paused;
  private final RefusalRepository refusals;
  private final DeliveryPolicy policy;
  private final Answers answers;
  private final DeliveryMetrics metrics;
  private final Announcer announcer;
  private final Retention retention;
  private final WaitingGauges waiting;
  private final Tracing tracing;
  private final JsonMemory memory;
  private final Map<String, DestinationWorker> workers = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private Thread announcing;

  Deliveries(
      RelayConfig config,
      CamelContext camel,
      Flyway flyway,
      DataSource database,
      DeliveryQueue queue,
      PausedDestinations paused,
      RefusalRepository refusals,
      DeliveryPolicy policy,
      Answers answers,
      DeliveryMetrics metrics,
      Announcer announcer,
      Retention retention,
      WaitingGauges waiting,
      Tracing tracing,
      JsonMemory memory) {
    this.config = config;
    this.camel = camel;
    this.flyway = flyway;
    this.database = database;
    this.queue = queue;
    this.paused = paused;
    this.refusals = refusals;
    this.policy = policy;
    this.answers = answers;
    this.metrics = metrics;
    this.announcer = announcer;
    this.retention = retention;
    this.waiting = waiting;
    this.tracing = tracing;
    this.memory = memory;
  }

  /**
   * Brings the ledger's tables up to date and starts delivering.
   *
   * @throws Exception where the database can not be reached; to be tried again
   */
  public void start() throws Exception {
    flyway.migrate();
    for (Map.Entry<String, RelayConfig.Destination> entry : config.destinations().entrySet()) {
      if (entry.getValue().on()) {
        startWorker(entry.getKey(), entry.getValue());
      }
    }
    queue.onAdded(() -> workers.values().forEach(DestinationWorker::wake));
    announcing = new Thread(announcer, "announce");
    announcing.start();
    startAside(retention, "retention");
    startAside(waiting, "waiting");
  }

  private static void startAside(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Why this pod keeps a destination's deliveries back where that is the destination's own doing;
   * null where it is well, or off.
   */
  Pause opened(String destination) {
    DestinationWorker worker = workers.get(destination);
    return worker == null ? null : worker.opened();
  }

  /** Takes nothing more, lets calls in flight end within the drain time, and records them. */
  public void stop() throws InterruptedException {
    retention.stop();
    waiting.stop();
    workers.values().forEach(DestinationWorker::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    announcer.stop();
    if (announcing != null) {
      // what Kafka does not take now is told by another pod, or after the next start
      announcing.join(LONGEST_LAST_WORDS.toMillis());
    }
  }

  private void startWorker(String destination, RelayConfig.Destination settings) throws Exception {
    DestinationWorker worker =
        new DestinationWorker(
            destination,
            queue,
            paused,
            refusals,
            new RouteCall(camel, destination, policy, answers, tracing),
            metrics,
            config.delivery(),
            RateLimit.of(database, destination, settings),
            memory,
            announcer::wake);
    workers.put(destination, worker);
    Thread thread = new Thread(worker, "deliver-" + destination);
    threads.add(thread);
    thread.start();
  }
}
