package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.Program;

/**
 * Validates KEDA's and External Secrets' objects against types generated from their published
 * definitions (@kubernetes-models, by npm). These types accept unknown fields; {@link
 * HandWrittenSchemas} do not. Skipped with a message if npm is missing or reaches no registry.
 */
class PublishedTypesTest {

  private static final Path SOURCES = Path.of("src", "test", "node", "published-types");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Program INSTALL =
      new Program(
          List.of(
              "npm",
              "install",
              "--no-package-lock",
              "--ignore-scripts",
              "--no-audit",
              "--no-fund"));

  @TempDir private static Path folder;

  @BeforeAll
  static void fetchTheTypes() throws IOException {
    Assumptions.assumeTrue(INSTALL.isInstalled(), "skipped: npm is not installed");
    for (String file : List.of("package.json", "check.mjs")) {
      Files.copy(SOURCES.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      INSTALL.run(folder, "");
    } catch (AssertionError e) {
      Assumptions.abort("skipped: npm cannot fetch the types: " + e.getMessage());
    }
  }

  @Test
  void theObjectsOfProductionAreValid() {
    assertThat(check(production()))
        .containsExactlyInAnyOrder(
            "ExternalSecret solar-relay: ok",
            "ScaledObject solar-relay: ok",
            "TriggerAuthentication solar-relay-lag: ok");
  }

  @Test
  void aTextAsReplicaCountIsInvalid() {
    ObjectNode broken = production().find("ScaledObject", "solar-relay").orElseThrow().deepCopy();
    broken.withObject("/spec").put("maxReplicaCount", "twelve");
    assertThat(check(new Manifests(List.of(broken))))
        .singleElement()
        .asString()
        .contains("maxReplicaCount must be integer");
  }

  private static Manifests production() {
    return Kustomize.render(Path.of("k8s", "overlays", "production"));
  }

  private static Stream<String> check(Manifests manifests) {
    ArrayNode objects = JSON.createArrayNode();
    for (JsonNode object : manifests.objects()) {
      objects.add(object);
    }
    return new Program(List.of("node", "check.mjs")).run(folder, objects.toString()).lines();
  }
}
