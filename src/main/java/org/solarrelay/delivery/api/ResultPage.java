package org.solarrelay.delivery.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page; empty on the last page
 */
public record ResultPage<T>(List<T> items, Optional<String> next) {

  private static final int DEFAULT_SIZE = 50;
  private static final int LARGEST_SIZE = 500;

  /** Creates the only page of a list. */
  static <T> ResultPage<T> only(List<T> items) {
    return new ResultPage<>(items, Optional.empty());
  }

  /** Parses {@code limit}, the size of a page: 50 by default, 500 at most. */
  static int size(String limit) {
    return QueryParameters.limit(limit, DEFAULT_SIZE, LARGEST_SIZE);
  }

  /**
   * Creates a page of the first {@code size} items.
   *
   * @param found the items, one more than {@code size} where there is a next page
   * @param cursor returns the cursor after the page's last item
   */
  public static <T> ResultPage<T> of(List<T> found, int size, Function<T, String> cursor) {
    if (found.size() <= size) {
      return only(found);
    }
    List<T> items = found.subList(0, size);
    return new ResultPage<>(items, Optional.of(cursor.apply(items.get(size - 1))));
  }
}
