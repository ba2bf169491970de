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
 * {@code from: topic:<names>} reads Kafka topics: a batch of records is one unit of work, see
 * {@link RecordBatch}. {@code to: topic:events} appends each event to its type's topic, {@code to:
 * topic:<name>} a message to that topic; within a batch both only collect.
 *
 * <p>An exchange fails because of its message, and its record becomes a dead letter. A batch fails
 * because of the infrastructure, and is processed again while its reader stays in the group.
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
    // not before: the first record may enter any route
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

  /** Reading ends while intake goes on for those who do not know yet that this pod leaves. */
  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    end();
  }

  /** All stages learn of the stop before anything waits for the end of one. */
  void end(
      @Observes @Priority(Interceptor.Priority.APPLICATION) CamelContextStoppingEvent stopping) {
    end();
  }

  void awaitEnd(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) CamelContextStoppingEvent stopping)
      throws InterruptedException {
    readers.awaitEnd();
  }

  private void end() {
    preparation.stop();
    readers.end();
  }

  @Override
  protected void doStop() throws Exception {
    end();
    readers.awaitEnd();
    super.doStop();
  }
}
