package org.solarrelay.k8s;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.solarrelay.Program;

/** Renders a folder of manifests as {@code kubectl apply -k} does, by the same program. */
public final class Kustomize {

  private Kustomize() {}

  /**
   * The objects of a folder with a kustomization. Where neither kubectl nor kustomize is installed
   * the test is skipped and says so.
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
