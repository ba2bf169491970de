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
 * Reads the security settings of all Kafka clients: Kafka's own {@code security.*}, {@code sasl.*},
 * {@code ssl.*} and {@code client.dns.*}. Time-outs and acknowledgements are not configurable,
 * because the relay's guarantees depend on them. Each new connection uses the current login and
 * certificates.
 */
public final class KafkaSecuritySettings {

  private KafkaSecuritySettings() {}

  /**
   * @param settings returns the value of a key such as {@code kafka.security.protocol}
   * @return the settings that have a value, by Kafka's names
   */
  public static Map<String, Object> of(Function<String, Optional<String>> settings) {
    Map<String, Object> security = new HashMap<>();
    for (String name : AdminClientConfig.configNames()) {
      if (name.matches("(security|sasl|ssl|client\\.dns)\\..*")) {
        settings
            .apply("kafka." + name)
            .filter(value -> !value.isBlank())
            .ifPresent(value -> security.put(name, value));
      }
    }
    String protocol =
        security.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "").toString();
    if (protocol.endsWith("SSL")) {
      security.putIfAbsent(
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ReloadingSslEngineFactory.class);
    }
    if (protocol.startsWith("SASL") && hasPassword(security)) {
      security.putIfAbsent(
          SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, ReloadingKafkaLogin.class);
    }
    return security;
  }

  private static boolean hasPassword(Map<String, Object> security) {
    return security
        .getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM)
        .toString()
        .matches("SCRAM-.*|PLAIN");
  }
}
