package org.solarrelay.topic.client;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.solarrelay.config.RelayConfig;
import org.solarrelay.k8s.Kustomize;
import org.solarrelay.k8s.Manifests;

/** Checks that the manifests of Strimzi and KEDA have the program's topics and groups. */
class KafkaManifestsTest {

  private final RelayConfig config = asReleased();
  private final Topics topics = new Topics(null, config);
  private final Manifests manifests = Kustomize.render(Path.of("k8s", "overlays", "production"));

  @Test
  void everyTopicIsAsTheProgramWouldMakeIt() {
    List<JsonNode> written = manifests.ofKind("KafkaTopic");

    assertThat(written).hasSameSizeAs(Topics.all());
    for (String name : Topics.all()) {
      NewTopic wanted = topics.describe(name);
      JsonNode spec = manifests.find("KafkaTopic", name).orElseThrow().path("spec");
      assertThat(spec.path("partitions").asInt()).isEqualTo(wanted.numPartitions());
      assertThat(spec.at("/config/max.message.bytes").asText())
          .as("max.message.bytes of %s", name)
          .isEqualTo(wanted.configs().get("max.message.bytes"));
    }
  }

  @Test
  void topicsForgetBeforeTheLedgerDoes() {
    long ledger = config.ledger().retention().toMillis();

    assertThat(manifests.ofKind("KafkaTopic"))
        .allSatisfy(
            topic ->
                assertThat(topic.at("/spec/config/retention.ms").asLong())
                    .isBetween(1L, ledger - 1));
  }

  @Test
  void thereAreNeverMorePodsThanPartitions() {
    assertThat(scaled().at("/spec/maxReplicaCount").asInt()).isEqualTo(config.kafka().partitions());
  }

  @Test
  void theLagOfEachGroupInEachOfItsTopicsCounts() {
    Set<String> wanted = new TreeSet<>(Set.of("solar-relay-translate of " + Topics.INBOX));
    Topics.EVENTS.forEach(topic -> wanted.add("solar-relay-fan-out of " + topic));

    Set<String> counted =
        scaled().at("/spec/triggers").findParents("consumerGroup").stream()
            .map(lag -> lag.path("consumerGroup").asText() + " of " + lag.path("topic").asText())
            .collect(toSet());

    assertThat(counted).isEqualTo(wanted);
    assertThat(config.kafka().groupPrefix()).isEqualTo("solar-relay");
  }

  @Test
  void theRelayMayReadAndCreateATopicOfOnesOwn() {
    String group = config.kafka().groupPrefix() + "-consume-permits";

    assertThat(allowed("group", group)).contains("Read", "Describe");
    assertThat(allowed("topic", "solar.permits")).contains("Read", "Describe", "Create");
    assertThat(allowed("topic", "city.permits")).isEmpty();
  }

  /** The operations that the relay's user has on a resource. */
  private Set<String> allowed(String type, String name) {
    JsonNode user = manifests.find("KafkaUser", "solar-relay").orElseThrow();
    Set<String> operations = new TreeSet<>();
    for (JsonNode acl : user.at("/spec/authorization/acls")) {
      JsonNode resource = acl.path("resource");
      if (resource.path("type").asText().equals(type)
          && resource.path("patternType").asText().equals("prefix")
          && name.startsWith(resource.path("name").asText())) {
        acl.path("operations").forEach(operation -> operations.add(operation.asText()));
      }
    }
    return operations;
  }

  private JsonNode scaled() {
    return manifests.find("ScaledObject", "solar-relay").orElseThrow();
  }

  private static RelayConfig asReleased() {
    Map<String, String> least =
        Map.of(
            "relay.routes-dir", "routes",
            "relay.kafka.bootstrap-servers", "localhost:1",
            "relay.http.connections", "32");
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(RelayConfig.class)
        .withSources(new PropertiesConfigSource(least, "test", 500))
        .build()
        .getConfigMapping(RelayConfig.class);
  }
}
