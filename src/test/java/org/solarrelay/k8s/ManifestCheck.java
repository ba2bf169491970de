package org.solarrelay.k8s;

import java.util.List;

/** A check of manifests. */
interface ManifestCheck {

  /** The problems, each with its object; empty if there are none. */
  List<String> problems(Manifests manifests);
}
