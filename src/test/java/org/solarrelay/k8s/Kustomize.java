package org.solarrelay.k8s;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.solarrelay.Program;

/** Renders a folder of manifests with kubectl or kustomize. */
public final class Kustomize {

  private Kustomize() {}

  /**
   * Returns the objects of a folder with a kustomization. Skips the test with a message if neither
   * kubectl nor kustomize is installed.
   */
  public static Manifests render(Path folder) {
    Optional<Program> kustomize =
        Stream.of(List.of("kubectl", "kustomize", "."), List.of("kustomize", "build", "."))
            .map(Program::new)
            .filter(Program::isInstalled)
            .findFirst();
    Assumptions.assumeTrue(
        kustomize.isPresent(), "skipped: neither kubectl nor kustomize is installed");
    return Manifests.of(kustomize.orElseThrow().run(folder, ""));
  }
}
