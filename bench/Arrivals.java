import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** When the vendors received the leads, by the clock of this JVM. */
final class Arrivals implements SlowVendor.Listener {

  private static final long PATIENCE_SECONDS = 120;

  /** The first call of an event at a vendor. */
  private record Key(String vendor, int record, int event) {}

  private final Map<Key, Long> times = new HashMap<>();
  private int doubled;
  private int unscheduled;

  @Override
  public synchronized void received(String vendor, int record, int event, long nanos) {
    if (record < ScheduledLoad.FIRST_RECORD) {
      unscheduled++;
    } else if (times.putIfAbsent(new Key(vendor, record, event), nanos) != null) {
      doubled++;
    }
  }

  /** When a vendor received a lead. */
  synchronized Optional<Long> time(String vendor, SentLead lead) {
    return Optional.ofNullable(times.get(new Key(vendor, lead.record(), lead.event())));
  }

  /** Calls for events that {@link ScheduledLoad} did not send. */
  synchronized int unscheduled() {
    return unscheduled;
  }

  /** Events of {@link ScheduledLoad} that a vendor received again. */
  synchronized int doubled() {
    return doubled;
  }

  /** Accepted leads that a vendor did not receive. */
  int lost(List<SentLead> leads) {
    int lost = 0;
    for (String vendor : SlowVendor.NAMES) {
      for (SentLead lead : leads) {
        lost += lead.accepted() && time(vendor, lead).isEmpty() ? 1 : 0;
      }
    }
    return lost;
  }

  /**
   * Leads that a vendor received before an earlier one of the same record. Of two leads the earlier
   * one is that whose 202 arrived before the other one was sent.
   *
   * @param leads those of one record in the order of their events
   */
  int overtaken(List<SentLead> leads) {
    int overtaken = 0;
    Map<Integer, SentLead> earlier = new HashMap<>();
    for (SentLead lead : leads) {
      SentLead before = earlier.put(lead.record(), lead);
      if (before != null && before.accepted() && before.acceptedAt() < lead.sentAt()) {
        for (String vendor : SlowVendor.NAMES) {
          long late = time(vendor, before).orElse(Long.MAX_VALUE);
          overtaken += time(vendor, lead).filter(time -> time < late).isPresent() ? 1 : 0;
        }
      }
    }
    return overtaken;
  }

  /** Returns once all accepted leads have arrived, or after 2 minutes. */
  void await(List<SentLead> leads) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (lost(leads) > 0 && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Returns once this many unscheduled events have arrived, or after 2 minutes. */
  void awaitUnscheduled(int events) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (unscheduled() < events && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
