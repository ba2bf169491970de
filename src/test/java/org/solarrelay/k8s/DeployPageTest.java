package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/deploy.md lists every secret, component and overlay. */
class DeployPageTest {

  private final String page = read(Path.of("docs", "deploy.md"));

  @Test
  void everySecretIsOnThePage() {
    assertThat(new KnownSettings().secret())
        .isNotEmpty()
        .allSatisfy(secret -> assertThat(page).contains("`" + secret + "`"));
  }

  @Test
  void everyComponentAndOverlayIsOnThePage() throws IOException {
    for (String folder : List.of("k8s/components", "k8s/overlays")) {
      try (Stream<Path> parts = Files.list(Path.of(folder))) {
        assertThat(parts)
            .isNotEmpty()
            .allSatisfy(part -> assertThat(page).contains("`" + part + "`"));
      }
    }
  }

  @Test
  void everySecretOfProductionIsOnThePage() {
    Manifests production = Kustomize.render(Path.of("k8s", "overlays", "production"));

    assertThat(production.objects())
        .flatMap(object -> object.findValuesAsText("secretName"))
        .contains("solar-relay", "solar-relay-trust", "solar-relay-webhooks-tls")
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` | "));
    assertThat(production.ofKind("TriggerAuthentication"))
        .flatMap(login -> login.at("/spec/secretTargetRef").findValuesAsText("name"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` | "));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
