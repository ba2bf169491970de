package org.solarrelay.console;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture of counts by the hour, with a text for readers without the picture.
 *
 * @param text such as {@code 12 in the last 24 hours, at most 7 in an hour}
 */
public record HourlyBars(List<Bar> bars, String text) {

  private static final int HEIGHT = 24;
  private static final int STEP = 4;

  /** One hour, in units of the picture, which is 24 high. */
  public record Bar(int x, int y, int height) {}

  /**
   * Draws counts; an hour with a count has a bar of at least one unit.
   *
   * @param counts of each hour, the oldest first
   */
  static HourlyBars of(List<Long> counts) {
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    List<Bar> bars =
        IntStream.range(0, counts.size())
            .filter(hour -> counts.get(hour) > 0)
            .mapToObj(hour -> bar(hour, counts.get(hour), most))
            .toList();
    long sum = counts.stream().mapToLong(Long::longValue).sum();
    String text =
        sum == 0
            ? "none in the last %d hours".formatted(counts.size())
            : "%d in the last %d hours, at most %d in an hour".formatted(sum, counts.size(), most);
    return new HourlyBars(bars, text);
  }

  private static Bar bar(int hour, long count, long most) {
    int height = (int) Math.max(1, Math.round((double) HEIGHT * count / most));
    return new Bar(hour * STEP, HEIGHT - height, height);
  }
}
