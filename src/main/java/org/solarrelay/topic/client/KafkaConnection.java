package org.solarrelay.topic.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Reads the security settings of all Kafka clients: Kafka's own {@code security.*}, {@code sasl.*}
 * and {@code ssl.*}. Time-outs and acknowledgements are not configurable, because the relay's
 * guarantees depend on them. Each new connection uses the current login and certificates.
 */
public final class KafkaConnection {

  private KafkaConnection() {}

  /**
   * @param settings returns the value of a key such as {@code kafka.security.protocol}
   * @return the settings that have a value, by Kafka's names
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
    String protocol =
        connection.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "").toString();
    if (protocol.endsWith("SSL")) {
      connection.putIfAbsent(
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ReloadingSslEngineFactory.class);
    }
    if (protocol.startsWith("SASL") && hasPassword(connection)) {
      connection.putIfAbsent(
          SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, ReloadingKafkaLogin.class);
    }
    return connection;
  }

  private static boolean hasPassword(Map<String, Object> connection) {
    return connection
        .getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM)
        .toString()
        .matches("SCRAM-.*|PLAIN");
  }
}
