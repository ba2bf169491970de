package org.solarrelay.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How every Kafka client of this program proves who it is and whom it trusts: Kafka's own settings
 * {@code security.*}, {@code sasl.*} and {@code ssl.*}. How fast clients give up and what they
 * acknowledge is not among them, since the relay's guarantees rest on that.
 */
public final class KafkaConnection {

  private KafkaConnection() {}

  /**
   * @param settings the value of a key such as {@code kafka.security.protocol}
   * @return what is set, by Kafka's names
   */
  public static Map<String, Object> of(Function<String, Optional<String>> settings) {
    Map<String, Object> connection = new HashMap<>();
    for (String name : AdminClientConfig.configNames()) {
      if (name.matches("(security|sasl|ssl|client\\.dns)\\..*")) {
        settings
            .apply("kafka." + name)
            .filter(value -> !value.isBlank())
            .ifPresent(value -> connection.put(name, value));
      }
    }
    return connection;
  }
}
