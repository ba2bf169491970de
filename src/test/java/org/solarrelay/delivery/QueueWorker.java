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
    return new DestinationWorker.Builder("enerflo", config)
        .queue(queue.queue)
        .operatorPauses(queue.pauses)
        .refusals(queue.refusals())
        .call(call)
        .metrics(new DeliveryMetrics(new SimpleMeterRegistry()))
        .inFlight(config.inFlight())
        .memory(queue.memory)
        .build();
  }
}
