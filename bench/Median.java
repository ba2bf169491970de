import java.util.List;

/** The median of measured values. */
final class Median {

  private Median() {}

  /** The middle value, or the mean of the two middle ones. */
  static double of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
