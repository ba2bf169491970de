package org.solarrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Validates objects whose types no registry has. The schemas in {@code src/test/resources/k8s/}
 * have the fields that we use of KEDA's and External Secrets' reference pages.
 */
final class HandWrittenSchemas {

  private static final Set<String> KINDS =
      Set.of("ScaledObject", "TriggerAuthentication", "ExternalSecret");

  boolean know(JsonNode object) {
    return KINDS.contains(Manifests.kind(object));
  }

  Stream<String> problems(JsonNode object) {
    return schema(Manifests.kind(object)).validate(object).stream()
        .map(problem -> Manifests.title(object) + ": " + problem.getMessage());
  }

  private static JsonSchema schema(String kind) {
    InputStream file =
        HandWrittenSchemas.class.getResourceAsStream("/k8s/" + kind + ".schema.json");
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(file);
  }
}
