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

/** Whether the manifests, as they would be applied, are what everybody concerned expects. */
class OverlaysTest {

  static final List<Check> EVERYWHERE =
      List.of(
          new TypedModels(),
          new PodPolicy(),
          // relay.delivery.drain
          new RelayPolicy(Duration.ofSeconds(25)),
          new PodReferences(),
          new References(),
          new SettingNames(),
          new AppliedSize());

  private static final Map<String, Manifests> RENDERED = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void allThatIsExpectedHolds(String overlay) {
    Manifests manifests = render(overlay);

    assertThat(manifests.workloads()).isNotEmpty();
    assertThat(EVERYWHERE).flatMap(check -> check.problems(manifests)).isEmpty();
  }

  @Test
  void productionHoldsNoSecrets() {
    assertThat(new NoSecrets().problems(render("production"))).isEmpty();
  }

  @Test
  void onlyWebhooksComeIntoProduction() {
    assertThat(new Exposure().problems(render("production"))).isEmpty();
  }

  private static Manifests render(String overlay) {
    return RENDERED.computeIfAbsent(
        overlay, name -> Kustomize.render(Path.of("k8s", "overlays", name)));
  }
}
