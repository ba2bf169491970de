package org.solarrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.solarrelay.delivery.queue.QueueFixture.lead;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.solarrelay.delivery.queue.AttemptResult;
import org.solarrelay.delivery.queue.Delivery;
import org.solarrelay.delivery.queue.DeliveryQueries;
import org.solarrelay.delivery.queue.DeliveryState;
import org.solarrelay.delivery.queue.DestinationHealth;
import org.solarrelay.delivery.queue.QueueFixture;

/** A destination that refuses records as it refuses a wrong key, and one with a wrong key. */
class RefusedRecordTest {

  @RegisterExtension private static final QueueFixture fixture = new QueueFixture();

  private static final Map<String, String> FAST =
      Map.of(
          "relay.delivery.retry-initial-delay", "PT0.01S",
          "relay.delivery.probe-initial-delay", "PT0.01S",
          "relay.delivery.probe-max-delay", "PT0.05S");

  private final Set<String> refusedSubjects = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> called = new ConcurrentLinkedQueue<>();
  private final ExecutorService vendor = Executors.newFixedThreadPool(8);
  private final List<DestinationWorker> pods = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean keyWrong;

  @AfterEach
  void stop() throws Exception {
    clock.shutdownNow();
    pods.forEach(DestinationWorker::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    vendor.shutdown();
  }

  @Test
  void oneRefusedLeadIsDeadAfterAFewTriesAndNoOtherWaitsForIt() throws Exception {
    // with the waits of a release, a pause would last 30 s
    start(Map.of("relay.delivery.retry-initial-delay", "PT0.05S"));
    refusedSubjects.add("r0");
    fixture.addLeads(70);

    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(count("delivered")).isEqualTo(69));
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(count("dead")).isEqualTo(1));
    DeliveryQueries.DeliveryEntry dead = fixture.entry("0", "enerflo");
    assertThat(dead.reason())
        .isEqualTo(
            "enerflo returned 403: it does not accept our key, or not for this record. It accepts"
                + " the key for other records, so it refuses this one: refused 5 times since");
    assertThat(dead.status()).isEqualTo(403);
    assertThat(calls("r0")).isBetween(6L, 8L);
    assertThat(pods.get(0).pauseReason()).isNull();
  }

  @Test
  void aStreamOfLeadsGoesOnWhileOneIsRefusedAgainAndAgain() throws Exception {
    start(FAST);
    refusedSubjects.add("refused");
    fixture.add(lead("refused", "refused", "refused@example.com"), "enerflo");
    await().until(() -> calls("refused") >= 2);
    for (int n = 0; n < 20; n++) {
      String id = "after-" + n;
      fixture.add(lead(id, id, id + "@example.com"), "enerflo");
      pods.get(0).wake();
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> fixture.entry(id, "enerflo").state() == DeliveryState.DELIVERED);
      assertThat(pods.get(0).pauseReason()).isNull();
    }
    await().until(() -> count("dead") == 1);
  }

  @Test
  void aWrongKeyPausesTheDestinationAfterAFewCallsAndCostsNoLead() throws Exception {
    keyWrong = true;
    fixture.addLeads(300);
    start(
        Map.of(
            "relay.delivery.in-flight", "4",
            "relay.delivery.probe-initial-delay", "PT0.1S",
            "relay.delivery.probe-max-delay", "PT1S"));

    await().until(() -> pods.get(0).pauseReason() != null);
    assertThat(pods.get(0).pauseReason().reason())
        .isEqualTo("it does not accept our key, it returned 403");
    await().until(() -> calls() >= 12);
    assertThat(count("dead")).isZero();
    assertThat(calls()).isLessThan(60);

    keyWrong = false;
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(count("delivered")).isEqualTo(300));
    assertThat(fixture.column("select 1 from refused_delivery where own_refusals > 0")).isEmpty();
  }

  @Test
  void aRefusedLeadWithoutAnotherToCompareWaitsAndDoesNotDie() throws Exception {
    start(FAST);
    refusedSubjects.add("r0");
    fixture.addLeads(1);

    await().until(() -> calls("r0") >= 12);
    assertThat(fixture.entry("0", "enerflo").state()).isNotEqualTo(DeliveryState.DEAD);
    assertThat(pods.get(0).pauseReason()).as("one record is no proof").isNull();

    fixture.add(lead("another", "another", "another@example.com"), "enerflo");
    await().until(() -> fixture.entry("another", "enerflo").state() == DeliveryState.DELIVERED);
    await().until(() -> fixture.entry("0", "enerflo").state() == DeliveryState.DEAD);
  }

  @Test
  void aLeadRefusedAloneIsDeliveredOnceTheKeyIsRight() throws Exception {
    start(FAST);
    keyWrong = true;
    fixture.addLeads(1);
    await().until(() -> calls() >= 8);
    keyWrong = false;
    await().until(() -> fixture.entry("0", "enerflo").state() == DeliveryState.DELIVERED);
  }

  @Test
  void twoPodsShareWhatTheyKnowOfARefusedLead() throws Exception {
    start(FAST);
    start(FAST);
    refusedSubjects.add("r3");
    refusedSubjects.add("r150");
    fixture.addLeads(300);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(count("delivered")).isEqualTo(298));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(count("dead")).isEqualTo(2));
  }

  @Test
  void aWrongKeyOnTwoPodsCostsNoLead() throws Exception {
    keyWrong = true;
    fixture.addLeads(50);
    start(FAST);
    start(FAST);
    await().until(() -> pods.stream().allMatch(pod -> pod.pauseReason() != null));
    await().until(() -> calls() >= 20);
    keyWrong = false;
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(count("delivered")).isEqualTo(50));
  }

  @Test
  void aReplayOfARefusedLeadBeginsAnew() throws Exception {
    start(FAST);
    refusedSubjects.add("r0");
    fixture.addLeads(1);
    await().until(() -> calls("r0") >= 1);
    fixture.add(lead("another", "another", "another@example.com"), "enerflo");
    await().until(() -> count("dead") == 1);
    refusedSubjects.clear();
    assertThat(
            fixture.column(
                "select 1 from refused_delivery where delivery_id in (select id"
                    + " from delivery where state = 'dead')"))
        .isEmpty();
  }

  private void start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("relay.delivery.in-flight", "8");
    DestinationWorker pod = QueueWorker.of(fixture, new Call(), all);
    Thread thread = new Thread(pod);
    pods.add(pod);
    threads.add(thread);
    thread.start();
    // by itself a pod looks every half second for deliveries that are due again
    clock.scheduleAtFixedRate(pod::wake, 10, 10, TimeUnit.MILLISECONDS);
  }

  private long calls() {
    return called.size();
  }

  private long calls(String subject) {
    return called.stream().filter(subject::equals).count();
  }

  private static int count(String state) throws SQLException {
    return fixture.column("select 1 from delivery where state = '" + state + "'").size();
  }

  private final class Call implements DeliveryExecutor.Call {

    @Override
    public void start(Delivery delivery, Consumer<AttemptResult> end) {
      String subject = delivery.event().subject();
      called.add(subject);
      vendor.execute(
          () ->
              end.accept(
                  keyWrong || refusedSubjects.contains(subject)
                      ? AttemptResult.keyRefused(
                          Duration.ofMillis(50),
                          403,
                          "enerflo returned 403: it does not accept our key, or not for this"
                              + " record",
                          null)
                      : AttemptResult.delivered("1").withHealth(DestinationHealth.UP)));
    }

    @Override
    public AttemptResult timedOut(Delivery delivery, Duration within) {
      throw new AssertionError("no call stays open here");
    }
  }
}
