package org.solarrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.solarrelay.delivery.api.DestinationStates;
import org.solarrelay.routes.RouteCounts;
import org.solarrelay.routes.RoutesResource;

class PipelineViewTest {

  private final MeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void aStageHasTheMessagesOfItsRoutesAndWhatWaitsForIt() {
    metrics.gauge("relay_consumer_lag", List.of(Tag.of("stage", "translate")), 7);
    List<RoutesResource.Item> routes =
        List.of(
            route("intake-webhooks", 9, 0),
            route("translate-flip", 4, 1),
            route("translate-leads", 5, 0),
            route("fan-out", 8, 0),
            route("deliver-crm", 6, 2),
            route("poll-flip", 100, 0));

    PipelineView view = PipelineView.of(routes, List.of(crm(3)), metrics);

    assertThat(view.rows())
        .extracting(
            box -> "%s %d %d %s".formatted(box.name(), box.done(), box.failed(), box.waitingText()))
        .containsExactly(
            "flip 4 1 unknown",
            "leads 5 0 unknown",
            "intake 9 0 unknown",
            "translate 9 1 7",
            "fan-out 8 0 unknown",
            "crm 6 2 3");
  }

  private static DestinationStates.State crm(long waiting) {
    return new DestinationStates.State(
        "crm",
        true,
        new DestinationStates.Activity(
            DestinationStates.Status.RUNNING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new DestinationStates.Queue(waiting, OffsetDateTime.now(), 0),
        new DestinationStates.Limits(32, Optional.empty(), Optional.empty()));
  }

  private static RoutesResource.Item route(String id, long recent, long failed) {
    return new RoutesResource.Item(
        id,
        id + ".camel.yaml",
        "direct://" + id,
        "",
        "started",
        Optional.empty(),
        new RouteCounts.Counter.Figures(1000, 10, recent, failed, 0, "", Instant.EPOCH));
  }
}
