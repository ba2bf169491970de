package org.solarrelay.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.solarrelay.config.PipelineStage;
import org.solarrelay.delivery.api.DestinationStates;
import org.solarrelay.routes.RoutesResource;

/**
 * The stages that a message passes, in their order.
 *
 * @param stages from intake on
 */
public record PipelineView(List<Box> stages) {

  private static final int WIDTH = 150;
  private static final int GAP = 70;

  /**
   * A stage.
   *
   * @param name such as {@code translate}
   * @param done how many messages this pod processed in the last 5 minutes
   * @param failed how many of them failed
   * @param waiting how many messages wait for the stage; empty where that is unknown
   * @param scope what the number of waiting messages covers, such as {@code all pods}
   */
  public record Box(
      int x, String name, long done, long failed, OptionalLong waiting, String scope) {

    /** How many messages wait, or {@code unknown}. */
    public String waitingText() {
      return waiting.isPresent() ? Long.toString(waiting.getAsLong()) : "unknown";
    }

    /** The middle of the box, in the picture's units. */
    public int middle() {
      return x + WIDTH / 2;
    }

    /** Where the line to the box begins. */
    public int lineStart() {
      return x - GAP;
    }

    /** The middle of that line. */
    public int lineMiddle() {
      return x - GAP / 2;
    }

    public boolean isFirst() {
      return x == 0;
    }
  }

  static PipelineView of(
      List<RoutesResource.Item> routes,
      List<DestinationStates.State> destinations,
      MeterRegistry metrics) {
    long queued = destinations.stream().mapToLong(it -> it.queue().waiting()).sum();
    List<Box> boxes = new ArrayList<>();
    add(boxes, "intake", routes, "intake-webhooks"::equals, OptionalLong.of(0), "");
    add(
        boxes,
        "translate",
        routes,
        name -> name.startsWith("translate-"),
        lag(metrics, PipelineStage.TRANSLATE),
        "partitions of this pod");
    add(
        boxes,
        "fan-out",
        routes,
        "fan-out"::equals,
        lag(metrics, PipelineStage.FAN_OUT),
        "partitions of this pod");
    List<String> delivering = destinations.stream().map(it -> "deliver-" + it.name()).toList();
    add(boxes, "deliver", routes, delivering::contains, OptionalLong.of(queued), "all pods");
    return new PipelineView(boxes);
  }

  private static void add(
      List<Box> boxes,
      String name,
      List<RoutesResource.Item> routes,
      Predicate<String> which,
      OptionalLong waiting,
      String scope) {
    List<RoutesResource.Item> own = routes.stream().filter(it -> which.test(it.id())).toList();
    boxes.add(
        new Box(
            boxes.size() * (WIDTH + GAP),
            name,
            own.stream().mapToLong(it -> it.exchanges().recentExchanges()).sum(),
            own.stream().mapToLong(it -> it.exchanges().recentFailures()).sum(),
            waiting,
            scope));
  }

  /** Empty while this pod has no partitions of the stage, or has not read them yet. */
  private static OptionalLong lag(MeterRegistry metrics, PipelineStage stage) {
    DoubleSummaryStatistics lag =
        metrics.find("relay_consumer_lag").tag("stage", stage.id()).gauges().stream()
            .mapToDouble(Gauge::value)
            .summaryStatistics();
    boolean known = lag.getCount() > 0 && !Double.isNaN(lag.getSum());
    return known ? OptionalLong.of((long) lag.getSum()) : OptionalLong.empty();
  }
}
