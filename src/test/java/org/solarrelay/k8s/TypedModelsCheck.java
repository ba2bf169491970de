package org.solarrelay.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks each object against the Java types of fabric8 and Strimzi, for Kubernetes, the Prometheus
 * operator and Strimzi. Unknown fields are errors here, as on an API server.
 */
final class TypedModelsCheck implements ManifestCheck {

  private static final String STRIMZI = "kafka.strimzi.io/v1";

  private final KubernetesSerialization types =
      new KubernetesSerialization(new ObjectMapper(), true);
  private final ObjectMapper strict =
      new ObjectMapper()
          .setAnnotationIntrospector(new StrictIntrospector())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
  private final HandWrittenSchemas schemas = new HandWrittenSchemas();

  TypedModelsCheck() {
    reject(LogicalType.Textual, CoercionInputShape.Integer);
    reject(LogicalType.Textual, CoercionInputShape.Float);
    reject(LogicalType.Textual, CoercionInputShape.Boolean);
    reject(LogicalType.Integer, CoercionInputShape.String);
    reject(LogicalType.Boolean, CoercionInputShape.String);
    types.registerKubernetesResource(STRIMZI, "Kafka", Kafka.class);
    types.registerKubernetesResource(STRIMZI, "KafkaTopic", KafkaTopic.class);
    types.registerKubernetesResource(STRIMZI, "KafkaUser", KafkaUser.class);
  }

  /** Rejects numbers as texts and texts as numbers, as an API server does. */
  private void reject(LogicalType wanted, CoercionInputShape given) {
    strict.coercionConfigFor(wanted).setCoercion(given, CoercionAction.Fail);
  }

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.objects().stream().flatMap(this::problems).toList();
  }

  private Stream<String> problems(JsonNode object) {
    String kind = Manifests.kind(object);
    if (schemas.know(object)) {
      return schemas.problems(object);
    }
    Class<?> type = types.getRegisteredKubernetesResource(object.path("apiVersion").asText(), kind);
    if (type == null) {
      return Stream.of(
          "%s: nothing here knows a %s of %s"
              .formatted(Manifests.title(object), kind, object.path("apiVersion").asText()));
    }
    try {
      strict.convertValue(object, type);
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(Manifests.title(object) + ": " + e.getMessage().lines().findFirst().get());
    }
  }

  /** Ignores the types' maps for unknown fields and their permission to ignore them. */
  private static final class StrictIntrospector extends JacksonAnnotationIntrospector {

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
    }
  }
}
