package org.solarrelay.topic.client;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The clients of {@code kafka:} endpoints; application.properties names it to Camel. */
@Singleton
@Named("kafkaClientFactory")
@Unremovable
public class SecuredKafkaClientFactory extends DefaultKafkaClientFactory {

  private static final Logger LOG = Logger.getLogger(SecuredKafkaClientFactory.class);

  /** Each takes as long as a webhook may wait, half a second. */
  private static final int ATTEMPTS = 20;

  private final CountDownLatch topicsAreThere = new CountDownLatch(1);
  private final Map<String, Object> connection;

  public SecuredKafkaClientFactory(Config config) {
    this.connection = KafkaConnection.of(key -> config.getOptionalValue(key, String.class));
  }

  @Override
  public Producer<?, ?> getProducer(Properties settings) {
    settings.putAll(connection);
    Producer<?, ?> producer = super.getProducer(settings);
    if (topicsAreThere.getCount() == 0) {
      // a route that is reloaded: what comes meanwhile is served by its version before
      learnWhereToWrite(producer);
    } else {
      Thread warmUp = new Thread(() -> learnOnceTopicsAreThere(producer), "intake-warm-up");
      warmUp.setDaemon(true);
      warmUp.start();
    }
    return producer;
  }

  /** All topics exist: who asks for one that does not may have the broker create it. */
  void topicsAreThere() {
    topicsAreThere.countDown();
  }

  private void learnOnceTopicsAreThere(Producer<?, ?> producer) {
    try {
      topicsAreThere.await();
      learnWhereToWrite(producer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Else the first webhook would wait for it, and maybe in vain. */
  private static void learnWhereToWrite(Producer<?, ?> producer) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        producer.partitionsFor(Topics.INBOX);
        return;
      } catch (KafkaException e) {
        LOG.debugf("Where to write webhooks is not known yet: %s", e.getMessage());
      } catch (IllegalStateException closed) {
        return;
      }
    }
  }

  @Override
  public Consumer<?, ?> getConsumer(Properties settings) {
    settings.putAll(connection);
    return super.getConsumer(settings);
  }
}
