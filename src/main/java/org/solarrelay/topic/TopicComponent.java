package org.solarrelay.topic;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.solarrelay.topic.client.TopicPreparation;

/**
 * Camel component for Kafka topics.
 *
 * <ul>
 *   <li>{@code from: topic:<names>} reads topics. A batch of records is one unit of work, see
 *       {@link RecordBatch}.
 *   <li>{@code to: topic:events} appends each event to the topic of its type.
 *   <li>{@code to: topic:<name>} appends a message to that topic.
 * </ul>
 *
 * <p>An exchange that fails because of its message makes its record a dead letter. After an outage
 * of Kafka or PostgreSQL the whole batch is processed again, and the reader stays in its consumer
 * group meanwhile.
 */
@Singleton
@Named("topic")
@Component("topic")
public class TopicComponent extends DefaultComponent {

  private final TopicReaders readers;
  private final TopicPreparation preparation;
  private final TopicSink sink;

  TopicComponent(TopicReaders readers, TopicPreparation preparation, TopicSink sink) {
    this.readers = readers;
    this.preparation = preparation;
    this.sink = sink;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    TopicEndpoint endpoint = new TopicEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  TopicReaders readers() {
    return readers;
  }

  TopicSink sink() {
    return sink;
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    // only after all routes have started, because the first record may enter any of them; in a
    // context that has started already, Camel calls onCamelContextStarted at once
    getCamelContext()
        .addStartupListener(
            new ExtendedStartupListener() {
              @Override
              public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
                if (alreadyStarted) {
                  preparation.start();
                }
              }

              @Override
              public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) {
                preparation.start();
              }
            });
  }

  /**
   * Stops reading at the start of the shutdown delay. Intake continues for senders that still use
   * this pod.
   */
  void onShutdownDelay(@Observes ShutdownDelayInitiatedEvent event) {
    stopReading();
  }

  /** Stops all readers at once, before {@link #awaitStopped} waits for them. */
  void onContextStopping(
      @Observes @Priority(Interceptor.Priority.APPLICATION) CamelContextStoppingEvent stopping) {
    stopReading();
  }

  void awaitStopped(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) CamelContextStoppingEvent stopping)
      throws InterruptedException {
    readers.awaitStopped();
  }

  private void stopReading() {
    preparation.stop();
    readers.stop();
  }

  @Override
  protected void doStop() throws Exception {
    stopReading();
    readers.awaitStopped();
    super.doStop();
  }
}
