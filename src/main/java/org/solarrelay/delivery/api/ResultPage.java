package org.solarrelay.delivery.api;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page; null on the last one
 */
record ResultPage<T>(List<T> items, String next) {

  private static final int USUAL_SIZE = 50;
  private static final int LARGEST_SIZE = 500;

  /** The size that the query parameter {@code limit} asks for. */
  static int size(String limit) {
    return QueryParameters.limit(limit, USUAL_SIZE, LARGEST_SIZE);
  }

  /**
   * A page of the first {@code size} items.
   *
   * @param found one item more than fits, where there is a next page
   * @param cursor of the last item of a page
   */
  static <T> ResultPage<T> of(List<T> found, int size, Function<T, String> cursor) {
    if (found.size() <= size) {
      return new ResultPage<>(found, null);
    }
    List<T> items = found.subList(0, size);
    return new ResultPage<>(items, cursor.apply(items.get(size - 1)));
  }
}
