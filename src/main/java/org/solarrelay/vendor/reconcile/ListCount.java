package org.solarrelay.vendor.reconcile;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run found in one list.
 *
 * @param rows the records on all pages of the current pass, also those that came twice
 * @param records the different records
 * @param total the number of records that the vendor reports; 0 where it reports none
 * @param pages the pages of the first pass
 * @param missed the events that the run made, by {@link MissedChange#label}
 * @param deleted the records of earlier runs that the list no longer has
 */
public record ListCount(
    int rows, int records, int total, int pages, Map<String, Integer> missed, int deleted) {

  static final ListCount NONE = new ListCount(0, 0, 0, 0, Map.of(), 0);

  public ListCount {
    missed = missed == null ? Map.of() : missed;
  }

  ListCount plusPage(int pageRows, int newRecords, int reportedTotal, int page) {
    return new ListCount(
        rows + pageRows,
        records + newRecords,
        Math.max(total, reportedTotal),
        Math.max(pages, page),
        missed,
        deleted);
  }

  ListCount nextPass() {
    return new ListCount(0, records, total, pages, missed, deleted);
  }

  ListCount plusMissed(String change) {
    Map<String, Integer> more = new TreeMap<>(missed);
    more.merge(change, 1, Integer::sum);
    return new ListCount(rows, records, total, pages, more, deleted);
  }

  ListCount withDeleted(int number) {
    return new ListCount(rows, records, total, pages, missed, number);
  }

  /** All events that the run made. */
  public int missedEvents() {
    return missed.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether the list may hold records that the passes so far have not shown. */
  boolean isIncomplete() {
    return total > 0 ? records < total : records < rows;
  }
}
