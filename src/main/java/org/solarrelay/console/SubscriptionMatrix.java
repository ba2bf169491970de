package org.solarrelay.console;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.solarrelay.delivery.queue.SubscriptionCounts.Count;

/**
 * Which destination received which event type: a row for each type, a cell for each destination.
 *
 * @param destinations the columns
 */
public record SubscriptionMatrix(List<String> destinations, List<Row> rows, boolean capped) {

  /** An event type with its deliveries to each destination. */
  public record Row(String type, List<Cell> cells) {}

  /**
   * The deliveries of an event type to a destination.
   *
   * @param words such as {@code 12, 1 dead}; empty without a delivery
   */
  public record Cell(String destination, String words) {}

  static SubscriptionMatrix of(
      Collection<String> types, Collection<String> destinations, List<Count> counts, long most) {
    TreeSet<String> columns = new TreeSet<>(destinations);
    Map<String, Map<String, Count>> found = new TreeMap<>();
    types.forEach(type -> found.put(type, new TreeMap<>()));
    for (Count count : counts) {
      columns.add(count.destination());
      found.computeIfAbsent(count.type(), type -> new TreeMap<>()).put(count.destination(), count);
    }
    List<Row> rows =
        found.entrySet().stream()
            .map(row -> new Row(row.getKey(), cells(columns, row.getValue())))
            .toList();
    boolean capped = counts.stream().mapToLong(Count::count).sum() >= most;
    return new SubscriptionMatrix(List.copyOf(columns), rows, capped);
  }

  private static List<Cell> cells(Collection<String> columns, Map<String, Count> counts) {
    return columns.stream().map(name -> new Cell(name, words(counts.get(name)))).toList();
  }

  private static String words(Count count) {
    if (count == null) {
      return "";
    }
    return count.count()
        + (count.skipped() == 0 ? "" : ", " + count.skipped() + " skipped")
        + (count.dead() == 0 ? "" : ", " + count.dead() + " dead");
  }

  /** When the oldest counted delivery was created. */
  static Optional<OffsetDateTime> since(List<Count> counts) {
    return counts.stream().map(Count::since).min(OffsetDateTime::compareTo);
  }
}
