package org.solarrelay.k8s;

import java.util.List;

/** Something that is expected of manifests. */
interface Check {

  /** What is wrong, each with the object it is wrong in; empty where all is well. */
  List<String> problems(Manifests manifests);
}
