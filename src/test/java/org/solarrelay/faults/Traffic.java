package org.solarrelay.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.solarrelay.faults.TrafficMessage.Kind;

/**
 * Sends leads, vendors' webhooks, project events and poison messages continuously, and some of them
 * again later. Each message is repeated with the same key until it is accepted, so no result is
 * uncertain. The events of a record go one after the other.
 */
final class Traffic {

  private static final int LEAD_LANES = 4;
  private static final int EVENTS_OF_A_RECORD = 6;
  private static final int RECORDS_AT_A_TIME = 5;

  private final Delivery by;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Kind, Set<String>> accepted = new ConcurrentHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger born = new AtomicInteger();
  private volatile boolean ending;

  /** How a thing gets to the relay. */
  interface Delivery {

    /** Returns once it is accepted. */
    void send(TrafficMessage post) throws Exception;
  }

  private Traffic(Delivery by) {
    this.by = by;
    for (Kind kind : Kind.values()) {
      accepted.put(kind, ConcurrentHashMap.newKeySet());
    }
  }

  static Traffic start(Delivery by, long seed) {
    Traffic traffic = new Traffic(by);
    for (int lane = 0; lane < LEAD_LANES; lane++) {
      traffic.lane(seed + 100 + lane, 150, Kind.LEAD);
    }
    traffic.lane(seed + 200, 200, Kind.NOTE);
    traffic.lane(seed + 201, 200, Kind.NOTE, Kind.CHANGE_ORDER);
    traffic.lane(seed + 300, 300, Kind.ENERFLO_CUSTOMER, Kind.SOLARPROOF_CUSTOMER);
    traffic.lane(seed + 400, 3_000, Kind.POISON, Kind.REFUSED);
    return traffic;
  }

  /** Returns once all that was begun is accepted. */
  void end() throws InterruptedException {
    ending = true;
    for (Thread thread : threads) {
      thread.join(TimeUnit.MINUTES.toMillis(3));
      if (thread.isAlive()) {
        unexpected.add("something was not accepted for three minutes");
      }
    }
  }

  int accepted() {
    return accepted.values().stream().mapToInt(Collection::size).sum();
  }

  /** The names of what was accepted. */
  Set<String> accepted(Kind kind) {
    return accepted.get(kind);
  }

  Collection<String> unexpected() {
    return unexpected;
  }

  String figures() {
    StringBuilder figures = new StringBuilder("%d accepted".formatted(accepted()));
    accepted.forEach(
        (kind, names) -> figures.append(", %d %s".formatted(names.size(), kind.words)));
    return figures.append(", %d sent again".formatted(repeated.get())).toString();
  }

  private void lane(long seed, int pauseMillis, Kind... kinds) {
    Thread thread = new Thread(() -> run(new Random(seed), pauseMillis, kinds), "traffic");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void run(Random random, int pauseMillis, Kind... kinds) {
    List<TrafficMessage> open = new ArrayList<>();
    List<TrafficMessage> done = new ArrayList<>();
    try {
      while (!ending) {
        if (open.size() < RECORDS_AT_A_TIME) {
          open.add(
              TrafficMessage.first(kinds[random.nextInt(kinds.length)], born.getAndIncrement()));
        }
        TrafficMessage next = open.remove(random.nextInt(open.size()));
        by.send(next);
        accepted.get(next.kind()).add(next.name());
        if (next.kind().several && next.number() + 1 < EVENTS_OF_A_RECORD) {
          open.add(next.next(kinds[random.nextInt(kinds.length)]));
        }
        done.add(next);
        if (next.kind() != Kind.POISON && random.nextInt(8) == 0) {
          by.send(done.get(random.nextInt(done.size())));
          repeated.incrementAndGet();
        }
        Thread.sleep(random.nextInt(2 * pauseMillis));
      }
    } catch (Exception e) {
      unexpected.add("a sender gave up: " + e);
    }
  }
}
