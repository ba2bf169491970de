package org.solarrelay.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.delivery.api.DestinationStates;
import org.solarrelay.routes.RoutesResource;

/**
 * The pipeline, from the senders through the stages to the destinations.
 *
 * @param senders one box for each source of webhooks
 * @param stages from intake to fan-out
 */
public record PipelineView(List<Box> senders, List<Box> stages, List<Box> destinations) {

  private static final String TRANSLATE = "translate-";
  private static final String OF_THIS_POD = "partitions of this pod";
  private static final int ROW = 52;
  private static final int STAGE_HEIGHT = 90;
  private static final int FIRST_STAGE = 180;
  private static final int STEP = 200;

  /**
   * A box of the picture.
   *
   * @param done how many messages this pod processed in the last 5 minutes
   * @param failed how many of them failed
   * @param place where messages wait for it, such as {@code queue}
   * @param waiting how many messages wait there; empty where that is unknown
   * @param scope what the number of waiting messages covers, such as {@code all pods}
   */
  public record Box(
      String name, long done, long failed, String place, OptionalLong waiting, String scope) {

    private Box waiting(String in, OptionalLong number, String of) {
      return new Box(name, done, failed, in, number, of);
    }

    /** How many messages wait, or {@code unknown}. */
    public String waitingText() {
      return waiting.isPresent() ? Long.toString(waiting.getAsLong()) : "unknown";
    }
  }

  static PipelineView of(
      List<RoutesResource.Item> routes,
      List<DestinationStates.State> destinations,
      MeterRegistry metrics) {
    List<Box> senders =
        routes.stream()
            .map(RoutesResource.Item::id)
            .filter(id -> id.startsWith(TRANSLATE))
            .sorted()
            .map(id -> box(id.substring(TRANSLATE.length()), routes, id::equals))
            .toList();
    List<Box> stages =
        List.of(
            box("intake", routes, "intake-webhooks"::equals),
            box("translate", routes, id -> id.startsWith(TRANSLATE))
                .waiting("inbox", lag(metrics, PipelineStage.TRANSLATE), OF_THIS_POD),
            box("fan-out", routes, "fan-out"::equals)
                .waiting("topics", lag(metrics, PipelineStage.FAN_OUT), OF_THIS_POD));
    List<Box> ends =
        destinations.stream()
            .map(
                one ->
                    box(one.name(), routes, ("deliver-" + one.name())::equals)
                        .waiting("queue", OptionalLong.of(one.queue().waiting()), "all pods"))
            .toList();
    return new PipelineView(senders, stages, ends);
  }

  private static Box box(String name, List<RoutesResource.Item> routes, Predicate<String> ids) {
    List<RoutesResource.Item> own = routes.stream().filter(it -> ids.test(it.id())).toList();
    return new Box(
        name,
        own.stream().mapToLong(it -> it.exchanges().recentExchanges()).sum(),
        own.stream().mapToLong(it -> it.exchanges().recentFailures()).sum(),
        "",
        OptionalLong.empty(),
        "");
  }

  /** Empty while this pod has no reader of the stage; 0 while the reader has no partitions. */
  private static OptionalLong lag(MeterRegistry metrics, PipelineStage stage) {
    DoubleSummaryStatistics lag =
        metrics.find("relay_consumer_lag").tag("stage", stage.id()).gauges().stream()
            .mapToDouble(Gauge::value)
            .summaryStatistics();
    boolean known = lag.getCount() > 0 && !Double.isNaN(lag.getSum());
    return known ? OptionalLong.of((long) lag.getSum()) : OptionalLong.empty();
  }

  /** All boxes, from senders to destinations. */
  public List<Box> rows() {
    return Stream.of(senders, stages, destinations).flatMap(List::stream).toList();
  }

  /** The height of the picture, in its units. It is 1,000 wide. */
  public int height() {
    return Math.max(STAGE_HEIGHT, ROW * Math.max(senders.size(), destinations.size()));
  }

  /** The height with the lines at the edge. */
  public int viewHeight() {
    return height() + 4;
  }

  /** The middle of the picture. */
  public int middle() {
    return height() / 2;
  }

  /** The left edge of a stage. */
  public int left(int stage) {
    return FIRST_STAGE + stage * STEP;
  }

  /** The middle of a box in a column of boxes. */
  public int middle(List<Box> column, int index) {
    return middle() - toMiddle(column, index);
  }

  /** The vertical distance from a box's middle to the picture's; negative if the box is lower. */
  public int toMiddle(List<Box> column, int index) {
    return ROW * (column.size() - 1 - 2 * index) / 2;
  }
}
