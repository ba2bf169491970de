package org.solarrelay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.solarrelay.k8s.Kustomize;
import org.solarrelay.k8s.Manifests;

/** The Kafka of the overlay for a local cluster has a valid configuration. */
class LocalClusterKafkaTest {

  @Test
  void theVariablesConfigureOneNode() {
    Properties settings = settings();

    assertThat(settings.stringPropertyNames())
        .isNotEmpty()
        .allMatch(name -> KafkaConfig.configNames().contains(name));
    KafkaConfig config = KafkaConfig.fromProps(settings);
    assertThat(config.isKRaftCombinedMode()).isTrue();
    assertThat(config.getShort("offsets.topic.replication.factor")).isEqualTo((short) 1);
  }

  /** Converts variables to properties like the image. */
  private static Properties settings() {
    Manifests local = Kustomize.render(Path.of("k8s", "overlays", "local"));
    Properties settings = new Properties();
    JsonNode variables =
        local.find("StatefulSet", "kafka").orElseThrow().at("/spec/template/spec/containers/0/env");
    for (JsonNode variable : variables) {
      String name = variable.path("name").asText();
      if (!name.equals("KAFKA_HEAP_OPTS")) {
        String key = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
        settings.put(key, variable.path("value").asText());
      }
    }
    return settings;
  }
}
