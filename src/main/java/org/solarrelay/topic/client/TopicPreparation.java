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
 * Sees to it, on a thread of its own, that topics are there before they are read. Kafka may come up
 * any time later. The relay's own topics come first, then those that routes begin at.
 */
@Singleton
public class TopicPreparation {

  private static final Logger LOG = Logger.getLogger(TopicPreparation.class);
  private static final long RETRY_SECONDS = 1;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final Topics topics;
  private final SecuredKafkaClientFactory intake;
  private final Duration lookAgain;
  private final Set<String> there = ConcurrentHashMap.newKeySet();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  /** Beside the relay's own: how many readers want a topic. */
  private final Map<String, Integer> wanted = new HashMap<>();

  private final BlockingQueue<List<String>> next = new LinkedBlockingQueue<>();
  private Thread thread;

  @Inject
  public TopicPreparation(Topics topics, SecuredKafkaClientFactory intake) {
    this(topics, intake, LOOK_AGAIN);
  }

  /**
   * @param lookAgain how often topics are looked for that are missing
   */
  TopicPreparation(Topics topics, SecuredKafkaClientFactory intake, Duration lookAgain) {
    this.topics = topics;
    this.intake = intake;
    this.lookAgain = lookAgain;
  }

  /** Begins; to be called once Camel has started its routes. */
  public synchronized void start() {
    if (thread == null) {
      thread = new Thread(this::run, "prepare-topics");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends, whatever it waits for. */
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Prepares these as well, for a reader that has started. */
  public synchronized void want(Collection<String> names) {
    List<String> more = new ArrayList<>();
    for (String name : names) {
      if (wanted.merge(name, 1, Integer::sum) == 1 && !Topics.all().contains(name)) {
        more.add(name);
      }
    }
    if (!more.isEmpty()) {
      next.add(more);
    }
  }

  /**
   * A reader has ended that wanted these. A topic that no other reader wants is neither looked for
   * nor created any more.
   */
  public synchronized void release(Collection<String> names) {
    for (String name : names) {
      if (wanted.computeIfPresent(name, (topic, readers) -> readers == 1 ? null : readers - 1)
              == null
          && !Topics.all().contains(name)) {
        there.remove(name);
        missing.remove(name);
      }
    }
  }

  /** Whether they have been created, or reported where the broker refuses to create them. */
  public boolean areThere(Collection<String> names) {
    return there.containsAll(names);
  }

  /** Those of these topics that the broker has not and does not let this program create. */
  public Set<String> missing(Collection<String> names) {
    Set<String> found = new TreeSet<>(names);
    found.retainAll(missing);
    return found;
  }

  private void run() {
    try {
      prepareUntilThere(Topics.all());
      intake.topicsAreThere();
      while (true) {
        List<String> names = next.poll(lookAgain.toMillis(), TimeUnit.MILLISECONDS);
        prepareUntilThere(names == null ? List.copyOf(missing) : names);
      }
    } catch (InterruptedException e) {
      // the way stop() ends it
    }
  }

  private void prepareUntilThere(List<String> names) throws InterruptedException {
    boolean reported = false;
    List<String> still = wanted(names);
    while (!still.isEmpty()) {
      try {
        report(still, topics.prepare(still));
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (!reported) {
          LOG.warnf("Waiting for Kafka: %s", e.getMessage());
        }
        reported = true;
        TimeUnit.SECONDS.sleep(RETRY_SECONDS);
        still = wanted(names);
      }
    }
  }

  private synchronized List<String> wanted(List<String> names) {
    return names.stream()
        .filter(name -> wanted.containsKey(name) || Topics.all().contains(name))
        .toList();
  }

  /** Of those that no reader has released meanwhile. */
  private synchronized void report(List<String> names, Set<String> refused) {
    for (String topic : wanted(names)) {
      there.add(topic);
      if (refused.contains(topic) && missing.add(topic)) {
        LOG.errorf("Topic %s is missing and the broker does not let this program create it", topic);
      } else if (!refused.contains(topic) && missing.remove(topic)) {
        LOG.infof("Topic %s is there now", topic);
      }
    }
  }
}
