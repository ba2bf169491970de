package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solarrelay.routes.lint.FolderFiles;
import org.solarrelay.routes.lint.Lint;

/** A pod has the same route files as the folder {@code routes/}. */
class RoutesInConfigMapsTest {

  private static final Path ROUTES = Path.of("routes");
  private static final String ADVICE =
      "the files of routes/ and those that routes/Kustomization lists";

  private final Manifests manifests = Kustomize.render(Path.of("k8s", "base"));

  @TempDir Path pod;

  @Test
  void aPodHasEachFileUnchanged() throws IOException {
    mount();

    assertThat(FolderFiles.read(mountedRoutes()))
        .as(ADVICE)
        .isNotEmpty()
        .isEqualTo(FolderFiles.read(ROUTES));
    assertThat(answers(mountedRoutes())).as(ADVICE).isNotEmpty().isEqualTo(answers(ROUTES));
  }

  @Test
  void theFilesOfAPodPassLint() throws IOException {
    mount();

    assertThat(new Lint().check(mountedRoutes())).isEmpty();
  }

  @Test
  void anEditKeepsTheNamesOfConfigMapsSoThatPodsSeeIt() {
    assertThat(manifests.ofKind("ConfigMap"))
        .extracting(Manifests::name)
        .contains("solar-relay-routes", "solar-relay-kamelets", "solar-relay-answers");
  }

  @Test
  void noMountPreventsUpdates() {
    // Kubernetes updates whole volumes only, not single files
    assertThat(container().findValues("subPath")).isEmpty();
  }

  private Path mountedRoutes() {
    String folder =
        manifests.ofKind("ConfigMap").stream()
            .map(map -> map.at("/data/RELAY_ROUTES_DIR"))
            .filter(JsonNode::isTextual)
            .findFirst()
            .orElseThrow()
            .asText();
    return inPod(folder);
  }

  /** Writes the files of the ConfigMap volumes to their paths in a pod. */
  private void mount() throws IOException {
    for (JsonNode mount : container().path("volumeMounts")) {
      JsonNode map = volume(mount.path("name").asText()).at("/configMap/name");
      JsonNode files =
          manifests.find("ConfigMap", map.asText()).map(found -> found.path("data")).orElse(map);
      Path folder = Files.createDirectories(inPod(mount.path("mountPath").asText()));
      for (var file : files.properties()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue().asText());
      }
    }
  }

  private JsonNode container() {
    return Manifests.podOf(deployment()).at("/containers/0");
  }

  private JsonNode volume(String name) {
    return Manifests.each(Manifests.podOf(deployment()).path("volumes"))
        .filter(volume -> volume.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode deployment() {
    return manifests.find("Deployment", "solar-relay").orElseThrow();
  }

  private Path inPod(String path) {
    return pod.resolve(path.substring(1));
  }

  private static TreeMap<String, String> answers(Path routes) throws IOException {
    TreeMap<String, String> answers = new TreeMap<>();
    try (var files = Files.list(routes.resolve("samples/answers"))) {
      for (Path file : files.toList()) {
        answers.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return answers;
  }
}
