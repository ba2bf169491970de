package org.solarrelay.vendor.reconcile;

import java.util.List;
import java.util.OptionalInt;

/**
 * A page of a vendor's list.
 *
 * @param rows the number of records on the page, including those that cannot be read
 * @param total the number of records or, in {@code pages}, of pages in the whole list; empty where
 *     the vendor sends none
 * @param full whether the page is full, so that there may be another one
 */
public record ListedPage(
    List<ListedRecord> records, int rows, OptionalInt total, OptionalInt pages, boolean full) {

  /** A page of a list without a total: the last page is not full. */
  public static ListedPage withoutTotal(List<ListedRecord> records, int rows, int size) {
    return new ListedPage(records, rows, OptionalInt.empty(), OptionalInt.empty(), rows >= size);
  }

  /** A page of a list with the number of all records. */
  public static ListedPage ofTotal(List<ListedRecord> records, int rows, int total) {
    return new ListedPage(records, rows, OptionalInt.of(total), OptionalInt.empty(), rows > 0);
  }

  /** A page of a list with the number of all pages. */
  public static ListedPage ofPages(List<ListedRecord> records, int rows, int pages) {
    return new ListedPage(records, rows, OptionalInt.empty(), OptionalInt.of(pages), rows > 0);
  }
}
