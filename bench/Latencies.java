import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What a phase measured for a program.
 *
 * @param accepted from the scheduled time of a lead to its 202, in microseconds
 * @param calls from the 202 to the call at each vendor, in microseconds
 */
record Latencies(String phase, String program, Histogram accepted, Map<String, Histogram> calls) {

  static final String HEADER =
      """
      each: p50 · p95 · p99 · max, in ms
      | Phase                | Program      | scheduled → 202               | 202 → Enerflo                 \
      | 202 → Solar Proof             | 202 → CRM                     |
      |---|---|---|---|---|---|""";

  static Latencies of(LatencyPhase phase, String program, List<SentLead> leads, Arrivals arrivals) {
    Map<String, Histogram> calls = new LinkedHashMap<>();
    Histogram accepted = new Histogram(3);
    for (String vendor : SlowVendor.NAMES) {
      calls.put(vendor, new Histogram(3));
    }
    for (SentLead lead : leads) {
      if (lead.accepted()) {
        record(accepted, lead.scheduledAt(), lead.acceptedAt());
        calls.forEach(
            (vendor, histogram) ->
                arrivals
                    .time(vendor, lead)
                    .ifPresent(time -> record(histogram, lead.acceptedAt(), time)));
      }
    }
    return new Latencies(phase.name(), program, accepted, calls);
  }

  /** A vendor may receive a call before the 202 has arrived: this counts as 0. */
  private static void record(Histogram histogram, long from, long to) {
    histogram.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(to - from)));
  }

  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1000.0;
  }

  /** A row of a Markdown table. */
  @Override
  public String toString() {
    List<Histogram> all = new ArrayList<>(List.of(accepted));
    all.addAll(calls.values());
    StringBuilder row = new StringBuilder("| %-20s | %-12s".formatted(phase, program));
    for (Histogram one : all) {
      row.append(
          " | %-29s"
              .formatted(
                  "%.1f · %.1f · %.1f · %.1f"
                      .formatted(
                          millis(one, 50), millis(one, 95), millis(one, 99), millis(one, 100))));
    }
    return row.append(" |").toString();
  }
}
