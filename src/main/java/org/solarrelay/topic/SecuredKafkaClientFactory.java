package org.solarrelay.topic;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.config.Config;

/** The clients of {@code kafka:} endpoints; Camel finds it by its type. */
@Singleton
@Unremovable
class SecuredKafkaClientFactory extends DefaultKafkaClientFactory {

  private final Map<String, Object> connection;

  SecuredKafkaClientFactory(Config config) {
    this.connection = KafkaConnection.of(key -> config.getOptionalValue(key, String.class));
  }

  @Override
  public Producer<?, ?> getProducer(Properties settings) {
    settings.putAll(connection);
    return super.getProducer(settings);
  }

  @Override
  public Consumer<?, ?> getConsumer(Properties settings) {
    settings.putAll(connection);
    return super.getConsumer(settings);
  }
}
