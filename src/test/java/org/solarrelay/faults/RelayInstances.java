package org.solarrelay.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The relay's instances. Each may end at any time and be replaced by a new one. */
final class RelayInstances {

  private static final Map<String, String> IN_A_HURRY =
      Map.of("RELAY_RETRY_INITIAL_DELAY", "PT0.2S", "RELAY_RETRY_MAX_DELAY", "PT5S");

  /** A pod's grace period, and the time for its last log lines. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final FaultBench bench;
  private final List<Relay> relays = new CopyOnWriteArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private Duration longestStop = Duration.ZERO;
  private int born;

  RelayInstances(FaultBench bench, int count) throws IOException {
    this.bench = bench;
    for (int n = 0; n < count; n++) {
      relays.add(next());
    }
  }

  void start() throws IOException {
    for (Relay relay : relays) {
      relay.launch();
    }
    awaitReady();
  }

  void awaitReady() {
    relays.forEach(Relay::awaitReady);
  }

  int count() {
    return relays.size();
  }

  /** Returns any instance, which may have just ended. */
  Relay any() {
    return relays.get(0);
  }

  Relay at(int turn) {
    return relays.get(Math.floorMod(turn, relays.size()));
  }

  void kill(int which) throws InterruptedException {
    relays.get(which).kill();
  }

  synchronized void stop(int which) throws InterruptedException {
    note(relays.get(which).stop());
  }

  /** Replaces an ended instance; returns once the new one is ready. */
  void replace(int which) throws IOException {
    Relay relay = next().launch();
    relays.set(which, relay);
    relay.awaitReady();
  }

  /** Stops all instances; returns the problems of their ends. */
  synchronized List<String> end() throws InterruptedException {
    for (Relay relay : relays) {
      note(relay.stop());
    }
    return wrong;
  }

  String figures() {
    return "%d instances, the longest SIGTERM took %d ms".formatted(born, longestStop.toMillis());
  }

  private void note(Duration stop) {
    if (stop.compareTo(GRACE) > 0) {
      wrong.add("an instance took %s to stop".formatted(stop));
    }
    longestStop = stop.compareTo(longestStop) > 0 ? stop : longestStop;
  }

  private Relay next() throws IOException {
    return bench.relay("soak-" + ++born, IN_A_HURRY);
  }
}
