package org.solarrelay.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.delivery.queue.QueueFixture;

/** The worker of one destination on the queue of a test. */
final class QueueWorker {

  private QueueWorker() {}

  /** Works off Enerflo's deliveries, without a limit, once it is run. */
  static DestinationWorker of(
      QueueFixture queue, DeliveryExecutor.Call call, Map<String, String> settings) {
    RelayConfig.Delivery config = RelaySettings.of(settings).delivery();
    return new DestinationWorker(
        "enerflo",
        queue.queue,
        queue.pauses,
        queue.refusals(),
        call,
        new DeliveryMetrics(new SimpleMeterRegistry()),
        config,
        config.inFlight(),
        null,
        queue.memory,
        () -> {});
  }
}
