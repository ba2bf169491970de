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
 * How every Kafka client of this program proves who it is and whom it trusts: Kafka's own settings
 * {@code security.*}, {@code sasl.*} and {@code ssl.*}. How fast clients give up and what they
 * acknowledge is not among them, since the relay's guarantees rest on that. Each new connection is
 * made with the login and the certificates of that moment.
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
