package org.solarrelay.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.solarrelay.delivery.queue.DestinationHistory.Interval;
import org.solarrelay.delivery.queue.DestinationHistory.Latency;

/**
 * A picture of latencies: a line for half of the deliveries and one for 95 %. A line has a gap
 * where an interval has no known latency.
 *
 * @param slots the number of intervals that the plot has room for
 * @param top the latency at the upper edge, in milliseconds
 * @param p50 the parts of the line, as points of an SVG polyline
 * @param p95 the parts of the line, as points of an SVG polyline
 */
public record LinePlot(int slots, long top, List<String> p50, List<String> p95) {

  private static final int SLOT = 10;
  private static final double HEIGHT = 100;

  /** The distance of the lines from both edges. */
  private static final double MARGIN = 3;

  private record Point(int slot, double y) {

    String text() {
      return slot * SLOT + SLOT / 2 + "," + PlotSlots.number(y);
    }
  }

  static LinePlot of(PlotSlots slots, List<Interval> intervals) {
    long top =
        intervals.stream()
            .map(Interval::latency)
            .flatMap(latency -> Stream.ofNullable(latency.p95Ms()))
            .max(Long::compare)
            .orElse(0L);
    return new LinePlot(
        slots.count(),
        top,
        parts(slots, intervals, top, Latency::p50Ms),
        parts(slots, intervals, top, Latency::p95Ms));
  }

  private static List<String> parts(
      PlotSlots slots, List<Interval> intervals, long top, Function<Latency, Long> value) {
    List<List<Point>> parts = new ArrayList<>();
    int next = -1;
    for (Interval interval : intervals) {
      Long millis = value.apply(interval.latency());
      if (millis != null) {
        int slot = slots.of(interval);
        if (slot != next) {
          parts.add(new ArrayList<>());
        }
        double share = millis / (double) Math.max(1, top);
        parts
            .get(parts.size() - 1)
            .add(new Point(slot, HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)));
        next = slot + 1;
      }
    }
    return parts.stream().map(LinePlot::points).toList();
  }

  /** A part of one point is drawn as a dot, which needs the point twice. */
  private static String points(List<Point> part) {
    String points = part.stream().map(Point::text).collect(Collectors.joining(" "));
    return part.size() == 1 ? points + " " + points : points;
  }

  /** The width in the picture's units. */
  public int width() {
    return slots * SLOT;
  }

  /** Whether no latency is known. */
  public boolean isEmpty() {
    return p95.isEmpty();
  }
}
