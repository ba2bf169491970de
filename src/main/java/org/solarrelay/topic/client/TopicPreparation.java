package org.solarrelay.topic.client;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Creates missing topics before a stage reads them, on a separate thread, and waits for Kafka as
 * long as necessary. The relay's own topics come first, then the topics of {@code topic:} routes.
 */
@Singleton
public class TopicPreparation {

  private static final Logger LOG = Logger.getLogger(TopicPreparation.class);
  private static final long RETRY_SECONDS = 1;
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  private final Topics topics;
  private final SecuredKafkaClientFactory intake;
  private final Duration checkInterval;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  private final Map<String, Integer> readersByTopic = new HashMap<>();

  /** Topics of new readers, to be prepared. */
  private final BlockingQueue<List<String>> added = new LinkedBlockingQueue<>();

  private Thread thread;

  @Inject
  public TopicPreparation(Topics topics, SecuredKafkaClientFactory intake) {
    this(topics, intake, CHECK_INTERVAL);
  }

  /**
   * @param checkInterval interval between checks for missing topics
   */
  TopicPreparation(Topics topics, SecuredKafkaClientFactory intake, Duration checkInterval) {
    this.topics = topics;
    this.intake = intake;
    this.checkInterval = checkInterval;
  }

  /** Starts the thread. Call it after Camel has started its routes. */
  public synchronized void start() {
    if (thread == null) {
      thread = new Thread(this::run, "prepare-topics");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Interrupts the thread. */
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Adds the topics of a started reader. */
  public synchronized void add(Collection<String> names) {
    List<String> more = new ArrayList<>();
    for (String name : names) {
      if (readersByTopic.merge(name, 1, Integer::sum) == 1 && !Topics.all().contains(name)) {
        more.add(name);
      }
    }
    if (!more.isEmpty()) {
      added.add(more);
    }
  }

  /**
   * Removes the topics of a reader that has ended. A topic without another reader is no longer
   * checked or created.
   */
  public synchronized void release(Collection<String> names) {
    for (String name : names) {
      if (readersByTopic.computeIfPresent(
                  name, (topic, readers) -> readers == 1 ? null : readers - 1)
              == null
          && !Topics.all().contains(name)) {
        ready.remove(name);
        missing.remove(name);
      }
    }
  }

  /**
   * Whether each topic exists, or is reported as missing because the broker denies its creation.
   */
  public boolean arePrepared(Collection<String> names) {
    return ready.containsAll(names);
  }

  /** Returns the topics that are missing because the broker denies their creation. */
  public Set<String> missing(Collection<String> names) {
    Set<String> found = new TreeSet<>(names);
    found.retainAll(missing);
    return found;
  }

  private void run() {
    try {
      prepareUntilDone(Topics.all());
      intake.allowMetadataRequests();
      while (true) {
        List<String> names = added.poll(checkInterval.toMillis(), TimeUnit.MILLISECONDS);
        boolean isCheckDue = names == null;
        prepareUntilDone(isCheckDue ? List.copyOf(missing) : names);
      }
    } catch (InterruptedException e) {
      // stop() ends the thread
    }
  }

  private void prepareUntilDone(List<String> names) throws InterruptedException {
    boolean reported = false;
    List<String> remaining = stillNeeded(names);
    while (!remaining.isEmpty()) {
      try {
        recordResult(remaining, topics.prepare(remaining));
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (!reported) {
          LOG.warnf("Waiting for Kafka: %s", e.getMessage());
        }
        reported = true;
        TimeUnit.SECONDS.sleep(RETRY_SECONDS);
        remaining = stillNeeded(names);
      }
    }
  }

  /** The topics that still have a reader, or are the relay's own. */
  private synchronized List<String> stillNeeded(List<String> names) {
    return names.stream()
        .filter(name -> readersByTopic.containsKey(name) || Topics.all().contains(name))
        .toList();
  }

  /**
   * Records and logs the result for the topics that are still needed.
   *
   * @param refused the topics whose creation the broker denies
   */
  private synchronized void recordResult(List<String> names, Set<String> refused) {
    for (String topic : stillNeeded(names)) {
      ready.add(topic);
      if (refused.contains(topic) && missing.add(topic)) {
        LOG.errorf("Topic %s is missing, and the broker does not let the relay create it", topic);
      } else if (!refused.contains(topic) && missing.remove(topic)) {
        LOG.infof("Topic %s exists now", topic);
      }
    }
  }
}
