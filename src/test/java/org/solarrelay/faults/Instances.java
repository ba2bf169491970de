package org.solarrelay.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The instances of the relay, each of which may end at any time and be followed by a new one. */
final class Instances {

  private static final Map<String, String> IN_A_HURRY =
      Map.of("RELAY_RETRY_INITIAL_DELAY", "PT0.2S", "RELAY_RETRY_MAX_DELAY", "PT5S");

  /** What a pod is given to end, and what its last words may take. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final FaultBench bench;
  private final List<Relay> relays = new CopyOnWriteArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private Duration longestStop = Duration.ZERO;
  private int born;

  Instances(FaultBench bench, int count) throws IOException {
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

  /** Whoever may be asked; it may just have ended. */
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

  /** Another one in the place of one that has ended; returns once it is ready. */
  void replace(int which) throws IOException {
    Relay relay = next().launch();
    relays.set(which, relay);
    relay.awaitReady();
  }

  /** Ends all; what was wrong with the way they ended. */
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
