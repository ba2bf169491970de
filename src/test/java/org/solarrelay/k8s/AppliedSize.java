package org.solarrelay.k8s;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whether {@code kubectl apply} can take each object: it keeps the whole of it in an annotation,
 * which holds 256 KiB. A ConfigMap itself could hold a MiB.
 */
final class AppliedSize implements Check {

  private static final int LARGEST = 256 * 1024;

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.objects().stream()
        .filter(object -> object.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST)
        .map(object -> Manifests.title(object) + ": is too large for kubectl apply")
        .toList();
  }
}
