package org.solarrelay.k8s;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Checks that each object is small enough for {@code kubectl apply}, which stores it in an
 * annotation of at most 256 KiB. A ConfigMap itself may have 1 MiB.
 */
final class AppliedSizeCheck implements ManifestCheck {

  private static final int LARGEST = 256 * 1024;

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.objects().stream()
        .filter(object -> object.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST)
        .map(object -> Manifests.title(object) + ": is too large for kubectl apply")
        .toList();
  }
}
