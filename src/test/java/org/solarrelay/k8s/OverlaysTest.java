package org.solarrelay.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rendered manifests of each overlay pass all checks. */
class OverlaysTest {

  static final List<ManifestCheck> EVERYWHERE =
      List.of(
          new TypedModelsCheck(),
          new PodPolicyCheck(),
          // relay.delivery.drain
          new DeploymentCheck(Duration.ofSeconds(25)),
          new PodReferencesCheck(),
          new ReferencesCheck(),
          new SettingNamesCheck(),
          new AppliedSizeCheck());

  private static final Map<String, Manifests> RENDERED = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void allChecksPass(String overlay) {
    Manifests manifests = render(overlay);

    assertThat(manifests.workloads()).isNotEmpty();
    assertThat(EVERYWHERE).flatMap(check -> check.problems(manifests)).isEmpty();
  }

  @Test
  void productionHasNoSecrets() {
    assertThat(new SecretsCheck().problems(render("production"))).isEmpty();
  }

  @Test
  void productionIsReachableForWebhooksOnly() {
    assertThat(new ExposureCheck().problems(render("production"))).isEmpty();
  }

  private static Manifests render(String overlay) {
    return RENDERED.computeIfAbsent(
        overlay, name -> Kustomize.render(Path.of("k8s", "overlays", name)));
  }
}
