package org.solarrelay.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A correct sender of webhooks. After a 503 it sends the webhook again with the same key. A webhook
 * without a response counts as uncertain. It sends the events of a record one after the other; two
 * records share an e-mail address.
 */
final class WebhookSender {

  private static final int LANES = 6;

  private static final Map<String, Instant> STARTS = new ConcurrentHashMap<>();

  final String name;
  final Set<String> accepted = ConcurrentHashMap.newKeySet();
  final Set<String> uncertain = ConcurrentHashMap.newKeySet();
  final AtomicInteger unavailable = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  final LatencyRecorder latencies = new LatencyRecorder();
  private final List<String> unexpected = new CopyOnWriteArrayList<>();
  private final List<Relay> relays;
  private final List<Future<?>> lanes = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(LANES);
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final CountDownLatch faultStarted = new CountDownLatch(1);
  private final int most;

  private WebhookSender(String name, List<Relay> relays, int most) {
    this.name = name;
    this.relays = relays;
    this.most = most;
  }

  /**
   * Starts sending; the last fifth waits for {@link #continueAfterFault}, so that however slow the
   * machine is, a fault comes in the middle.
   *
   * @param name in front of every record's, unique to the case
   * @param relays take turns; who is not there is passed over
   * @param perSecond at most so many events
   */
  static WebhookSender start(
      String name, List<Relay> relays, int records, int each, int perSecond) {
    STARTS.put(name, Instant.now());
    WebhookSender sender = new WebhookSender(name, relays, records * each * 4 / 5);
    long pause = TimeUnit.SECONDS.toNanos(LANES) / perSecond;
    for (int lane = 0; lane < LANES; lane++) {
      int first = lane;
      sender.lanes.add(
          sender.threads.submit(
              () -> {
                for (int number = 0; number < each; number++) {
                  for (int record = first; record < records; record += LANES) {
                    sender.awaitTurn();
                    sender.send(record, number);
                    LockSupport.parkNanos(pause);
                  }
                }
                return null;
              }));
    }
    return sender;
  }

  /** When the sender of that name started to send. */
  static Instant startOf(String name) {
    return STARTS.get(name);
  }

  /** Continues sending after the fault, or without one. */
  WebhookSender continueAfterFault() {
    faultStarted.countDown();
    return this;
  }

  /**
   * Waits until all webhooks were sent; fails where a response was neither 202 nor a correct 503.
   */
  WebhookSender finish() throws Exception {
    for (Future<?> lane : lanes) {
      lane.get(2, TimeUnit.MINUTES);
    }
    threads.shutdown();
    assertThat(unexpected).isEmpty();
    return this;
  }

  private void awaitTurn() throws InterruptedException {
    if (sent.getAndIncrement() >= most) {
      faultStarted.await();
    }
  }

  private void send(int record, int number) throws InterruptedException {
    String event = "%s-%d-n%d".formatted(name, record, number);
    String lead = lead(record, event);
    while (true) {
      long start = System.nanoTime();
      try {
        HttpResponse<String> response = next().post("leads", lead, event);
        if (response.statusCode() == 202) {
          latencies.accepted(start);
          accepted.add(event);
          return;
        }
        if (response.statusCode() != 503
            || response.headers().firstValue("Retry-After").isEmpty()) {
          unexpected.add(response.statusCode() + " " + response.body());
          return;
        }
        unavailable.incrementAndGet();
      } catch (ConnectException | HttpConnectTimeoutException e) {
        // the connection was refused, so the webhook was not accepted
        refused.incrementAndGet();
      } catch (IOException e) {
        uncertain.add(event);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private Relay next() {
    return relays.get(Math.floorMod(turn.getAndIncrement(), relays.size()));
  }

  private String lead(int record, String event) {
    return """
    {"id":"%s-%d","firstName":"Ada","lastName":"%s","email":"%s-%d@example.com","mobile":"(801) 555-0100",
     "address":{"street":"1 Example St","city":"Provo","state":"UT","zip":"84601"}}\
    """
        .formatted(name, record, event, name, record / 2);
  }
}
