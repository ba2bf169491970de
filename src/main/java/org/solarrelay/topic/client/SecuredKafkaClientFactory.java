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

/**
 * Creates the Kafka clients of {@code kafka:} endpoints, with the relay's security settings.
 * application.properties registers it with Camel.
 */
@Singleton
@Named("kafkaClientFactory")
@Unremovable
public class SecuredKafkaClientFactory extends DefaultKafkaClientFactory {

  private static final Logger LOG = Logger.getLogger(SecuredKafkaClientFactory.class);

  /**
   * Attempts to load the inbox's metadata. Each takes up to half a second, the longest wait of a
   * webhook.
   */
  private static final int ATTEMPTS = 20;

  private final CountDownLatch topicsExist = new CountDownLatch(1);
  private final Map<String, Object> security;

  public SecuredKafkaClientFactory(Config config) {
    this.security = KafkaSecuritySettings.of(key -> config.getOptionalValue(key, String.class));
  }

  @Override
  public Producer<?, ?> getProducer(Properties settings) {
    settings.putAll(security);
    Producer<?, ?> producer = super.getProducer(settings);
    if (topicsExist.getCount() == 0) {
      // a reloaded route: its previous version serves webhooks meanwhile
      loadMetadata(producer);
    } else {
      Thread warmUp = new Thread(() -> loadMetadataOnceTopicsExist(producer), "intake-warm-up");
      warmUp.setDaemon(true);
      warmUp.start();
    }
    return producer;
  }

  /**
   * Allows metadata requests. Before the topics exist, a request may make the broker create one.
   */
  void allowMetadataRequests() {
    topicsExist.countDown();
  }

  private void loadMetadataOnceTopicsExist(Producer<?, ?> producer) {
    try {
      topicsExist.await();
      loadMetadata(producer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Loads the inbox's metadata; otherwise the first webhook would wait for it and might time out.
   */
  private static void loadMetadata(Producer<?, ?> producer) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        producer.partitionsFor(Topics.INBOX);
        return;
      } catch (KafkaException e) {
        LOG.debugf("The metadata of the inbox is not available yet: %s", e.getMessage());
      } catch (IllegalStateException closed) {
        return;
      }
    }
  }

  @Override
  public Consumer<?, ?> getConsumer(Properties settings) {
    settings.putAll(security);
    return super.getConsumer(settings);
  }
}
